using Google.OrTools.Sat;
using Matching.Checking;
using Matching.Generating;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.Improve;
using Matching.Planning.Solver;
using Matching.Planning.State;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Planning;

/// <summary>All crews of a season of one day chosen at once.</summary>
public sealed class DayOpeningTests
{
    /// <summary>Deterministic seconds: more than such days need.</summary>
    private const double Work = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_day_of_generated_people_is_planned_legally_and_worth_what_it_says(int seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 120, Days = 1, Seed = seed, Profile = SeasonProfile.Lodge });
        season = season with { Orders = [.. season.Orders.Select(o => o with { Lodging = LodgingRule.Only })] };
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        double before = tools.State.Net;

        new DayOpening(tools.C, tools.State, tools.Seats).Run(Work, null, seed, TestContext.Current.CancellationToken);

        CheckResult found = PlanChecker.Check(season, PlanExtractor.Extract(tools.C, tools.State));
        Assert.Empty(found.Violations);
        Assert.Equal(tools.State.Net, (double)found.NetValue, 0.5);
        Assert.True(tools.State.Net > before);
    }

    [Fact]
    public void Farms_worth_opening_are_opened_and_the_others_are_not()
    {
        Season season = Lodging() with { Transport = new TransportSettings { CoachFarePerKm = 0.1m } };
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());

        new DayOpening(tools.C, tools.State, tools.Seats).Run(Work, null, 1, TestContext.Current.CancellationToken);

        // Order o2 pays less for three people than its leader costs.
        Plan plan = PlanExtractor.Extract(tools.C, tools.State);
        Assert.Equal(new OrderId("o1"), Assert.Single(plan.Crews).Order);
        Assert.Equal(3, plan.WorkerDays.Length);
    }

    [Fact]
    public void A_plan_it_cannot_better_stays_as_it_is()
    {
        Season season = Lodging();
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        var opening = new DayOpening(tools.C, tools.State, tools.Seats);
        opening.Run(Work, null, 1, TestContext.Current.CancellationToken);
        Plan first = PlanExtractor.Extract(tools.C, tools.State);

        opening.Run(Work, null, 2, TestContext.Current.CancellationToken);

        Assert.Equal(first.WorkerDays, PlanExtractor.Extract(tools.C, tools.State).WorkerDays);
    }

    [Theory]
    [InlineData(1, LodgingRule.Only)]
    [InlineData(0, LodgingRule.Allowed)]
    public void A_longer_season_and_one_with_commuters_are_left_alone(int lastDay, LodgingRule rule)
    {
        Season season = Lodging().WithOrder("o2", o => o with { Lodging = rule }) with { End = Tiny.Day(lastDay) };
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());

        new DayOpening(tools.C, tools.State, tools.Seats).Run(Work, null, 1, TestContext.Current.CancellationToken);

        Assert.Equal(0, tools.State.Meter.Done);
    }

    [Fact]
    public void A_cancel_leaves_the_plan_as_it_is()
    {
        var tools = new SearchTools(new CompiledSeason(Lodging()), new WorkMeter());

        new DayOpening(tools.C, tools.State, tools.Seats).Run(Work, null, 1, new CancellationToken(canceled: true));

        Assert.Empty(PlanExtractor.Extract(tools.C, tools.State).Crews);
        Assert.Equal(0, tools.State.Meter.Done);
    }

    [Fact]
    public void People_without_pairs_who_bring_the_same_everywhere_are_one_number()
    {
        Season season = Lodging().WithPair("a1", "b1", PairKind.Apart);
        var tools = new SearchTools(new CompiledSeason(season), new WorkMeter());
        var problem = new DayProblem { Day = 0 };
        problem.Slots.Add(new DaySlot(0, Lodge: true));
        for (int unit = 0; unit < tools.C.Units.Length; unit++)
        {
            problem.Units.Add(unit);
            problem.SlotOfUnit.Add(-1);
        }

        List<AlikeUnits> alike = AlikeUnits.Group(tools.C, tools.State, problem, new DayPrices(tools.C, tools.State, tools.Seats, problem));

        Assert.Equal(problem.Units.Count, alike.Sum(a => a.Count));
        Assert.Contains(alike, a => a.Count > 1);
        Assert.All(alike, a => Assert.True(a.Count == 1 || a.Members.TrueForAll(i => tools.C.Units[problem.Units[i]].Apart.Length == 0)));
        Assert.All(alike, a => Assert.Single(a.Members.Select(i => tools.C.Units[problem.Units[i]].Village).Distinct()));
    }

    [Fact]
    public void A_model_in_parts_keeps_rows_clauses_and_negations()
    {
        var model = new CpModel();
        BoolVar a = model.NewBoolVar("a");
        BoolVar b = model.NewBoolVar("b");
        IntVar n = model.NewIntVar(0, 10, "n");
        model.AddAtMostOne([a, b]);
        model.AddBoolOr([a.Not(), b]);
        model.AddImplication(b, a);
        model.Add(2 * n <= 5);
        model.Maximize((3 * (LinearExpr)a) + b + n);

        double[] values = LinearRelaxation.Solve(model.Model, seconds: null)!;

        // a = b by the clauses, a + b ≤ 1 by the row: half each; n is not rounded.
        Assert.Equal(0.5, values[a.GetIndex()], 1e-6);
        Assert.Equal(0.5, values[b.GetIndex()], 1e-6);
        Assert.Equal(2.5, values[n.GetIndex()], 1e-6);
    }

    /// <summary>One day, everybody lodges; o1 pays well, o2 less than a leader and a start cost.</summary>
    private static Season Lodging() => (Tiny.Season() with
    {
        End = Tiny.Day(0),
        Demand = [new DailyDemand(new("o1"), Tiny.Day(0), 2, 3), new DailyDemand(new("o2"), Tiny.Day(0), 1, 3)],
    })
        .WithSite("s1", s => s with { Beds = 10 })
        .WithOrder("o1", o => o with { Lodging = LodgingRule.Only, ValueRequired = 400 })
        .WithOrder("o2", o => o with { Lodging = LodgingRule.Only, ValueRequired = 2, ValueTarget = 1 })
        .WithBroker("k1", b => b with { DailyFee = 50 })
        .WithBroker("k2", b => b with { DailyFee = 50 })
        .WithBroker("k3", b => b with { DailyFee = 50 });
}
