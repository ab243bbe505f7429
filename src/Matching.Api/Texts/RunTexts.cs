using Matching.Search;

namespace Matching.Api;

/// <summary>Texts of progress and results.</summary>
internal static class RunTexts
{
    public static readonly Text SeasonLine = new(
        "{0}: {1} workers, {2} brokers, {3} orders, {4} vehicles, {5} days.", "{0}：{1} 名工人，{2} 名经纪人，{3} 个订单，{4} 辆车，{5} 天。");
    public static readonly Text Stage = new("stage", "阶段");
    public static readonly Text Incumbent = new("net value", "净值");
    public static readonly Text Bound = new("upper bound", "上界");
    public static readonly Text Gap = new("gap", "差距");
    public static readonly Text SecondsOf = new("{0} s of {1} s", "{0} 秒，共 {1} 秒");
    public static readonly Text SecondsAt = new("{0} s", "{0} 秒");
    public static readonly Text Starting = new("starting", "开始");
    public static readonly Text Stopping = new(
        "Stopping; the best plan so far is kept. Ctrl-C again aborts without a plan.", "正在停止并保留目前最好的方案；再按一次 Ctrl-C 将放弃，不写方案。");

    public static readonly Text Writing = new("Writing {0}", "正在写入 {0}");

    public static readonly Text Cover = new("Worker-days", "工日");
    public static readonly Text Filled = new("filled", "已派");
    public static readonly Text Wanted = new("wanted", "需要");
    public static readonly Text Share = new("share", "比例");
    public static readonly Text RequiredRow = new("required", "必需");
    public static readonly Text TargetRow = new("target", "目标");

    public static readonly Text WorthTitle = new("Worth (CNY)", "净值构成（元）");
    public static readonly Text NetValue = new("net value", "净值");
    public static readonly Text NoBound = new("none computed", "未计算");

    public static readonly Text PlanTitle = new("Plan", "方案");
    public static readonly Text Crews = new("crews", "班组");
    public static readonly Text CrewsValue = new("{0} ({1} lodging)", "{0}（住宿 {1}）");
    public static readonly Text Trips = new("trips", "车次");
    public static readonly Text TripsValue = new("{0} with {1} vehicles on {2} vehicle-days", "{0}（{1} 辆车，{2} 车日）");
    public static readonly Text Kilometres = new("kilometres, evening included", "公里（含返程）");
    public static readonly Text DaysPerWorker = new("days per worker", "每人天数");
    public static readonly Text DaysValue = new(
        "{0} of {1} workers: least {2}, median {3}, mean {4}, most {5}", "{1} 人中 {0} 人出工：最少 {2}，中位 {3}，平均 {4}，最多 {5}");
    public static readonly Text StoppedBy = new("stopped by", "停止原因");

    public static readonly Text WorstShortages = new("Worst shortages ({0} of {1})", "最严重的缺口（{1} 处中的 {0} 处）");
    public static readonly Text NoShortage = new("No shortage: every target is filled.", "没有缺口：所有目标工日都已满足。");
    public static readonly Text Order = new("order", "订单");
    public static readonly Text Day = new("day", "日期");
    public static readonly Text LostValue = new("lost CNY", "损失（元）");
    public static readonly Text Reason = new("what binds", "受限于");

    public static readonly Text PinConflicts = new("Pins not kept ({0})", "未能保留的固定派工（{0}）");
    public static readonly Text MorePins = new("and {0} more", "另有 {0} 条");
    public static readonly Text Broker = new("broker", "经纪人");
    public static readonly Text Worker = new("worker", "工人");
    public static readonly Text Rule = new("rule", "规则");
    public static readonly Text Message = new("message", "说明");
    public static readonly Text StagesTitle = new("Seconds by stage", "各阶段用时（秒）");
    public static readonly Text Written = new("Written: {0}", "已写出：{0}");

    public static readonly Text Legal = new("The plan is legal.", "方案合规。");
    public static readonly Text Illegal = new("The plan is illegal: {0} breach(es).", "方案不合规：{0} 处违规。");
    public static readonly Text ValidSeason = new("The season has no faults.", "采收季没有错误。");
    public static readonly Text Listening = new("Listening on {0}", "正在监听 {0}");

    /// <summary>Why a run ended.</summary>
    public static Text Stopped(StopReason reason) => reason switch
    {
        StopReason.TimeLimit => new("time limit", "达到时间上限"),
        StopReason.WorkLimit => new("work limit", "达到工作量上限"),
        StopReason.Flat => new("gains flattened out", "收益趋平"),
        StopReason.Optimal => new("proven best", "已证明最优"),
        StopReason.Cancelled => new("cancelled", "被取消"),
        _ => new(reason.ToString(), reason.ToString()),
    };

    /// <summary>A stage of the planner by its word.</summary>
    public static Text StageName(string stage) => stage switch
    {
        "start" => new(stage, "启动"),
        "read" => new(stage, "读取"),
        "compile" => new(stage, "整理数据"),
        "exact" => new(stage, "整体精确求解"),
        "pins" => new(stage, "固定派工"),
        "construct" => new(stage, "初始方案"),
        "improve" => new(stage, "改进"),
        "bound" => new(stage, "上界"),
        "write" => new(stage, "整理方案"),
        "files" => new(stage, "写文件"),
        _ => new(stage, stage),
    };

    /// <summary>What binds a shortage.</summary>
    public static Text Binding(BindingReason reason) => reason switch
    {
        BindingReason.NoSuitableWorkers => new("no suitable workers left", "没有合适的工人"),
        BindingReason.WorkersBusyOrResting => new("suitable workers busy, resting or at home", "合适的工人在忙、休息或留守"),
        BindingReason.NoBroker => new("no certified broker free", "没有可带班的持证经纪人"),
        BindingReason.NoSeats => new("no vehicle brings them in time", "没有车能按时送到"),
        BindingReason.NoBeds => new("no bed at the site", "用工点没有床位"),
        BindingReason.SiteClosed => new("site closed that day", "用工点当天关闭"),
        BindingReason.NotWorthwhile => new("costs more than it brings", "得不偿失"),
        BindingReason.RoundOrAgreementFull => new("round or agreement used up", "采摘轮次或协议工日已用完"),
        _ => new(reason.ToString(), reason.ToString()),
    };

    /// <summary>A part of the worth by its name in <c>plan.json</c>.</summary>
    public static Text Part(string name) => name switch
    {
        "requiredValue" => new("required value", "必需工日价值"),
        "targetValue" => new("target value", "目标工日价值"),
        "vehicles" => new("vehicles", "车辆"),
        "coaches" => new("coaches", "长途客车"),
        "brokers" => new("broker fees", "经纪人日费"),
        "starts" => new("engagement starts", "开工费用"),
        "joins" => new("joining crews", "入组费用"),
        "otherBroker" => new("other broker", "跨经纪人"),
        "agreements" => new("agreements short", "协议罚金"),
        "workShare" => new("work share short", "出工不足"),
        _ => new(name, name),
    };
}
