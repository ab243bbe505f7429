using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Planning;

public sealed class ShortageReasonTests
{
    [Fact]
    public void Every_shortage_of_a_small_plan_has_a_reason()
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = 120, Profile = SeasonProfile.Tight, Seed = 2 });
        DailyDemand closed = season.Demand.First(d => d.Target > 0);
        PlaceId site = season.OrderById[closed.Order].Site;
        season = season with { Absences = season.Absences.Add(new Absence(AbsenceKind.Site, site.Value, new DayWindow(closed.Date, closed.Date), "rain")) };

        PlanResult result = new SeasonPlanner(new PlanOptions { Seconds = 1, Reproducible = true }).Plan(season, null, TestContext.Current.CancellationToken);

        Dictionary<(OrderId, DateOnly), ShortageReason> reasons = result.ShortageReasons.ToDictionary(r => (r.Shortage.Order, r.Shortage.Date));
        Assert.All(result.Plan.Shortages, s => Assert.Equal(s, reasons[(s.Order, s.Date)].Shortage));
        Assert.Equal(BindingReason.SiteClosed, reasons[(closed.Order, closed.Date)].Reason);
        Assert.Contains(result.ShortageReasons, r => r is { Reason: BindingReason.RoundOrAgreementFull, LostValue: 0 });
        Assert.Equal(result.ShortageReasons.OrderByDescending(r => r.LostValue).Select(r => r.LostValue), result.ShortageReasons.Select(r => r.LostValue));
    }
}
