using Matching.Changes;
using Matching.Checking;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Tests.Repairing;
using Matching.Why;
using Xunit;

namespace Matching.Tests.Why;

public class WhyInquiryTests
{
    [Fact]
    public void Every_remedy_gains_what_it_says_when_the_changed_season_is_solved()
    {
        int remedies = 0;
        foreach (int seed in (int[])[1, 2, 3, 4, 5, 6])
        {
            (Season season, Plan plan) = EventScripts.Draw(new Random(seed));
            foreach (Shortage shortage in plan.Shortages.Where((_, i) => i % 9 == seed % 9).Take(3))
            {
                OrderAnswer answer = WhyInquiry.AskOrder(season, plan, shortage.Order, shortage.Date, cancellationToken: TestContext.Current.CancellationToken);
                Assert.Equal((shortage.Required, shortage.Target, shortage.Filled), (answer.Required, answer.Target, answer.Filled));
                (int filledAgain, decimal worthAgain) = Solve(season, plan, season, shortage);
                foreach (Remedy remedy in answer.Remedies.Where(r => r.Changes != "[]"))
                {
                    remedies++;
                    (int filled, decimal worth) = Solve(season, plan, ChangeSet.Apply(season, remedy.Changes).OrThrow(), shortage);
                    Assert.Equal(remedy.WorkerDays, filled - filledAgain);
                    Assert.Equal(remedy.NetValue, worth - worthAgain);
                }
            }
        }

        Assert.NotEqual(0, remedies);
    }

    [Fact]
    public void A_day_without_a_certified_broker_is_blocked_by_C3()
    {
        Season season = Tiny.Season() with
        {
            Brokers = [.. Tiny.Season().Brokers.Select(b => b.Id.Value == "k2" ? b : b with { CertificateUntil = null })],
        };
        Plan nobody = Plan.Empty;

        OrderAnswer answer = WhyInquiry.AskOrder(
            season with { Absences = [new Absence(AbsenceKind.Broker, "k2", default, null)] }, nobody, new("o1"), Tiny.Day(0), new WhyOptions { MostRemedies = 0 }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(4, answer.Missing);
        Assert.Contains(answer.Blocking, b => b.Rules.SequenceEqual([Matching.Rules.RuleCode.C3]));
    }

    [Fact]
    public void A_closed_site_is_the_reason_by_itself()
    {
        Season season = Tiny.Season().WithAbsence(AbsenceKind.Site, "s1", 0, 0);

        OrderAnswer answer = WhyInquiry.AskOrder(season, Plan.Empty, new("o1"), Tiny.Day(0), cancellationToken: TestContext.Current.CancellationToken);

        Blocking closed = Assert.Single(answer.Blocking);
        Assert.Equal([Matching.Rules.RuleCode.D1], closed.Rules);
        Assert.Empty(answer.Remedies);
    }

    [Fact]
    public void A_filled_day_needs_no_reason()
    {
        Season season = Tiny.Season().WithDemand("o1", 0, 2, 3);

        OrderAnswer answer = WhyInquiry.AskOrder(season, Tiny.Plan(), new("o1"), Tiny.Day(0), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(0, answer.Missing);
        Assert.Empty(answer.Blocking);
    }

    [Fact]
    public void An_idle_worker_is_told_what_is_open_and_what_is_closed()
    {
        WorkerAnswer answer = WhyInquiry.AskWorker(Tiny.Season(), Tiny.Plan(), new("b2"), Tiny.Day(0), cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(answer.Idle);
        Assert.Contains(answer.Blocking, b => b.Rules.IsEmpty && b.Ids.Contains("c1"));
    }

    [Fact]
    public void A_working_worker_is_told_where()
    {
        WorkerAnswer answer = WhyInquiry.AskWorker(Tiny.Season(), Tiny.Plan(), new("a1"), Tiny.Day(0), cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(answer.Idle);
        Assert.Equal("c1", answer.Crew?.Value);
        Assert.Contains("own broker", answer.Blocking[0].Message);
    }

    /// <summary>The trial of the answer once more; its plan is counted by the checker.</summary>
    private static (int Filled, decimal Worth) Solve(Season season, Plan plan, Season changed, Shortage shortage)
    {
        var start = new SearchTools(new CompiledSeason(season), new WorkMeter(), priced: false);
        new PlanLoader(start.C, start.State).Load(plan, _ => false);
        start.State.Commit();
        int order = season.Orders.IndexOf(season.OrderById[shortage.Order]);
        var trial = new RemedyTrial(
            start, new CompiledSeason(changed, start.C), order, season.DayIndex(shortage.Date), new WhyOptions(), TestContext.Current.CancellationToken);
        CheckResult check = PlanChecker.Check(changed, trial.Plan);
        Assert.Empty(check.Violations);
        Dictionary<CrewId, Crew> crews = trial.Plan.Crews.ToDictionary(c => c.Id);
        Assert.Equal(trial.Filled, trial.Plan.WorkerDays.Count(d => d.Date == shortage.Date && crews[d.Crew].Order == shortage.Order));
        Assert.Equal(trial.Worth.NetValue, check.NetValue);
        return (trial.Filled, check.NetValue);
    }
}
