using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Tests.Checking;

/// <summary>For each rule, single changes of the legal tiny season and plan that break that rule and no other.</summary>
internal static class RuleCases
{
    public static IReadOnlyList<RuleCase> All { get; } = [.. People(), .. Homes(), .. Crews(), .. Demand(), .. Trips(), .. Vehicles()];

    private static IEnumerable<RuleCase> People()
    {
        yield return Season(RuleCode.W1, "the worker is absent", s => s.WithAbsence(AbsenceKind.Worker, "a1", 1, 1));
        yield return Season(RuleCode.W1, "the worker is not available", s => s.WithWorker("a1", w => w with { Availability = [new(null, Tiny.Day(0))] }));
        yield return Plan(RuleCode.W1, "a row stands twice", p => p with { WorkerDays = p.WorkerDays.Add(Tiny.Works(0, "c1", "a1")) });
        yield return Plan(RuleCode.W1, "the worker is in two crews", p => p.WithWork(Tiny.Works(1, "c1", "a4")));
        yield return Season(RuleCode.W2, "too young to work", s => s.WithWorker("b1", w => w with { BirthDate = Tiny.Day(1).AddYears(-16) }));
        yield return Season(RuleCode.W2, "too young to lodge", s => s.WithWorker("a3", w => w with { BirthDate = Tiny.Day(1).AddYears(-18) }));
        yield return Season(RuleCode.W2, "too young for adult-only work", s => s.WithOrder("o1", o => o with { AdultOnly = true })
            .WithWorker("b1", w => w with { BirthDate = Tiny.Day(0).AddYears(-17) }));
        yield return Season(RuleCode.W3, "the level is too low", s => s.WithOrder("o1", o => o with { MinLevel = 4 }));
        yield return Season(RuleCode.W3, "the skill is another", s => s.WithOrder("o1", o => o with { Skill = new("pruning") }));
        yield return Season(RuleCode.W3, "the wage is too low", s => s.WithWorker("a1", w => w with { MinDailyWage = 130.01m }));
        yield return Season(RuleCode.W3, "the site is refused", s => s with { Refusals = [new Refusal(new("a1"), new("s1"))] });
        yield return Season(RuleCode.W3, "the worker does not bring what is needed", s => s.WithOrder("o1", o => o with { Needs = ["driver"] })
            .WithWorker("a1", w => w with { Tags = ["driver"] }).WithWorker("a2", w => w with { Tags = ["x", "driver"] }));
        yield return Season(RuleCode.W3, "the site does not offer what is needed", s => s.WithWorker("a1", w => w with { Needs = ["halal-canteen"] }));
        yield return Season(RuleCode.W4, "too many days in a row", s => s with { Work = s.Work with { MaxConsecutiveDays = 1 } });
        yield return Season(RuleCode.W4, "too many hours in 7 days", s => s with { Work = s.Work with { MaxHoursPer7Days = 15.99m } });
        yield return Season(RuleCode.W4, "too many days in the season", s => s.WithWorker("a1", w => w with { MaxDays = 1 }));
        yield return Season(RuleCode.P1, "a pin of another worker", s => s with { Pins = [PinOf(0, "k1", "o1", "b2")] });
        yield return Season(RuleCode.P1, "a pin of another broker", s => s with { Pins = [PinOf(0, "k3", "o1", "a1")] });
        yield return Season(RuleCode.P1, "a pin of another order", s => s with { Pins = [PinOf(0, "k1", "o2", "a1")] });
        yield return Season(RuleCode.P1, "a pin of another day", s => s with { Pins = [PinOf(2, "k1", "o1", "a1")] });
    }

    private static IEnumerable<RuleCase> Homes()
    {
        yield return Season(RuleCode.H1, "nobody at home", s => s.WithHousehold("h1", "a1", "a2").WithDuty("h1", 1, 0, 0));
        yield return Season(RuleCode.H1, "away on the rest day of a stay", s => s.WithHousehold("h1", "a3").WithDuty("h1", 1, 1, 1));
        yield return Season(RuleCode.H1, "more asked for than members", s => s.WithHousehold("h1", "a1", "b2").WithDuty("h1", 9, 0, 0));
        yield return Season(RuleCode.H1, "a pool that falls short", s => s.WithHousehold("h1", "a1").WithHousehold("h2", "b1", "b2")
            .WithDuty("h1", 1, 0, 0, "g").WithDuty("h2", 1, 0, 0, "g"));
        yield return Season(RuleCode.H2, "together, one does not work", s => s.WithPair("a1", "b2", PairKind.Together));
        yield return Season(RuleCode.H2, "together, in two crews", s => s.WithPair("a1", "a3", PairKind.Together));
        yield return Season(RuleCode.H2, "same site, at two sites", s => s.WithPair("a1", "a3", PairKind.SameSite));
        yield return Season(RuleCode.H2, "apart, in one crew", s => s.WithPair("a1", "a2", PairKind.Apart));
    }

    private static IEnumerable<RuleCase> Crews()
    {
        yield return Season(RuleCode.C1, "more than the broker leads", s => s.WithBroker("k1", b => b with { CrewMax = 2 }));
        yield return Season(RuleCode.C1, "fewer than the broker leads", s => s.WithBroker("k1", b => b with { CrewMin = 4 }));
        yield return Season(RuleCode.C1, "more than the order takes", s => s.WithOrder("o1", o => o with { CrewMax = 2 }));
        yield return Season(RuleCode.C1, "fewer than the order takes", s => s.WithOrder("o1", o => o with { CrewMin = 4 }));
        yield return Season(RuleCode.C1, "sizes that do not meet", s => s.WithOrder("o1", o => o with { CrewMin = 3, CrewMax = 3 })
            .WithBroker("k1", b => b with { CrewMin = 4 }));
        yield return Plan(RuleCode.C1, "a day of the engagement without members", p => p.WithCrew("c1", c => c with { To = Tiny.Day(2) }));
        yield return Plan(RuleCode.C1, "a day after the engagement", p => p.WithCrew("c1", c => c with { To = Tiny.Day(0) }));
        yield return Plan(RuleCode.C1, "an engagement from before the season", p => p.WithCrew("c1", c => c with { From = Tiny.Day(-1) }));
        yield return Plan(RuleCode.C1, "an engagement that ends before it begins", p => p.With(
            new Crew(new("c3"), new("k3"), new("o1"), Tiny.Day(4), Tiny.Day(3), CrewMode.Commute)));
        yield return Season(RuleCode.C2, "too few experienced", s => s.WithOrder("o1", o => o with { ExperiencedLevel = 5, ExperiencedShare = 0.01m }));
        yield return Season(RuleCode.C3, "no certificate", s => s.WithBroker("k1", b => b with { CertificateUntil = null }));
        yield return Season(RuleCode.C3, "a certificate that has run out", s => s.WithBroker("k1", b => b with { CertificateUntil = Tiny.Day(0) }));
        yield return Season(RuleCode.C3, "the broker is not available", s => s.WithBroker("k1", b => b with { Availability = new(Tiny.Day(1), null) }));
        yield return Season(RuleCode.C3, "the broker is absent", s => s.WithAbsence(AbsenceKind.Broker, "k1", 1, 1));
        yield return Season(RuleCode.C3, "members from outside the area", s => s.WithBroker("k1", b => b with { Area = new("t2") }));
        yield return Plan(RuleCode.C3, "one broker leads two crews", p => p.WithCrew("c1", c => c with { Broker = new("k2") }));
        yield return Season(RuleCode.C4, "a commuting crew where crews lodge", s => s.WithOrder("o1", o => o with { Lodging = LodgingRule.Only }));
        yield return Season(RuleCode.C4, "a lodging crew where crews commute", s => s.WithOrder("o2", o => o with { Lodging = LodgingRule.No }));
        yield return Season(RuleCode.C4, "a member who does not lodge", s => s.WithWorker("a4", w => w with { LodgingOk = false }));
        yield return Season(RuleCode.C4, "too few beds on a rest day", s => s.WithSite("s2", x => x with { Beds = 1 }));
        yield return Plan(RuleCode.C4, "another crew on the rest day of a stay", p => p.WithWork(Tiny.Works(1, "c1", "a3")));
    }

    private static IEnumerable<RuleCase> Demand()
    {
        yield return Season(RuleCode.D1, "above target", s => s.WithDemand("o1", 0, 2, 2));
        yield return Season(RuleCode.D1, "a day without demand", s => s with { Demand = [.. s.Demand.Where(d => d.Date != Tiny.Day(1))] });
        yield return Season(RuleCode.D1, "the site is absent", s => s.WithAbsence(AbsenceKind.Site, "s1", 1, 1));
        yield return Season(RuleCode.D2, "above the round", s => s with { Rounds = [new PickingRound(new("o1"), Tiny.Day(-3), Tiny.Day(3), 5, 0m)] });
        yield return Season(RuleCode.D3, "above the agreement", s => s with
        {
            Agreements = [new Agreement(new("g1"), "va", SupplierKind.Place, "s1", BuyerKind.Place, default, 0, 3, 1m)],
        });
    }

    private static IEnumerable<RuleCase> Trips()
    {
        yield return Plan(RuleCode.T1, "nobody is carried", p => p.WithoutTrip("trip-0"));
        yield return Plan(RuleCode.T1, "one is left behind", p => p.WithTrip("trip-0", t => t with { Stops = [.. t.Stops.Select(s => OneFewer(s, "va"))] }));
        yield return Plan(RuleCode.T1, "one too many", p => p.With(Tiny.TripOf(
            "extra", 0, "v2", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0)), Tiny.Stop(2, "s1", "05:55", ("c1", "va", 0, 1)))));
        yield return Plan(RuleCode.T1, "one never alights", p => p.WithTrip("trip-0", t => t with
        {
            Stops = [.. t.Stops.Select((s, i) => i == 2 ? OneFewer(s, "va") : s)],
        }));
        yield return Plan(RuleCode.T1, "they alight before they board", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(2, Tiny.Stop(3, "s1", "06:03", ("c1", "va", 0, 2)))
                .SetItem(0, t.Stops[0] with { Groups = [.. t.Stops[0].Groups, new StopGroup(new("c1"), new("vb"), 0, 1)] }),
        }));
        yield return Plan(RuleCode.T1, "they board at another village", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, Tiny.Stop(1, "va", "05:27")).SetItem(1, Tiny.Stop(2, "vb", "05:40", ("c1", "va", 2, 0), ("c1", "vb", 1, 0))),
        }));
        yield return Plan(RuleCode.T1, "they alight on the way", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(1, Tiny.Stop(2, "vb", "05:40", ("c1", "va", 0, 2), ("c1", "vb", 1, 0)))
                .SetItem(2, Tiny.Stop(3, "s1", "06:03", ("c1", "vb", 0, 1))),
        }));
        yield return Plan(RuleCode.T1, "a lodger rides", p => p.With(Tiny.TripOf(
            "extra", 0, "v2", "05:30", Tiny.Stop(1, "va", "05:27", ("c2", "va", 1, 0)), Tiny.Stop(2, "s2", "06:10", ("c2", "va", 0, 1)))));
        yield return Plan(RuleCode.T1, "a group stands twice at a stop", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, Tiny.Stop(1, "va", "05:27", ("c1", "va", 1, 0), ("c1", "va", 1, 0))),
        }));
        yield return Plan(RuleCode.T3, "the bus comes too soon", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(2, t.Stops[2] with { Arrives = Tiny.At("06:02") }),
        }));
        yield return Plan(RuleCode.T3, "the first stop takes too long", p => p.WithTrip("trip-0", t => t with
        {
            Stops = t.Stops.SetItem(0, t.Stops[0] with { Arrives = Tiny.At("05:26") }),
        }));
        yield return Plan(RuleCode.T3, "the first stop is before midnight", p => p.With(Tiny.TripOf(
            "extra", 0, "v2", "00:01", Tiny.Stop(1, "va", "23:58", ("c1", "va", 0, 0)))), s => s with
            {
                Transport = s.Transport with { EarliestDeparture = new(0, 0) },
            });
        yield return Season(RuleCode.T3, "too early", s => s with { Transport = s.Transport with { EarliestDeparture = new(5, 31) } });
        yield return Plan(RuleCode.T3, "a trip without stops", p => p.With(Tiny.TripOf("extra", 0, "v2", "05:30")));
        yield return Plan(RuleCode.T3, "no way is known", p => p.With(Tiny.TripOf(
            "extra", 0, "v2", "05:30", Tiny.Stop(1, "va", "05:27"), Tiny.Stop(2, "co", "05:40"))));
        yield return Season(RuleCode.T4, "the ride is too long", s => s with { Transport = s.Transport with { MaxRideMinutes = 32 } });
        yield return Season(RuleCode.T4, "after the start of work", s => s.WithOrder("o1", o => o with { StartTime = new(6, 2) }));
    }

    private static IEnumerable<RuleCase> Vehicles()
    {
        yield return Season(RuleCode.T2, "too few seats", s => s.WithVehicle("v1", v => v with { Seats = 2 }));
        yield return Season(RuleCode.T2, "the vehicle is absent", s => s.WithAbsence(AbsenceKind.Vehicle, "v1", 1, 1));
        yield return Season(RuleCode.T2, "the vehicle is not available", s => s.WithVehicle("v1", v => v with { Availability = new(null, Tiny.Day(0)) }));
        yield return Plan(RuleCode.T2, "a trip outside the season", p => p.With(
            Tiny.TripOf("extra", 14, "v2", "05:30", Tiny.Stop(1, "va", "05:27", ("c1", "va", 0, 0)))));
        yield return Plan(RuleCode.T5, "two trips at once", p => p.With(
            Tiny.TripOf("extra", 0, "v1", "06:20", Tiny.Stop(1, "va", "06:17", ("c1", "va", 0, 0)))));
        yield return Plan(RuleCode.T5, "the next trip begins a minute too soon", p => p.With(
            Tiny.TripOf("extra", 0, "v1", "06:33", Tiny.Stop(1, "va", "06:30", ("c1", "va", 0, 0)))));
        yield return Season(RuleCode.T5, "too many driving minutes", s => s with { Transport = s.Transport with { MaxDriveMinutesPerDay = 79 } });
        yield return Plan(RuleCode.T5, "no way from the depot", p => p.With(
            Tiny.TripOf("extra", 0, "v2", "05:30", Tiny.Stop(1, "co", "05:27", ("c1", "va", 0, 0)))));
    }

    private static TripStop OneFewer(TripStop stop, string village) => stop with
    {
        Groups =
        [
            .. stop.Groups.Select(g => g.Village.Value != village ? g
                : g with { Board = Math.Max(0, g.Board - 1), Alight = Math.Max(0, g.Alight - 1) }),
        ],
    };

    private static Pin PinOf(int day, string broker, string order, string worker) =>
        new(Tiny.Day(day), new(broker), new(order), new(worker));

    private static RuleCase Season(RuleCode rule, string what, Func<Season, Season> change) => new(rule, what, change, p => p);

    private static RuleCase Plan(RuleCode rule, string what, Func<Plan, Plan> change, Func<Season, Season>? also = null) =>
        new(rule, what, also ?? (s => s), change);
}

/// <summary>One change that breaks one rule.</summary>
internal sealed record RuleCase(RuleCode Rule, string What, Func<Season, Season> ChangeSeason, Func<Plan, Plan> ChangePlan)
{
    public string Name => $"{Rule}: {What}";
}
