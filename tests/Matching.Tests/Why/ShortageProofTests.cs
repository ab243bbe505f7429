using System.Collections.Immutable;
using FsCheck.Xunit;
using Matching.Checking;
using Matching.Model;
using Matching.Planning;
using Matching.Plans;
using Matching.Tests.Repairing;
using Matching.Why;
using Matching.Why.Shortages;
using Xunit;

namespace Matching.Tests.Why;

public class ShortageProofTests
{
    private static readonly ShortageResource[] Resources = Enum.GetValues<ShortageResource>();

    [Property(MaxTest = 60)]
    public void No_legal_plan_fills_more_than_a_count_allows(int seed)
    {
        var random = new Random(seed);
        Season drawn = Arbitraries.DrawSeason(random);
        // Much is wanted and well paid, so that a plan fills what it can; drawn pins may be impossible.
        Season season = drawn with
        {
            Demand = [.. drawn.Demand.Select(d => d with { Required = 9, Target = 9 })],
            Pins = [],
            Orders = [.. drawn.Orders.Select(o => o with { ValueRequired = 5000, ValueTarget = 5000 })],
        };
        Plan plan = new SeasonPlanner(new PlanOptions { Seconds = 0.2, Reproducible = true, Threads = 1, Seed = seed })
            .Plan(season, cancellationToken: TestContext.Current.CancellationToken).Plan;
        Assert.Empty(PlanChecker.Check(season, plan).Violations);

        HoldsFor(season, plan, random);
    }

    [Fact]
    public void Targets_as_large_as_numbers_go_are_summed_in_full()
    {
        Season drawn = EventScripts.Draw(new Random(1)).Season;
        Season season = drawn with
        {
            Demand = [.. drawn.Demand.Select(d => d with { Required = int.MaxValue, Target = int.MaxValue })],
            Sites = [.. drawn.Sites.Select(s => s with { Beds = int.MaxValue })],
            Vehicles = [.. drawn.Vehicles.Select(v => v with { Seats = int.MaxValue })],
            Rounds = [],
            Absences = [],
        };

        ShortageAnswer answer = ShortageProof.Find(season, Plan.Empty, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((long)int.MaxValue * season.Demand.Length, answer.Wanted);
        Assert.Equal(answer.Wanted, answer.Missing);
        Assert.InRange(answer.Proven, (long)int.MaxValue, answer.Missing);
        Assert.All(answer.Certificates, c => Assert.InRange(c.Certificate.AtMost, 0, c.Certificate.Wanted));
    }

    [Fact]
    public void No_planned_season_is_filled_beyond_a_count()
    {
        for (int seed = 1; seed <= 4; seed++)
        {
            var random = new Random(seed);
            (Season season, Plan plan) = EventScripts.Draw(random);
            HoldsFor(season, plan, random);
            foreach (DemandLevel level in Enum.GetValues<DemandLevel>())
            {
                ShortageAnswer answer = ShortageProof.Find(season, plan, level, TestContext.Current.CancellationToken);

                Assert.InRange(answer.Proven, 0, answer.Missing);
                Assert.All(answer.Certificates, c =>
                {
                    Assert.True(ShortageProof.Verify(season, c.Certificate));
                    Assert.InRange(c.Certificate.Shortfall, 1, c.Missing);
                });
            }
        }
    }

    [Fact]
    public void Too_few_people_with_the_level_are_counted_by_village()
    {
        // a1 to a4 and b1 pick well enough for o1; a1 is away.
        Season season = OnlyOne(6).WithAbsence(AbsenceKind.Worker, "a1", 0, 0);
        season = season with { Workers = [.. season.Workers.Select(w => w.Id.Value is "b2" or "c9" ? w with { Skills = [new SkillLevel(new("picking"), 1)] } : w)] };

        ShortageCertificate certificate = Find(season, ShortageResource.People, 0);

        Assert.Equal([new SupplyLine("va", 3, 3), new SupplyLine("vb", 1, 1)], certificate.Supplies);
        Assert.Equal((6, 4, 2), (certificate.Wanted, certificate.AtMost, certificate.Shortfall));
    }

    [Fact]
    public void Households_keep_people_at_home()
    {
        Season season = OnlyOne(8);
        season = season with
        {
            Workers = [.. season.Workers.Select(w => w.Village.Value == "va" ? w with { Household = new("h") } : w)],
            HouseholdDuties = [new HouseholdDuty(new("h"), 3, default, null)],
        };

        ShortageCertificate certificate = Find(season, ShortageResource.People, 0);

        Assert.Equal(3, certificate.KeptHome);
        Assert.Equal(certificate.Supplies.Sum(s => s.WorkerDays) - 3, certificate.AtMost);
    }

    [Fact]
    public void People_must_rest_within_a_week()
    {
        // Seven people on five days, but no more than one day in a row: three days each.
        Season season = Tiny.Season() with { Work = new WorkSettings { MaxConsecutiveDays = 1 } };
        season = season with { Demand = [.. Enumerable.Range(0, 5).Select(d => new DailyDemand(new("o1"), Tiny.Day(d), 5, 5))] };

        ShortageAnswer answer = ShortageProof.Find(season, Plan.Empty, cancellationToken: TestContext.Current.CancellationToken);

        (ShortageCertificate certificate, long missing) = Assert.Single(answer.Certificates);
        Assert.Equal((ShortageResource.People, 5, 25, 21, 25), (certificate.Resource, certificate.OrderDays.Length, certificate.Wanted, certificate.AtMost, missing));
        Assert.Equal(4, answer.Proven);
    }

    [Fact]
    public void Too_few_leaders_are_counted_by_area()
    {
        Season season = OnlyOne(5);
        season = season with
        {
            Brokers = [.. season.Brokers.Select(b => b.Id.Value == "k1" ? b with { CrewMax = 3 } : b with { CertificateUntil = null })],
        };

        ShortageCertificate certificate = Find(season, ShortageResource.Leaders, 0);

        Assert.Equal([new SupplyLine("t1", 1, 3)], certificate.Supplies);
        Assert.Equal(2, certificate.Shortfall);
    }

    [Fact]
    public void Too_few_seats_are_counted_by_depot()
    {
        Season season = OnlyOne(6);
        season = season with
        {
            Vehicles = [season.Vehicles[0] with { Seats = 2 }],
            Transport = season.Transport with { EarliestDeparture = new(6, 30) },
        };

        ShortageCertificate certificate = Find(season, ShortageResource.Seats, 0);

        Assert.Equal([new SupplyLine("dp", 1, 2)], certificate.Supplies);
        Assert.Equal(4, certificate.Shortfall);
    }

    [Fact]
    public void A_round_holds_no_more_than_its_worker_days()
    {
        Season season = Tiny.Season() with { Rounds = [new PickingRound(new("o1"), Tiny.Day(0), Tiny.Day(4), 7, 0)] };

        ShortageCertificate certificate = Find(season, ShortageResource.Round, 0);

        Assert.Equal([new SupplyLine("o1", 1, 7)], certificate.Supplies);
        Assert.Equal((10, 3), (certificate.Wanted, certificate.Shortfall));
    }

    [Fact]
    public void A_certificate_that_was_tampered_with_does_not_hold()
    {
        Season season = Tiny.Season() with { Rounds = [new PickingRound(new("o1"), Tiny.Day(0), Tiny.Day(4), 7, 0)] };
        ShortageCertificate certificate = Find(season, ShortageResource.Round, 0);

        Assert.True(ShortageProof.Verify(season, certificate));
        Assert.False(ShortageProof.Verify(season, certificate with { Supplies = [new SupplyLine("o1", 1, 6)] }));
        Assert.False(ShortageProof.Verify(season, certificate with { OrderDays = [.. certificate.OrderDays, certificate.OrderDays[0]] }));
        Assert.False(ShortageProof.Verify(season, certificate with { OrderDays = [.. certificate.OrderDays.Select(d => d with { Wanted = 9 })] }));
        Assert.False(ShortageProof.Verify(season, certificate with { KeptHome = 1 }));
        Assert.False(ShortageProof.Verify(season with { Rounds = [] }, certificate));
    }

    [Fact]
    public void Closed_days_are_nobodys_shortage()
    {
        Season season = Tiny.Season().WithDemand("o1", 0, 50, 50).WithAbsence(AbsenceKind.Site, "s1", 0, 0);

        ShortageAnswer answer = ShortageProof.Find(season, Plan.Empty, cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(answer.Certificates, c => c.Certificate.OrderDays.Any(d => d.Wanted == 50));
    }

    /// <summary>Nothing is wanted but so many at o1 on the first day.</summary>
    private static Season OnlyOne(int wanted) => Tiny.Season() with { Demand = [new DailyDemand(new("o1"), Tiny.Day(0), wanted, wanted)] };

    private static ShortageCertificate Find(Season season, ShortageResource resource, int day)
    {
        ShortageAnswer answer = ShortageProof.Find(season, Plan.Empty, cancellationToken: TestContext.Current.CancellationToken);
        ShortageCertificate found = Assert.Single(answer.Certificates, c => c.Certificate.Resource == resource && c.Certificate.From == Tiny.Day(day)).Certificate;
        Assert.True(ShortageProof.Verify(season, found));
        return found;
    }

    /// <summary>Counts drawn sets of order-days by every resource; the plan fills no more of them.</summary>
    private static void HoldsFor(Season season, Plan plan, Random random)
    {
        var count = new SupplyCount(season);
        Dictionary<CrewId, OrderId> orderOf = plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        ILookup<(OrderId, DateOnly), WorkerDay> filled = plan.WorkerDays.ToLookup(d => (orderOf[d.Crew], d.Date));
        WantedDay[] all = [.. season.Demand.Where(d => count.IsOpen(d.Order, d.Date)).Select(d => new WantedDay(d.Order, d.Date, d.Target))];
        for (int draw = 0; draw < 20 && all.Length > 0; draw++)
        {
            // Few days or many, and now and then one order alone, as rounds need it.
            OrderId one = all[random.Next(all.Length)].Order;
            DateOnly first = all[random.Next(all.Length)].Date;
            int days = random.Next(1, 9);
            ImmutableArray<WantedDay> some =
            [
                .. all.Where(d => d.Date >= first && d.Date < first.AddDays(days) && (draw % 2 == 0 ? random.Next(4) > 0 : d.Order == one)),
            ];
            foreach (ShortageResource resource in some.IsEmpty ? [] : Resources)
            {
                if (count.Certify(resource, DemandLevel.Target, some) is { } certificate)
                {
                    Assert.InRange(some.Sum(d => filled[(d.Order, d.Date)].Count()), 0, certificate.AtMost);
                }
            }
        }
    }
}
