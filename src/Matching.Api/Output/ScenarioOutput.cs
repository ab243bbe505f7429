using Matching.Plans;
using Matching.Scenarios;

namespace Matching.Api.Output;

/// <summary>Scenarios side by side, as a document and as a table.</summary>
internal static class ScenarioOutput
{
    /// <summary>The document of <c>whatif --json</c>.</summary>
    public static object Document(ScenarioTable table, string folder) => new
    {
        Out = folder,
        Base = Figures(table.Base),
        Again = Figures(table.Again.Worth),
        Scenarios = table.Scenarios.Select(s => new
        {
            s.Name,
            NetValue = JsonOutput.Money(s.Worth.NetValue),
            Parts = JsonOutput.PartsOf(s.Worth),
            Gain = JsonOutput.Money(s.Worth.NetValue - table.Again.Worth.NetValue),
            Out = Path.Combine(folder, s.Name),
        }),
    };

    /// <summary>One column for each scenario.</summary>
    public static void Print(CliHost host, ScenarioTable table)
    {
        Worth[] worths = [table.Base, table.Again.Worth, .. table.Scenarios.Select(s => s.Worth)];
        TextTable text = new([false, .. worths.Select(_ => true)]);
        text.Add([host.In(RunTexts.WorthTitle), host.In(OperationTexts.AsItIs), host.In(OperationTexts.PlannedOn), .. table.Scenarios.Select(s => s.Name)]);
        for (int part = 0; part < worths[0].Parts.Count; part++)
        {
            text.Add([host.In(RunTexts.Part(worths[0].Parts[part].Key)), .. worths.Select(w => Output.Figures.Money(w.Parts[part].Value))]);
        }

        text.Add([host.In(RunTexts.NetValue), .. worths.Select(w => Output.Figures.Money(w.NetValue))]);
        text.Add([host.In(OperationTexts.GainOverPlannedOn), "", "", .. table.Scenarios.Select(s => Output.Figures.SignedMoney(s.Worth.NetValue - table.Again.Worth.NetValue))]);
        text.Write(host.Out);
    }

    private static object Figures(Worth worth) => new { NetValue = JsonOutput.Money(worth.NetValue), Parts = JsonOutput.PartsOf(worth) };
}
