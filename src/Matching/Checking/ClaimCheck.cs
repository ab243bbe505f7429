using Matching.Plans;

namespace Matching.Checking;

/// <summary>Compares what a plan says about itself with the recount.</summary>
internal sealed class ClaimCheck(Plan plan)
{
    private const int MostShortagesNamed = 20;

    // "At least four decimals", rounded or cut off.
    private const decimal GapTolerance = 0.0001m;

    public List<Text> Notes { get; } = [];

    public void Run(WorthCount count, bool legal, IReadOnlyList<Shortage> shortages)
    {
        if (count.IsBeyondFigures)
        {
            Notes.Add(Text.Of(
                $"A part of the worth exceeds 10^26 CNY; the nearest figure within is shown.",
                $"价值的某一项超过 10^26 元；显示为界内最接近的数。"));
        }

        if (plan.Facts is { } facts)
        {
            Worth worth = Accept(count, facts.Worth);
            CompareWorth(facts.Worth, worth);
            CompareBound(facts, worth, legal);
        }

        // A plan made by hand may lack its shortages, which reads like a plan that lists none.
        if (!plan.Shortages.IsDefaultOrEmpty || (plan.Facts is not null && !plan.Shortages.IsDefault))
        {
            CompareShortages(shortages);
        }
    }

    // Next to half a cent the claim may have rounded the other way.
    private static Worth Accept(WorthCount count, Worth claim)
    {
        Worth worth = count.Worth;
        if (claim.Vehicles == count.OtherVehicles)
        {
            worth = worth with { Vehicles = claim.Vehicles };
        }

        if (claim.Coaches == count.OtherCoaches)
        {
            worth = worth with { Coaches = claim.Coaches };
        }

        return worth;
    }

    private void CompareWorth(Worth claim, Worth worth)
    {
        foreach (((string name, decimal claimed), (_, decimal counted)) in claim.Parts.Zip(worth.Parts))
        {
            if (claimed != counted)
            {
                Notes.Add(Text.Of(
                    $"plan.json gives {claimed} as {name}; the recount gives {counted:0.00}.",
                    $"plan.json 的 {name} 为 {claimed}；重新计算得 {counted:0.00}。"));
            }
        }

        if (NetOf(claim) is { } net && net != worth.NetValue)
        {
            Notes.Add(Text.Of(
                $"plan.json gives {net} as netValue; the recount gives {worth.NetValue:0.00}.",
                $"plan.json 的 netValue 为 {net}；重新计算得 {worth.NetValue:0.00}。"));
        }
    }

    private void CompareBound(PlanFacts facts, Worth worth, bool legal)
    {
        if (facts.UpperBound is not { } bound)
        {
            if (facts.Gap is { } loose)
            {
                Notes.Add(Text.Of(
                    $"plan.json gives {loose} as gap without an upperBound; both are null where no bound was computed.",
                    $"plan.json 给出 gap {loose} 却没有 upperBound；没有上界时两者均为空。"));
            }

            return;
        }

        // An illegal plan may well be worth more than any legal one.
        if (legal && bound < worth.NetValue)
        {
            Notes.Add(Text.Of(
                $"plan.json gives {bound} as upperBound; the plan is legal and worth {worth.NetValue:0.00}.",
                $"plan.json 的 upperBound 为 {bound}；该方案合规且价值为 {worth.NetValue:0.00}。"));
        }

        if (facts.Gap is not { } gap)
        {
            Notes.Add(Text.Of(
                $"plan.json gives {bound} as upperBound without a gap; both are null where no bound was computed.",
                $"plan.json 给出 upperBound {bound} 却没有 gap；没有上界时两者均为空。"));
        }
        else if (GapOf(bound, worth.NetValue) is { } expected && Distance(gap, expected) > GapTolerance)
        {
            Notes.Add(Text.Of(
                $"plan.json gives {gap} as gap; upperBound {bound} and net value {worth.NetValue:0.00} make it {expected:0.000000}.",
                $"plan.json 的 gap 为 {gap}；按 upperBound {bound} 与净值 {worth.NetValue:0.00} 应为 {expected:0.000000}。"));
        }
    }

    private void CompareShortages(IReadOnlyList<Shortage> recount)
    {
        var claimed = new HashSet<Shortage>(plan.Shortages);
        var counted = new HashSet<Shortage>(recount);
        Shortage[] wrong = [.. plan.Shortages.Where(s => !counted.Contains(s)).Distinct()
            .OrderBy(s => s.Date).ThenBy(s => s.Order.Value, StringComparer.Ordinal).ThenBy(s => s.Filled)];
        Shortage[] missing = [.. recount.Where(s => !claimed.Contains(s))
            .OrderBy(s => s.Date).ThenBy(s => s.Order.Value, StringComparer.Ordinal)];
        foreach (Shortage row in wrong.Take(MostShortagesNamed))
        {
            Notes.Add(Text.Of(
                $"shortages.csv has order {row.Order} on {row.Date:yyyy-MM-dd} with required {row.Required}, target {row.Target}, filled {row.Filled}; the recount has no such row.",
                $"shortages.csv 中用工单 {row.Order} {row.Date:yyyy-MM-dd} 为必需 {row.Required}、目标 {row.Target}、到岗 {row.Filled}；重新计算没有这一行。"));
        }

        foreach (Shortage row in missing.Take(MostShortagesNamed))
        {
            Notes.Add(Text.Of(
                $"shortages.csv lacks order {row.Order} on {row.Date:yyyy-MM-dd} with required {row.Required}, target {row.Target}, filled {row.Filled}.",
                $"shortages.csv 缺少用工单 {row.Order} {row.Date:yyyy-MM-dd}：必需 {row.Required}、目标 {row.Target}、到岗 {row.Filled}。"));
        }

        int more = Math.Max(0, wrong.Length - MostShortagesNamed) + Math.Max(0, missing.Length - MostShortagesNamed);
        if (more > 0)
        {
            Notes.Add(Text.Of(
                $"shortages.csv differs from the recount in {more} more rows.",
                $"shortages.csv 与重新计算另有 {more} 行不同。"));
        }
    }

    // A claim may hold any figures at all; sums and gaps that no decimal holds are wrong in some part already.
    private static decimal? NetOf(Worth claim)
    {
        try
        {
            return claim.NetValue;
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal? GapOf(decimal bound, decimal net)
    {
        try
        {
            return Worth.GapOf(bound, net);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    private static decimal Distance(decimal a, decimal b)
    {
        double rough = Math.Abs((double)a - (double)b);
        return rough > 1e27 ? decimal.MaxValue : Math.Abs(a - b);
    }
}
