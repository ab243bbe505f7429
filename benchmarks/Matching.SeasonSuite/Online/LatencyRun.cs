using System.Diagnostics;
using System.Globalization;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Requests;

namespace Matching.SeasonSuite.Online;

/// <summary>How long a request takes in process, on a published plan that bookings keep changing; the end is checked.</summary>
internal static class LatencyRun
{
    private const int WarmUp = 300;

    public static int Of(Season season, Plan plan, int count, int seed, TextWriter output)
    {
        long began = Stopwatch.GetTimestamp();
        var snapshot = DispatchSnapshot.Open(season, plan);
        Say(output, $"opened in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms, worth {snapshot.Worth.NetValue:0.00}");
        var engine = new RequestEngine();
        var mix = new RequestMix(season, seed);
        var random = new Random(seed);
        var times = new Dictionary<string, List<double>>();
        var changes = new List<double>();
        int withOffers = 0;
        int withNearest = 0;
        int offers = 0;
        for (int i = 0; i < count + WarmUp; i++)
        {
            BrokerRequest request = mix.Next();
            long start = Stopwatch.GetTimestamp();
            RequestAnswer answer = engine.Offers(snapshot, request);
            double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i >= WarmUp)
            {
                string kind = answer.Offers.IsEmpty ? request.Kind + ", none" : request.Kind;
                (times.TryGetValue(kind, out List<double>? list) ? list : times[kind] = []).Add(took);
                withOffers += answer.Offers.IsEmpty ? 0 : 1;
                withNearest += answer.Offers.IsEmpty && answer.Nearest is not null ? 1 : 0;
                offers += answer.Offers.Length;
            }

            start = Stopwatch.GetTimestamp();
            if (answer.Offers is [{ } best, ..] && best.Score > 0 && random.Next(4) == 0)
            {
                decimal before = snapshot.Worth.NetValue;
                if (!snapshot.TryAdd(new Booking(new CrewId("R" + i), best), out DispatchSnapshot? next, out RuleInTheWay? obstacle))
                {
                    Say(output, $"an offer does not fit: {obstacle.Rule} {obstacle.Message}");
                    return 1;
                }

                snapshot = next;
                if (snapshot.Worth.NetValue - before != best.NetValue)
                {
                    Say(output, $"an offer of {best.NetValue} changed the worth by {snapshot.Worth.NetValue - before}");
                    return 1;
                }

                changes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            else if (snapshot.Bookings.Count > 50 && random.Next(4) == 0)
            {
                snapshot = snapshot.Remove(snapshot.Bookings.Keys.ElementAt(random.Next(snapshot.Bookings.Count)));
                changes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
        }

        Say(output, $"{count} requests: {withOffers} with offers, {offers} offers, {withNearest} of the others with a nearest request");
        foreach ((string kind, List<double> list) in times.OrderBy(t => t.Key).Append(new("all", [.. times.Values.SelectMany(t => t)])).Append(new("booking, release", changes)))
        {
            list.Sort();
            Say(output, $"{kind,-18} {list.Count,6}  p50 {Quantiles.At(list, 0.5):0.00} ms  p90 {Quantiles.At(list, 0.9):0.00}  p99 {Quantiles.At(list, 0.99):0.00}  most {(list.Count > 0 ? list[^1] : 0):0.00}");
        }

        began = Stopwatch.GetTimestamp();
        Plan dispatch = snapshot.ToPlan();
        Say(output, $"dispatch of {snapshot.Bookings.Count} bookings written in {Stopwatch.GetElapsedTime(began).TotalMilliseconds:0} ms");
        CheckResult check = PlanChecker.Check(season, dispatch);
        Say(output, $"dispatch legal: {check.Legal}, worth {check.NetValue:0.00}, claimed {snapshot.Worth.NetValue:0.00}");
        foreach (Violation violation in check.Violations.Take(5))
        {
            Say(output, $"  {violation}");
        }

        return check.Legal && check.NetValue == snapshot.Worth.NetValue ? 0 : 1;
    }

    private static void Say(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
