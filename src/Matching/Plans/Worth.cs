namespace Matching.Plans;

/// <summary>
/// What a plan is worth in CNY. Costs are negative. Each part is summed exactly, then rounded to cents half away from zero;
/// <see cref="NetValue"/> is the sum of the rounded parts.
/// </summary>
/// <param name="RequiredValue">Σ value_required × min(filled, required).</param>
/// <param name="TargetValue">Σ value_target × late factor × (min(filled, target) − min(filled, required)).</param>
/// <param name="Vehicles">Vehicle days and kilometres, evening included.</param>
/// <param name="Coaches">Coach fares of lodging members, both ways.</param>
/// <param name="Brokers">Daily fees.</param>
/// <param name="Starts">Engagement starts.</param>
/// <param name="Joins">Joins of workers to crews.</param>
/// <param name="OtherBroker">Worker-days led by another than the worker's own broker.</param>
/// <param name="Agreements">Penalties of agreements short.</param>
/// <param name="WorkShare">Working days short of what workers hope for.</param>
public sealed record Worth(
    decimal RequiredValue, decimal TargetValue, decimal Vehicles, decimal Coaches, decimal Brokers,
    decimal Starts, decimal Joins, decimal OtherBroker, decimal Agreements, decimal WorkShare)
{
    /// <summary>The sum of the parts.</summary>
    public decimal NetValue =>
        RequiredValue + TargetValue + Vehicles + Coaches + Brokers + Starts + Joins + OtherBroker + Agreements + WorkShare;

    /// <summary>Value before costs.</summary>
    public decimal GrossValue => RequiredValue + TargetValue;

    /// <summary>The same parts, each rounded to cents half away from zero.</summary>
    public Worth Rounded() => new(
        Round(RequiredValue), Round(TargetValue), Round(Vehicles), Round(Coaches), Round(Brokers),
        Round(Starts), Round(Joins), Round(OtherBroker), Round(Agreements), Round(WorkShare));

    /// <summary>The parts by their names in <c>plan.json</c>, in the contract's order.</summary>
    public IReadOnlyList<KeyValuePair<string, decimal>> Parts =>
    [
        new("requiredValue", RequiredValue), new("targetValue", TargetValue), new("vehicles", Vehicles),
        new("coaches", Coaches), new("brokers", Brokers), new("starts", Starts), new("joins", Joins),
        new("otherBroker", OtherBroker), new("agreements", Agreements), new("workShare", WorkShare),
    ];

    /// <summary>(upper bound − net value) / max(1, |upper bound|), to six decimals.</summary>
    public static decimal GapOf(decimal upperBound, decimal netValue) =>
        Math.Round((upperBound - netValue) / Math.Max(1m, Math.Abs(upperBound)), 6, MidpointRounding.AwayFromZero);

    private static decimal Round(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}
