using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Planning.Transport;
using Matching.Planning.Trips;

namespace Matching.Planning.Improve;

/// <summary>
/// Solves the trips of some neighbouring vehicles of one day anew by the transport stage's search, from the trips they have.
/// A fixed number of steps and no clock: the same plan and random numbers give the same trips.
/// </summary>
internal sealed class ReplanMornings(CompiledSeason c, PlanState state) : INeighbourhood
{
    private const int FreeOfEachType = 2;

    /// <summary>Steps for each group of passengers at most: a morning of few trips is soon as good as it gets.</summary>
    private const int StepsPerGroup = 40;
    private const long WorkPerStep = 300;
    private const double HotPerVisit = 0.1;
    private const double ColdPerVisit = 0.004;

    /// <summary>Units from which on the trips get their whole share of the time when the search is cold.</summary>
    private const double ManyUnits = 5000;
    private const double ColdShareOfMany = 20;

    /// <summary>Share of the steps of a small season that is left in the largest ones.</summary>
    private const double LeastSteps = 0.25;

    // The fewer days and vehicles there are to look after, the more each is worth.
    private readonly int _mostVehicles = Math.Clamp(160 / c.Days, 16, 60);
    private readonly int _steps = (int)(Math.Clamp(20_000 / c.Days, 200, 5000) * Math.Clamp(ManyUnits / Math.Max(1, c.Units.Length), LeastSteps, 1));

    public double UsualCost => 15;

    public double Share => 2;

    /// <summary>
    /// The larger the season, the more is left to gain on its trips when the search ends; who works where changes little by then, so
    /// that what is gained is not lost again.
    /// </summary>
    public double ColdShare => Share + ((ColdShareOfMany - Share) * Math.Min(1, c.Units.Length / ManyUnits));

    public bool Try(Random random)
    {
        state.Meter.Done += 100;
        return TryOn(state.DrawDay(random), random);
    }

    /// <summary>Solves the trips of some vehicles of the day anew; false when nothing better is found.</summary>
    public bool TryOn(int number, Random random)
    {
        DayTransport day = state.Transport(number);
        if (day.Used.Count == 0)
        {
            return false;
        }

        var morning = new Morning(c, day, number, Chosen(day, random), FreeOfEachType);
        if (morning.IsEmpty)
        {
            return false;
        }

        var search = new RuinRecreate(morning.Model, random.NextInt64());
        morning.Now().LoadInto(morning.Model, search.State);
        RouteSolution? better = Search(morning.Model, search);
        return better is not null && morning.Apply(better);
    }

    private RouteSolution? Search(RoutingModel m, RuinRecreate search)
    {
        RouteState routes = search.State;
        double best = routes.Penalized - 0.005;
        double perVisit = routes.Cost / Math.Max(1, m.Groups);
        double temperature = HotPerVisit * perVisit;
        int steps = Math.Min(_steps, StepsPerGroup * m.Groups);
        double cooling = Math.Pow(ColdPerVisit / HotPerVisit, 1.0 / steps);
        RouteSolution? found = null;
        for (int i = 0; i < steps; i++)
        {
            if (search.Step(temperature) && routes.Penalized < best && routes.IsComplete)
            {
                best = routes.Penalized - 0.005;
                found = RouteSolution.Of(m, routes);
            }

            temperature *= cooling;
        }

        state.Meter.Done += steps * WorkPerStep;
        return found;
    }

    /// <summary>Vehicles that share a village or a site with one drawn, others when there are not enough.</summary>
    private List<int> Chosen(DayTransport day, Random random)
    {
        int seed = day.Used[random.Next(day.Used.Count)];
        List<int> chosen = [seed];
        int start = random.Next(day.Used.Count);
        foreach (bool meeting in (ReadOnlySpan<bool>)[true, false])
        {
            for (int i = 0; i < day.Used.Count && chosen.Count < _mostVehicles; i++)
            {
                int k = day.Used[(start + i) % day.Used.Count];
                if (!chosen.Contains(k) && (!meeting || Array.Exists(day.Chain(k)!, t => Array.Exists(day.Chain(seed)!, s => Meets(s, t)))))
                {
                    chosen.Add(k);
                }
            }
        }

        return chosen;
    }

    private static bool Meets(TripPlan a, TripPlan b) =>
        Array.Exists(a.Villages, v => Array.IndexOf(b.Villages, v) >= 0) || Array.Exists(a.Sites, s => Array.IndexOf(b.Sites, s) >= 0);
}
