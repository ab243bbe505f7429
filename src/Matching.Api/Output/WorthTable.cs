using Matching.Plans;

namespace Matching.Api.Output;

/// <summary>The worth by part.</summary>
internal static class WorthTable
{
    /// <summary>Writes the parts, their sum, and the bound with the gap when they are known.</summary>
    public static void Write(CliHost host, Worth worth, PlanFacts? facts)
    {
        host.Out.WriteLine(host.In(RunTexts.WorthTitle));
        TextTable table = new(false, true);
        foreach ((string name, decimal amount) in worth.Parts)
        {
            table.Add(host.In(RunTexts.Part(name)), Figures.Money(amount));
        }

        table.Add(host.In(RunTexts.NetValue), Figures.Money(worth.NetValue));
        if (facts is not null)
        {
            string none = host.In(RunTexts.NoBound);
            table.Add(host.In(RunTexts.Bound), facts.UpperBound is { } bound ? Figures.Money(bound) : none);
            table.Add(host.In(RunTexts.Gap), facts.Gap is { } gap ? Figures.Percent(gap) : none);
        }

        table.Write(host.Out);
    }
}
