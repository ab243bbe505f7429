using Matching.Plans;

namespace Matching.Reporting;

/// <summary>
/// The words of the workbook. Headers stand in both languages, the chosen one first; the English line of a column that the
/// plan and season files also have is that file's column name, so that a sheet can be read back.
/// </summary>
internal sealed class WorkbookTexts(ReportLanguage lang)
{
    /// <summary>Both languages on two lines, the chosen one first.</summary>
    public string Head(string chinese, string english) =>
        lang == ReportLanguage.Chinese ? $"{chinese}\n{english}" : $"{english}\n{chinese}";

    /// <summary>Both languages on one line, the chosen one first.</summary>
    public string Line(string chinese, string english) =>
        lang == ReportLanguage.Chinese ? $"{chinese} {english}" : $"{english} {chinese}";

    /// <summary>The chosen language.</summary>
    public string Word(string chinese, string english) => lang == ReportLanguage.Chinese ? chinese : english;

    /// <summary>Commuting or lodging, by its name in the plan files in both languages.</summary>
    public string Mode(CrewMode mode) => mode == CrewMode.Lodge ? Word("住宿 lodge", "lodge") : Word("通勤 commute", "commute");

    /// <summary>A binding reason.</summary>
    public string Reason(BindingReason reason) => reason switch
    {
        BindingReason.NoSuitableWorkers => Word("没有合适的工人", "no suitable workers"),
        BindingReason.WorkersBusyOrResting => Word("工人已有安排或轮休", "workers busy or resting"),
        BindingReason.NoBroker => Word("没有可带班的经纪人", "no broker free"),
        BindingReason.NoSeats => Word("没有座位或赶不到", "no seats in time"),
        BindingReason.NoBeds => Word("没有床位", "no beds"),
        BindingReason.SiteClosed => Word("用工点关闭", "site closed"),
        BindingReason.NotWorthwhile => Word("成本高于价值", "costs more than it brings"),
        BindingReason.RoundOrAgreementFull => Word("采摘轮次或协议已满", "round or agreement full"),
        _ => reason.ToString(),
    };

    /// <summary>A part of the worth, by its name in <c>plan.json</c>.</summary>
    public string Part(string name) => name switch
    {
        "requiredValue" => Line("必需工日价值", "Required value"),
        "targetValue" => Line("目标工日价值", "Target value"),
        "vehicles" => Line("车辆", "Vehicles"),
        "coaches" => Line("长途客车", "Coaches"),
        "brokers" => Line("经纪人日费", "Broker fees"),
        "starts" => Line("开工费用", "Engagement starts"),
        "joins" => Line("入组费用", "Joining crews"),
        "otherBroker" => Line("跨经纪人", "Other broker"),
        "agreements" => Line("协议罚金", "Agreements short"),
        "workShare" => Line("出工不足", "Work share short"),
        _ => name,
    };
}
