using Matching.Generating;
using Matching.Model;
using Matching.Planning.Bound;
using Matching.Planning.Compiled;
using Matching.Planning.Solver;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>The parts of the upper bound: what they relax they must relax upwards.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData(52, 6, 10)]
    [InlineData(52, 6, 8)]
    [InlineData(40, 3, 8)]
    [InlineData(60, 5, 12)]
    public void Every_run_of_days_that_W4_allows_is_a_path_of_the_rest_automaton(int maxHours, int maxRow, int hours)
    {
        RestAutomaton rest = RestAutomaton.Create([hours * 1_000_000L], [1], maxHours * 1_000_000L, maxRow);

        const int Days = 12;
        int allowed = 0;
        for (int pattern = 0; pattern < 1 << Days; pattern++)
        {
            bool legal = IsLegal(pattern, Days, maxHours, maxRow, hours);
            int state = 0;
            for (int d = 0; d < Days && state >= 0; d++)
            {
                state = rest.Next[((pattern >> d & 1) * rest.States) + state];
            }

            allowed += legal ? 1 : 0;
            Assert.True(!legal || state >= 0, $"Pattern {pattern:b12} is legal and has no path.");
            Assert.True(legal || state < 0, $"Pattern {pattern:b12} breaks W4 and has a path, though one class of hours is exact.");
        }

        Assert.True(allowed > 1);
    }

    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(2, SeasonProfile.Tight)]
    [InlineData(3, SeasonProfile.Lodge)]
    public void Every_bound_on_the_way_stays_above_a_legal_plan_and_falls(int seed, SeasonProfile profile)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 120, Profile = profile, Seed = seed });
        decimal net = new SeasonPlanner(new PlanOptions { Seconds = 2, Reproducible = true, Threads = 1 }).Plan(season, null, TestContext.Current.CancellationToken)
            .Plan.Facts!.Worth.NetValue;
        var bounds = new List<decimal>();

        new SeasonBound(new CompiledSeason(season)).Run(new BoundOptions { MaxIterations = 200 }, () => false, bounds.Add);

        Assert.True(bounds.Count > 2);
        Assert.Equal(bounds.OrderDescending(), bounds);
        Assert.All(bounds, b => Assert.True(b >= net));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Where_there_is_one_leader_the_bound_soon_knows_what_a_leader_can_bring(int seed)
    {
        const int Heads = 6;
        Season drawn = SeasonGenerator.Generate(new GeneratorOptions { Workers = 300, Seed = seed, Days = 14 });
        Broker widest = drawn.Brokers.First(b => b.CertificateUntil > drawn.End && b.Availability == default
            && drawn.Places.Single(p => p.Id == b.Area).Kind != PlaceKind.Village);
        Season season = drawn with
        {
            Brokers = [widest with { CrewMin = 1, CrewMax = Heads }],
            Workers = [.. drawn.Workers.Select(w => w with { Broker = null })],
            Agreements = [],
            Absences = [],
            Pins = [],
        };
        decimal most = 14 * Heads * season.Orders.Max(o => o.ValueRequired);
        var bound = new SeasonBound(new CompiledSeason(season));

        bound.Run(new BoundOptions { MaxIterations = 300 }, () => false, _ => { });

        Assert.True(bound.Best <= 1.15m * most, $"{bound.Best} is far above {most}.");
        Assert.True(bound.Best > 0.3m * most, $"{bound.Best} is far below {most}.");
    }

    [Fact]
    public void Leaders_of_crews_of_different_size_are_priced_each_by_what_they_can_bring_from_the_first()
    {
        Season drawn = SeasonGenerator.Generate(new GeneratorOptions { Workers = 1000, Seed = 4, Days = 14 });
        PlaceId county = drawn.Places.First(p => p.Kind == PlaceKind.County).Id;
        Broker like = drawn.Brokers[0] with { Area = county, CertificateUntil = drawn.End, Availability = default, CrewMin = 1 };
        int[] sizes = [2, 2, 2, 40];
        Season season = drawn with
        {
            Orders = [.. drawn.Orders.Select((o, i) => o with { CrewMin = 1, CrewMax = i % 3 == 0 ? 40 : 4 })],
            Brokers = [.. sizes.Select((size, i) => like with { Id = new BrokerId($"B{i}"), CrewMax = size })],
            Workers = [.. drawn.Workers.Select(w => w with { Broker = null })],
            Agreements = [],
            Absences = [],
            Pins = [],
        };
        decimal most = season.Demand.Select(d => d.Date).Distinct().Sum(date => sizes.Sum(size =>
            season.Demand.Where(d => d.Date == date).Max(d => Math.Min(size, season.OrderById[d.Order].CrewMax) * season.OrderById[d.Order].ValueRequired)));
        var bound = new SeasonBound(new CompiledSeason(season));

        bound.Run(new BoundOptions { MaxIterations = 1 }, () => false, _ => { });

        Assert.True(bound.Best <= 1.05m * most, $"{bound.Best} is far above {most}.");
    }

    [Fact]
    public void Where_everybody_must_lodge_the_bound_soon_knows_at_which_sites_beds_are_few()
    {
        const int Beds = 3;
        const int Many = 1_000;
        Season drawn = SeasonGenerator.Generate(new GeneratorOptions { Workers = 300, Profile = SeasonProfile.Lodge, Seed = 2, Days = 14 });
        Season season = drawn with
        {
            Sites = [.. drawn.Sites.Select((s, i) => s with { Beds = i % 2 == 0 ? Beds : Many })],
            Orders = [.. drawn.Orders.Select(o => o with { Lodging = LodgingRule.Only, CrewMin = 1 })],
            Brokers = [.. drawn.Brokers.Select(b => b with { CrewMin = 1 })],
            Agreements = [],
            Pins = [],
        };
        decimal most = season.Demand.Select(d => d.Date).Distinct().Sum(date => season.Demand.Where(d => d.Date == date).GroupBy(d => season.OrderById[d.Order].Site)
            .Sum(site => Math.Min(season.SiteById[site.Key].Beds, site.Sum(d => d.Target)) * site.Max(d => season.OrderById[d.Order].ValueRequired)));
        var bound = new SeasonBound(new CompiledSeason(season));

        bound.Run(new BoundOptions { MaxIterations = 1 }, () => false, _ => { });

        Assert.True(bound.Best <= 0.9m * most, $"{bound.Best} is far above {most}.");
    }

    [Fact]
    public void A_price_that_is_pushed_the_same_way_again_and_again_moves_faster_until_it_is_pushed_back()
    {
        var gains = new StepGains(2, stepsPerRound: 1);

        double[] pushed = [.. Enumerable.Range(0, 40).Select(_ => gains.Scaled(0, 0.5))];
        double back = gains.Scaled(0, -0.5);

        Assert.Equal(0.5, pushed[0]);
        Assert.Equal(pushed.Order(), pushed);
        Assert.Equal(10, pushed[^1], 1e-9);
        Assert.Equal(-3, back, 1e-9);
        Assert.Equal(0, gains.Scaled(0, 0));
        Assert.Equal(1, gains.Scaled(1, 1));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Orders_answer_prices_of_worker_days_and_crews_as_trying_every_number_of_people_does(int seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 200, Seed = seed });
        var data = new BoundData(new CompiledSeason(season with { Rounds = [] }));
        var lead = new LeadPrices(data);
        var demand = new DemandDual(data, lead);
        var random = new Random(seed);
        double[] price = [.. Enumerable.Range(0, data.Count).Select(_ => random.NextDouble() * 260)];
        double[] open = [.. Enumerable.Range(0, data.Count).Select(_ => random.Next(3) == 0 ? 0 : random.NextDouble() * 2500)];
        double expected = 0;
        int closed = 0;
        for (int k = 0; k < data.Count; k++)
        {
            int most = Enumerable.Range(0, data.C.Brokers).Max(b => lead.Heads(b, k));
            double best = 0;
            for (int heads = 1; heads <= data.Target[k] && most > 0; heads++)
            {
                int required = Math.Min(heads, data.Required[k]);
                best = Math.Max(best, (demand.RequiredValue(k) * required) + (demand.TargetValue(k) * (heads - required))
                    - (price[k] * heads) - (open[k] * ((heads + most - 1) / most)));
            }

            expected += best;
            closed += best == 0 ? 1 : 0;
        }

        double magnitude = 0;
        double value = demand.Value(price, open, ref magnitude);

        Assert.Equal(expected, value, 1e-6);
        Assert.True(closed > 0 && closed < data.Count && magnitude >= value);
    }

    [Theory]
    [InlineData(1, SeasonProfile.Commute, 60)]
    [InlineData(2, SeasonProfile.Mixed, 300)]
    [InlineData(3, SeasonProfile.Tight, 1200)]
    public void Raised_fares_earn_no_vehicle_anything_and_no_fare_can_be_raised_alone(int seed, SeasonProfile profile, int workers)
    {
        const double Most = 300;
        const int Days = 20;
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = workers, Profile = profile, Seed = seed, Days = Days });
        var seats = new SeatDual(new BoundData(new CompiledSeason(season)));
        double[] groups = seats.BreakEvenFares(Most, () => false);

        double[] fares = seats.Raised(groups, 0, Most, () => false);

        Assert.Equal(seats.Classes, fares.Length);
        Assert.True(fares.Sum() > seats.Raised(groups, 0, 0, () => false).Sum());
        Assert.All(Enumerable.Range(0, Days), day => Assert.Equal(0, Earned(fares, day), 1e-6));

        // Fares hold for the season as a whole; on single days some of the sequences are missing.
        int raised = 0;
        for (int i = 0; i < fares.Length; i++)
        {
            double kept = fares[i];
            fares[i] = kept + 8;
            raised += kept + 8 > Most || Enumerable.Range(0, Days).Any(day => Earned(fares, day) > 0) ? 1 : 0;
            fares[i] = kept;
        }

        Assert.True(raised > 0.8 * fares.Length, $"{raised} of {fares.Length}");
        return;

        double Earned(double[] at, int day)
        {
            double[] byDay = new double[at.Length * Days];
            for (int i = 0; i < at.Length; i++)
            {
                byDay[(i * Days) + day] = at[i];
            }

            return seats.Value(day, byDay, 1, null);
        }
    }

    [Fact]
    public void Seats_that_may_earn_a_level_cost_vehicles_no_more_than_that_level_beyond_their_day()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 300, Seed = 4, Days = 14 });
        var seats = new SeatDual(new BoundData(new CompiledSeason(season)));
        double level = seats.SeatDayOf(0.7);

        double[] fares = seats.Raised(seats.BreakEvenFares(300, () => false), level, 300, () => false);

        double most = season.Vehicles.Sum(v => Math.Max(0, (level * v.Seats) - (double)v.CostPerDay));
        double[] byDay = [.. fares.SelectMany(f => Enumerable.Repeat(f, 14))];
        double earned = seats.Value(5, byDay, 1, null);
        Assert.True(earned <= most + 1e-6, $"{earned} is more than {most}");
        Assert.True(earned > 0);
    }

    [Theory]
    [InlineData(3, 300)]
    [InlineData(4, 1000)]
    public void The_best_mornings_of_a_seat_are_those_that_a_search_step_by_step_finds(int seed, int workers)
    {
        Season drawn = SeasonGenerator.Generate(new GeneratorOptions { Workers = workers, Seed = seed, Days = 14 });
        Season season = drawn with { Vehicles = [.. drawn.Vehicles.Select(v => v with { Seats = 30, CostPerKm = 3 })] };
        var c = new CompiledSeason(season);
        var data = new BoundData(c);
        var seats = new SeatDual(data);
        var road = new RoadClosure(c, [.. season.Vehicles.Select(v => v.Depot).Distinct()]);
        var random = new Random(seed);
        double[] fares = [.. Enumerable.Range(0, seats.Classes * c.Days).Select(_ => random.NextDouble() * 20)];
        double km = 2 * 3.0 / 30 * (1 - 1e-12);
        for (int day = 0; day < c.Days; day += 3)
        {
            int[] orders = [.. Enumerable.Range(data.DayStart[day], data.DayStart[day + 1] - data.DayStart[day]).Select(k => data.OrderOf[k]).Where(o => c.MayCommute[o])];
            var known = new Dictionary<(int, int), double>();
            double best = 0;
            foreach (int depot in Enumerable.Range(0, c.Vehicles).Where(k => !c.VehicleOut[(k * c.Days) + day]).Select(k => c.DepotOf[k]).Distinct())
            {
                best = Math.Max(best, Enumerable.Range(0, c.Villages).Max(v => Free(v, c.FirstDeparture) - (km * road.KmDepotVillage[(depot * c.Villages) + v])));
            }

            seats.Value(day, fares, 1, null);

            Assert.True(best > 0);
            Assert.Equal(best, seats.Peak, 1e-9);

            double Free(int village, int minute)
            {
                if (known.TryGetValue((village, minute), out double found))
                {
                    return found;
                }

                double most = double.NegativeInfinity;
                foreach (int o in orders)
                {
                    int site = c.OrderSite[o];
                    int way = (village * c.Sites) + site;
                    int arrival = minute + road.MinVillageSite[way];
                    if (seats.ClassOf(village, o) is int ride and >= 0 && arrival <= c.StartMinute[o])
                    {
                        double next = 0;
                        for (int v = 0; v < c.Villages; v++)
                        {
                            int back = (site * c.Villages) + v;
                            int then = arrival + road.MinSiteVillage[back] + (2 * c.StopMinutes);
                            next = Math.Max(next, then > c.LastEnd ? 0 : Free(v, then) - (km * road.KmSiteVillage[back]));
                        }

                        most = Math.Max(most, fares[(ride * c.Days) + day] + seats.KmPart(village, site) - (km * road.KmVillageSite[way]) + next);
                    }
                }

                known[(village, minute)] = most;
                return most;
            }
        }
    }

    [Fact]
    public void A_round_never_earns_less_than_any_way_to_share_out_its_worker_days()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 200, Seed = 3 });
        var data = new BoundData(new CompiledSeason(season));
        var lead = new LeadPrices(data);
        var demand = new DemandDual(data, lead);
        var random = new Random(3);
        double[] price = [.. Enumerable.Range(0, data.Count).Select(_ => random.NextDouble() * 150)];
        double[] open = [.. Enumerable.Range(0, data.Count).Select(_ => random.NextDouble() * 600)];
        double magnitude = 0;
        double bound = demand.Value(price, open, ref magnitude);
        double most = 0;
        for (int draw = 0; draw < 300; draw++)
        {
            int[] left = [.. data.C.RoundCap];
            double sum = 0;
            foreach (int k in Enumerable.Range(0, data.Count).OrderBy(_ => random.Next()))
            {
                int round = data.C.Round[(data.OrderOf[k] * data.C.Days) + data.DayOf[k]];
                int crew = Enumerable.Range(0, data.C.Brokers).Max(b => lead.Heads(b, k));
                int heads = Math.Min(Math.Min(crew, random.Next(2) == 0 ? data.Required[k] : data.Target[k]), round < 0 ? int.MaxValue : left[round]);
                int required = Math.Min(heads, data.Required[k]);
                double worth = (demand.RequiredValue(k) * required) + (demand.TargetValue(k) * (heads - required)) - (price[k] * heads) - open[k];
                if (heads > 0 && worth > 0)
                {
                    sum += worth;
                    left[Math.Max(0, round)] -= round < 0 ? 0 : heads;
                }
            }

            most = Math.Max(most, sum);
            Assert.True(sum <= bound + 1e-6);
        }

        Assert.True(most > bound / 2);
    }

    [Fact]
    public void Cutting_planes_find_the_corner_of_what_the_rows_leave()
    {
        using var program = new CuttingPlanes([3, 2], 10);
        double[] x = new double[2];

        Assert.True(program.Solve(x));
        Assert.Equal([10.0, 10.0], x);

        program.Add([1, 1], 12);
        program.Add([1, 0], 8);

        Assert.True(program.Solve(x));
        Assert.Equal(8, x[0], 1e-9);
        Assert.Equal(4, x[1], 1e-9);
        Assert.Equal(2, program.Rows);
    }

    private static bool IsLegal(int pattern, int days, int maxHours, int maxRow, int hours)
    {
        int row = 0;
        for (int d = 0; d < days; d++)
        {
            row = (pattern >> d & 1) == 1 ? row + 1 : 0;
            int inSeven = 0;
            for (int e = Math.Max(0, d - 6); e <= d; e++)
            {
                inSeven += (pattern >> e & 1) * hours;
            }

            if (row > maxRow || inSeven > maxHours)
            {
                return false;
            }
        }

        return true;
    }
}
