using System.Collections.Immutable;
using Matching.Changes;
using Matching.Comparing;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Why;

/// <summary>One question about an order's day.</summary>
internal sealed class OrderInquiry(
    Season season, Plan plan, Order order, DateOnly date, WhyOptions options, CancellationToken cancelled)
{
    private const int MostSets = 6;

    public OrderAnswer Answer()
    {
        DailyDemand demand = season.Demand.FirstOrDefault(d => d.Order == order.Id && d.Date == date);
        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        int filled = plan.WorkerDays.Where(d => d.Date == date && crews[d.Crew].Order == order.Id).Distinct().Count();
        if (filled >= demand.Target)
        {
            return new OrderAnswer(order.Id, date, demand.Required, demand.Target, filled, [], []);
        }

        var c = new CompiledSeason(season);
        int number = season.Orders.IndexOf(order);
        int day = season.DayIndex(date);
        if (c.Target[(number * c.Days) + day] == 0)
        {
            var closed = new Blocking(
                [RuleCode.D1], [order.Id.Value, order.Site.Value],
                $"Site {order.Site} is closed on {date:yyyy-MM-dd}.", $"用工点 {order.Site} 于 {date:yyyy-MM-dd} 关闭。");
            return new OrderAnswer(order.Id, date, demand.Required, demand.Target, filled, [closed], []);
        }

        var start = new SearchTools(c, new WorkMeter(), priced: false);
        new PlanLoader(c, start.State).Load(plan, _ => false);
        new CrewSurgery(c, start.State).LegalizeAll();
        start.State.Commit();
        var heads = new HeadCount(c, start.State, number, day);
        List<Obstacle> sets = SmallestSets(heads);
        ImmutableArray<Blocking> blocking = [.. sets.Select(s => Describe(s, heads))];
        var ideas = new RemedyIdeas(c, heads, order, date, demand.Target - filled);
        return new OrderAnswer(
            order.Id, date, demand.Required, demand.Target, filled, blocking,
            Solve([.. ideas.For(sets).Take(options.MostRemedies)], start, number, day));
    }

    /// <summary>Every set of obstacles that opens the day and of which no part does; sets of three only where no smaller one does.</summary>
    private List<Obstacle> SmallestSets(HeadCount heads)
    {
        var found = new List<Obstacle>();
        for (int size = 0; size <= 3 && (size < 3 || found.Count == 0); size++)
        {
            foreach (Obstacle set in Sets(0, size))
            {
                cancelled.ThrowIfCancellationRequested();
                if (!found.Exists(f => (f & ~set) == 0) && heads.CanCome(set))
                {
                    found.Add(set);
                }
            }
        }

        return [.. found.Take(MostSets)];
    }

    private static IEnumerable<Obstacle> Sets(int from, int size)
    {
        if (size == 0)
        {
            yield return Obstacle.None;
            yield break;
        }

        for (int i = from; i < ObstacleTexts.All.Length; i++)
        {
            foreach (Obstacle rest in Sets(i + 1, size - 1))
            {
                yield return rest | ObstacleTexts.All[i];
            }
        }
    }

    private Blocking Describe(Obstacle set, HeadCount heads)
    {
        Obstacle[] parts = [.. ObstacleTexts.All.Where(o => set.HasFlag(o))];
        if (parts.Length == 0)
        {
            return new Blocking(
                [], [order.Id.Value],
                "No rule stands in the way of one more worker-day; it would cost more than it brings, or was not found.",
                "没有规则阻止再派一个工日；只是得不偿失，或尚未找到。");
        }

        int people = heads.People(set);
        string english = string.Join(" and ", parts.Select(p => ObstacleTexts.Of(p).English));
        string chinese = string.Join("，且", parts.Select(p => ObstacleTexts.Of(p).Chinese));
        string both = parts.Length > 1 ? " (all of it at once)" : "";
        return new Blocking(
            [.. parts.Select(ObstacleTexts.RuleOf).Distinct()], [order.Id.Value],
            $"{char.ToUpperInvariant(english[0])}{english[1..]}{both}; without that up to {people} people could come.",
            $"{chinese}；若无此限制，最多 {people} 人可来。");
    }

    private ImmutableArray<Remedy> Solve(RemedyIdea[] ideas, SearchTools start, int number, int day)
    {
        // The first trial changes nothing: what planning again gains by itself is no remedy's merit.
        var trials = new RemedyTrial[ideas.Length + 1];
        var worths = new Worth[trials.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Threads), CancellationToken = cancelled };
        Parallel.For(0, trials.Length, parallel, i =>
        {
            Season changed = i == 0 ? season : ChangeSet.Apply(season, ideas[i - 1].Changes).OrThrow();
            trials[i] = new RemedyTrial(start, new CompiledSeason(changed, start.C), number, day, options, cancelled);
            worths[i] = trials[i].Worth;
        });

        RemedyTrial again = trials[0];
        var remedies = new List<Remedy>();
        for (int i = 1; i < trials.Length; i++)
        {
            if (trials[i].Filled > again.Filled)
            {
                remedies.Add(new Remedy(
                    ideas[i - 1].Message, ideas[i - 1].MessageZh, ideas[i - 1].Changes, trials[i].Filled - again.Filled,
                    PlanComparer.Less(worths[i], worths[0])));
            }
        }

        if (again.Filled > start.State.Filled(number, day))
        {
            remedies.Add(new Remedy(
                "Plan the day again around this order.", "围绕该订单重新安排当天。", "[]", again.Filled - start.State.Filled(number, day),
                PlanComparer.Less(worths[0], PlanValuation.Value(start.C, start.State))));
        }

        return [.. remedies.OrderByDescending(r => r.NetValue).ThenByDescending(r => r.WorkerDays)];
    }
}
