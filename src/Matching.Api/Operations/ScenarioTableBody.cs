using System.Globalization;
using Matching.Api.Http;
using Matching.Api.Plans;
using Matching.Plans;
using Matching.Scenarios;

namespace Matching.Api.Operations;

/// <summary>What a plan is worth.</summary>
internal sealed record WorthBody(decimal NetValue, IReadOnlyDictionary<string, decimal> Parts)
{
    /// <summary>Shows a worth.</summary>
    public static WorthBody Of(Worth worth) => new(ApiJson.Money(worth.NetValue), PlanBody.PartsOf(worth));
}

/// <summary>What a scenario's plan is worth; the gain is over the season as it is, planned on for as long.</summary>
internal sealed record ScenarioBody(string Name, decimal NetValue, IReadOnlyDictionary<string, decimal> Parts, decimal Gain);

/// <summary>Scenarios side by side.</summary>
/// <param name="Base">The plan as it is.</param>
/// <param name="Again">The season as it is, planned on.</param>
/// <param name="Scenarios">The scenarios in their order.</param>
internal sealed record ScenarioTableBody(WorthBody Base, WorthBody Again, IReadOnlyList<ScenarioBody> Scenarios)
{
    /// <summary>The file of a plan that holds the table.</summary>
    public const string File = "whatif.json";

    /// <summary>The file of a plan that holds the plan folder of a scenario.</summary>
    public static string FileOf(int index) => string.Create(CultureInfo.InvariantCulture, $"scenario-{index}.zip");

    /// <summary>Shows a table.</summary>
    public static ScenarioTableBody Of(ScenarioTable table) => new(
        WorthBody.Of(table.Base), WorthBody.Of(table.Again.Worth),
        [.. table.Scenarios.Select(s => new ScenarioBody(
            s.Name, ApiJson.Money(s.Worth.NetValue), PlanBody.PartsOf(s.Worth), ApiJson.Money(s.Worth.NetValue - table.Again.Worth.NetValue)))]);
}
