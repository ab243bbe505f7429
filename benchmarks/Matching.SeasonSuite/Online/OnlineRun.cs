using System.Diagnostics;
using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;

namespace Matching.SeasonSuite.Online;

/// <summary>
/// Takes engagements out of a plan that knew them all, and asks for each of them as a request, in random order, on what is
/// left: the first offer is booked when it brings more than it displaces. What is reached is a share of the plan's worth.
/// </summary>
internal static class OnlineRun
{
    public static int Of(Season season, Plan plan, double share, bool anyBroker, int seed, TextWriter output)
    {
        var random = new Random(seed);
        Crew[] crews = [.. plan.Crews];
        random.Shuffle(crews);
        Crew[] asked = [.. crews.Take((int)Math.Round(share * crews.Length))];
        var most = plan.WorkerDays.GroupBy(r => (r.Crew, r.Date)).GroupBy(g => g.Key.Crew)
            .ToDictionary(g => g.Key, g => g.Max(d => d.Count()));
        Plan rest = Without(plan, [.. asked.Select(c => c.Id)]);
        CheckResult all = PlanChecker.Check(season, plan);
        CheckResult start = PlanChecker.Check(season, rest);
        if (!all.Legal || !start.Legal)
        {
            Say(output, $"the plan is not legal: {all.Violations.Concat(start.Violations).First()}");
            return 1;
        }

        var snapshot = DispatchSnapshot.Open(season, rest);
        var engine = new RequestEngine();
        long began = Stopwatch.GetTimestamp();
        int booked = 0;
        foreach (Crew crew in asked)
        {
            var request = new CrewRequest(crew.Order, crew.From, crew.To, most[crew.Id], null, anyBroker ? null : crew.Broker);
            if (engine.Offers(snapshot, request).Offers is [{ } best, ..] && best.Score > 0
                && snapshot.TryAdd(new Booking(new CrewId("R" + booked), best), out DispatchSnapshot? next, out _))
            {
                snapshot = next;
                booked++;
            }
        }

        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        CheckResult end = PlanChecker.Check(season, snapshot.ToPlan());
        Say(output, $"{asked.Length} of {crews.Length} engagements asked for, {booked} booked, {seconds:0.0} s, {1000 * seconds / Math.Max(1, asked.Length):0.00} ms each");
        Say(output, $"plan that knew all {all.NetValue:0.00}, without them {start.NetValue:0.00}, replayed {end.NetValue:0.00} (legal: {end.Legal})");
        Say(output, $"share {100 * end.NetValue / all.NetValue:0.00} %, of what they brought {100 * (end.NetValue - start.NetValue) / (all.NetValue - start.NetValue):0.00} %");
        foreach ((KeyValuePair<string, decimal> knew, KeyValuePair<string, decimal> got) in all.Worth.Parts.Zip(end.Worth.Parts))
        {
            Say(output, $"  {knew.Key,-15} {knew.Value,16:0.00} {got.Value,16:0.00} {got.Value - knew.Value,+16:0.00}");
        }

        return end.Legal ? 0 : 1;
    }

    /// <summary>The plan without some crews; trips nobody rides any more are left out.</summary>
    private static Plan Without(Plan plan, HashSet<CrewId> gone) => plan with
    {
        Crews = [.. plan.Crews.Where(c => !gone.Contains(c.Id))],
        WorkerDays = [.. plan.WorkerDays.Where(r => !gone.Contains(r.Crew))],
        Trips =
        [
            .. plan.Trips.Where(t => t.Stops.Any(s => s.Groups.Any(g => !gone.Contains(g.Crew))))
                .Select(t => t with { Stops = [.. t.Stops.Select(s => s with { Groups = Groups(t, s, gone) })] }),
        ],
        Shortages = [],
        Facts = null,
    };

    private static System.Collections.Immutable.ImmutableArray<StopGroup> Groups(Trip trip, TripStop stop, HashSet<CrewId> gone)
    {
        StopGroup[] left = [.. stop.Groups.Where(g => !gone.Contains(g.Crew))];
        StopGroup any = trip.Stops.SelectMany(s => s.Groups).First(g => !gone.Contains(g.Crew));
        return left.Length > 0 ? [.. left] : [any with { Board = 0, Alight = 0 }];
    }

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
