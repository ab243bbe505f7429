using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Tests.Checking;

/// <summary>
/// The rules and the worth once more, written as straight from the contract as can be: slow, without indexes, and sharing
/// nothing with the checker. Each breach is a rule with the key that both can name.
/// </summary>
internal sealed class NaiveRecount(Season season, Plan plan)
{
    private readonly List<DateOnly> _days = [.. Enumerable.Range(0, season.DayCount).Select(season.Day)];
    private readonly List<WorkerDay> _work = [.. plan.WorkerDays.Distinct().Where(r => season.Contains(r.Date))];

    public HashSet<(RuleCode, string)> Broken() =>
    [
        .. W1(), .. W2(), .. W3(), .. W4(), .. H1(), .. H2(), .. C1(), .. C2(), .. C3(), .. C4(), .. D1(), .. D2(), .. D3(),
        .. P1(), .. new NaiveTrips(season, plan, _work).Broken(),
    ];

    public Worth Worth()
    {
        decimal km = plan.Trips.GroupBy(t => (t.Vehicle, t.Date)).Sum(g => NaiveTrips.Ways(season, g).Sum(w => w.Km) * 2 * Vehicle(g.Key.Vehicle).CostPerKm);
        var joins = _work.Select(r => (r.Worker, r.Crew)).Distinct().ToList();
        return new Worth(
            season.Demand.Sum(d => Order(d.Order).ValueRequired * Math.Min(Filled(d.Order, d.Date), d.Required)),
            season.Demand.Sum(d => Order(d.Order).ValueTarget * Late(d.Order, d.Date)
                * (Math.Min(Filled(d.Order, d.Date), d.Target) - Math.Min(Filled(d.Order, d.Date), d.Required))),
            -plan.Trips.Select(t => (t.Vehicle, t.Date)).Distinct().Sum(x => Vehicle(x.Vehicle).CostPerDay) - km,
            -joins.Where(j => Crew(j.Crew).Mode == CrewMode.Lodge)
                .Sum(j => 2 * season.Transport.CoachFarePerKm * season.TravelTable.Km(Worker(j.Worker).Village, SiteOf(j.Crew))),
            -plan.Crews.Sum(c => Broker(c.Broker).DailyFee * Math.Max(0, c.To.DayNumber - c.From.DayNumber + 1)),
            -plan.Crews.Length * season.Costs.EngagementStart,
            -joins.Count * season.Costs.MemberJoin,
            -_work.Count(r => Worker(r.Worker).Broker is { } own && own != Crew(r.Crew).Broker) * season.Costs.OtherBroker,
            -season.Agreements.Sum(a => a.Penalty * Math.Max(0, a.MinDays - Delivered(a))),
            -season.Workers.Sum(w => w.TargetWeight * Math.Max(0, w.TargetDays - DaysOf(w.Id).Count))).Rounded();
    }

    private Worker Worker(WorkerId id) => season.Workers.Single(w => w.Id == id);

    private Crew Crew(CrewId id) => plan.Crews.Single(c => c.Id == id);

    private Broker Broker(BrokerId id) => season.Brokers.Single(b => b.Id == id);

    private Order Order(OrderId id) => season.Orders.Single(o => o.Id == id);

    private Vehicle Vehicle(VehicleId id) => season.Vehicles.Single(v => v.Id == id);

    private PlaceId SiteOf(CrewId crew) => Order(Crew(crew).Order).Site;

    private bool Out(AbsenceKind kind, string id, DateOnly day) =>
        season.Absences.Any(a => a.Kind == kind && a.Subject == id && a.Window.Contains(day));

    private int Filled(OrderId order, DateOnly day) => _work.Count(r => Crew(r.Crew).Order == order && r.Date == day);

    private List<DateOnly> DaysOf(WorkerId worker) => [.. _work.Where(r => r.Worker == worker).Select(r => r.Date).Distinct()];

    private decimal Late(OrderId order, DateOnly day) =>
        season.Rounds.SingleOrDefault(r => r.Order == order && r.Window.Contains(day)) is { } round
            ? Math.Max(0, 1 - (round.LateLoss * (day.DayNumber - round.From.DayNumber))) : 1;

    private bool Below(string place, string area) =>
        place == area || (season.Places.Single(p => p.Id.Value == place).Parent is { } parent && Below(parent.Value, area));

    private int Delivered(Agreement a) => _work.Count(r =>
        a.Window.Contains(r.Date)
        && (a.SupplierKind == SupplierKind.Place ? Below(Worker(r.Worker).Village.Value, a.Supplier) : Crew(r.Crew).Broker.Value == a.Supplier)
        && (a.BuyerKind == BuyerKind.Place ? Below(SiteOf(r.Crew).Value, a.Buyer)
            : season.Sites.Single(s => s.Id == SiteOf(r.Crew)).Employer == a.Buyer));

    private bool Stays(WorkerId worker, DateOnly day) => plan.Crews.Any(c => Stays(worker, c, day));

    private bool Stays(WorkerId worker, Crew crew, DateOnly day)
    {
        var days = _work.Where(r => r.Worker == worker && r.Crew == crew.Id).Select(r => r.Date).ToList();
        return crew.Mode == CrewMode.Lodge && days.Count > 0 && days.Min() <= day && day <= days.Max();
    }

    private IEnumerable<(RuleCode, string)> W1() =>
        from row in plan.WorkerDays
        let worker = Worker(row.Worker)
        where plan.WorkerDays.Count(r => r.Worker == row.Worker && r.Date == row.Date) > 1
            || !season.Contains(row.Date)
            || (worker.Availability.Length > 0 && !worker.Availability.Any(w => w.Contains(row.Date)))
            || Out(AbsenceKind.Worker, row.Worker.Value, row.Date)
        select (RuleCode.W1, $"{row.Worker} {row.Date:o}");

    private IEnumerable<(RuleCode, string)> W2() =>
        from row in _work
        let adult = Order(Crew(row.Crew).Order).AdultOnly || Crew(row.Crew).Mode == CrewMode.Lodge
        where Worker(row.Worker).BirthDate.AddYears(adult ? 18 : 16) > row.Date
        select (RuleCode.W2, $"{row.Worker} {row.Date:o}");

    private IEnumerable<(RuleCode, string)> W3() =>
        from row in _work
        let worker = Worker(row.Worker)
        let order = Order(Crew(row.Crew).Order)
        where !worker.Skills.Any(s => s.Skill == order.Skill && s.Level >= order.MinLevel)
            || worker.MinDailyWage > order.DailyWage
            || season.Refusals.Any(r => r.Worker == row.Worker && r.Site == order.Site)
            || order.Needs.Any(n => !worker.Tags.Contains(n))
            || worker.Needs.Any(n => !season.Sites.Single(s => s.Id == order.Site).Tags.Contains(n))
        select (RuleCode.W3, $"{row.Worker} {row.Date:o}");

    private IEnumerable<(RuleCode, string)> W4() =>
        from worker in season.Workers
        let days = DaysOf(worker.Id)
        where days.Count > (worker.MaxDays ?? int.MaxValue)
            || _days.Any(d => Enumerable.Range(0, season.Work.MaxConsecutiveDays + 1).All(i => days.Contains(d.AddDays(i))))
            || _days.Any(d => _work.Where(r => r.Worker == worker.Id && r.Date >= d && r.Date < d.AddDays(7))
                .Sum(r => Order(Crew(r.Crew).Order).Hours) > season.Work.MaxHoursPer7Days)
        select (RuleCode.W4, worker.Id.Value);

    private IEnumerable<(RuleCode, string)> H1() =>
        from day in _days
        let duties = season.HouseholdDuties.Where(d => d.Window.Contains(day))
        from pool in duties.GroupBy(d => d.Group?.Value ?? "alone " + d.Household)
        let members = season.Workers.Where(w => pool.Any(d => d.Household == w.Household))
        let home = members.Count(w => !DaysOf(w.Id).Contains(day) && !Stays(w.Id, day))
        where home < pool.Sum(d => Math.Min(d.KeepHome, season.Workers.Count(w => w.Household == d.Household)))
        select (RuleCode.H1, $"{day:o}");

    private IEnumerable<(RuleCode, string)> H2() =>
        from pair in season.Pairs
        from day in _days
        let a = _work.Where(r => r.Worker == pair.WorkerA && r.Date == day).Select(r => r.Crew).ToHashSet()
        let b = _work.Where(r => r.Worker == pair.WorkerB && r.Date == day).Select(r => r.Crew).ToHashSet()
        where pair.Kind switch
        {
            PairKind.Together => !a.SetEquals(b),
            PairKind.SameSite => a.Count > 0 && b.Count > 0 && a.Concat(b).Select(SiteOf).Distinct().Count() > 1,
            _ => a.Overlaps(b),
        }
        select (RuleCode.H2, $"{pair.WorkerA} {day:o}");

    private IEnumerable<(RuleCode, string)> C1()
    {
        foreach (Crew crew in plan.Crews)
        {
            int min = Math.Max(Order(crew.Order).CrewMin, Broker(crew.Broker).CrewMin);
            int max = Math.Min(Order(crew.Order).CrewMax, Broker(crew.Broker).CrewMax);
            foreach (DateOnly day in _days)
            {
                int members = _work.Count(r => r.Crew == crew.Id && r.Date == day);
                bool engaged = crew.From <= day && day <= crew.To;
                if (engaged ? members < min || members > max : members > 0)
                {
                    yield return (RuleCode.C1, $"{crew.Id} {day:o}");
                }
            }

            if (crew.From > crew.To || !season.Contains(crew.From))
            {
                yield return (RuleCode.C1, $"{crew.Id} {crew.From:o}");
            }

            foreach (WorkerDay row in plan.WorkerDays.Where(r => r.Crew == crew.Id && (r.Date < crew.From || r.Date > crew.To)))
            {
                yield return (RuleCode.C1, $"{crew.Id} {row.Date:o}");
            }
        }
    }

    private IEnumerable<(RuleCode, string)> C2() =>
        from rows in _work.GroupBy(r => (r.Crew, r.Date))
        let order = Order(Crew(rows.Key.Crew).Order)
        let experienced = rows.Count(r => Worker(r.Worker).Skills.Any(s => s.Skill == order.Skill && s.Level >= order.ExperiencedLevel))
        where order.ExperiencedLevel is not null && order.ExperiencedShare is not null
            && experienced < order.ExperiencedShare * rows.Count()
        select (RuleCode.C2, $"{rows.Key.Crew} {rows.Key.Date:o}");

    private IEnumerable<(RuleCode, string)> C3() =>
        (from broker in season.Brokers
         from day in _days
         let crews = plan.Crews.Count(c => c.Broker == broker.Id && c.From <= day && day <= c.To)
         where crews > 1 || (crews > 0 && (!(broker.CertificateUntil >= day) || !broker.Availability.Contains(day) || Out(AbsenceKind.Broker, broker.Id.Value, day)))
         select (RuleCode.C3, $"{broker.Id} {day:o}"))
        .Concat(
         from row in _work
         let broker = Broker(Crew(row.Crew).Broker)
         where !Below(Worker(row.Worker).Village.Value, broker.Area.Value)
         select (RuleCode.C3, $"{broker.Id} {row.Date:o}"));

    private IEnumerable<(RuleCode, string)> C4()
    {
        foreach (Crew crew in plan.Crews.Where(c => Order(c.Order).Lodging == (c.Mode == CrewMode.Lodge ? LodgingRule.No : LodgingRule.Only)))
        {
            yield return (RuleCode.C4, $"{crew.From:o}");
        }

        foreach (DateOnly day in _days)
        {
            bool unwilling = _work.Any(r => r.Date == day && Crew(r.Crew).Mode == CrewMode.Lodge && !Worker(r.Worker).LodgingOk);
            bool elsewhere = _work.Any(r => r.Date == day && plan.Crews.Any(c =>
                c.Id != r.Crew && Stays(r.Worker, c, day.AddDays(-1)) && Stays(r.Worker, c, day.AddDays(1))));
            bool full = season.Sites.Any(s => s.Beds < plan.Crews.Where(c => SiteOf(c.Id) == s.Id)
                .Sum(c => season.Workers.Count(w => Stays(w.Id, c, day))));
            if (unwilling || elsewhere || full)
            {
                yield return (RuleCode.C4, $"{day:o}");
            }
        }
    }

    private IEnumerable<(RuleCode, string)> D1() =>
        from order in season.Orders
        from day in _days
        let filled = Filled(order.Id, day)
        where filled > season.Demand.Where(d => d.Order == order.Id && d.Date == day).Sum(d => d.Target)
            || (filled > 0 && Out(AbsenceKind.Site, order.Site.Value, day))
        select (RuleCode.D1, $"{order.Id} {day:o}");

    private IEnumerable<(RuleCode, string)> D2() =>
        from round in season.Rounds
        where _days.Where(round.Window.Contains).Sum(d => Filled(round.Order, d)) > round.WorkerDays
        select (RuleCode.D2, round.Order.Value);

    private IEnumerable<(RuleCode, string)> D3() =>
        from agreement in season.Agreements
        where Delivered(agreement) > agreement.MaxDays
        select (RuleCode.D3, agreement.Id.Value);

    private IEnumerable<(RuleCode, string)> P1() =>
        from pin in season.Pins
        where !_work.Any(r => r.Worker == pin.Worker && r.Date == pin.Date && Crew(r.Crew).Broker == pin.Broker && Crew(r.Crew).Order == pin.Order)
        select (RuleCode.P1, $"{pin.Worker} {pin.Date:o}");
}
