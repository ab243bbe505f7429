using Matching.Model;
using Xunit;

namespace Matching.Tests.Generating;

/// <summary>The contract's readings of a season, asked of the objects: what a reader of the written files would refuse.</summary>
internal static class SeasonValidity
{
    public static void AssertValid(Season season)
    {
        string[] problems = [.. Told(Problems(season)).Take(10)];
        Assert.True(problems.Length == 0, string.Join(Environment.NewLine, problems));
    }

    private static IEnumerable<string> Problems(Season s) =>
    [
        .. Calendar(s), .. Places(s), .. Workers(s), .. Ties(s), .. Brokers(s), .. Orders(s), .. Demand(s), .. Agreements(s), .. Vehicles(s), .. Absences(s),
    ];

    private static IEnumerable<string> Calendar(Season s)
    {
        yield return Unless(s.DayCount is >= 1 and <= 3660, $"{s.DayCount} days");
    }

    private static IEnumerable<string> Places(Season s) =>
    [
        .. Unique("place", s.Places.Select(p => p.Id.Value)),
        .. s.Places.SelectMany(p => (string[])
        [
            Unless(p.Name.Length > 0, $"{p.Id} has no name"),
            Unless(p.Parent is not { } parent || s.PlaceById[parent].Kind < p.Kind && s.PlaceById[parent].Kind < PlaceKind.Site, $"{p.Id} has a parent of no higher kind"),
            Unless(p.Kind < PlaceKind.Village || p is { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 }, $"{p.Id} has no coordinates"),
        ]),
        .. Unique("travel", s.Travel.Select(t => $"{t.From}>{t.To}")),
        .. s.Travel.Select(t => Unless(
            s.PlaceById.ContainsKey(t.From) && s.PlaceById.ContainsKey(t.To) && t.From != t.To && t.Minutes > 0 && t.Km > 0, $"travel {t}")),
        .. Unique("site", s.Sites.Select(x => x.Id.Value)),
        .. s.Sites.Select(x => Unless(s.PlaceById[x.Id].Kind == PlaceKind.Site && x.Employer.Length > 0 && x.Beds >= 0 && Distinct(x.Tags), $"site {x.Id}")),
    ];

    private static IEnumerable<string> Workers(Season s) =>
    [
        .. Unique("worker", s.Workers.Select(w => w.Id.Value)),
        .. s.Workers.SelectMany(w => (string[])
        [
            Unless(w.Name.Length > 1, $"{w.Id} has no name"),
            Unless(s.PlaceById[w.Village].Kind == PlaceKind.Village, $"{w.Id} lives in no village"),
            Unless(w.BirthDate.AddYears(15) <= s.End && w.BirthDate.AddYears(80) > s.Start, $"{w.Id} was born {w.BirthDate}"),
            Unless(w.Broker is not { } broker || s.BrokerById.ContainsKey(broker) && s.LiesIn(w.Village, s.BrokerById[broker].Area), $"{w.Id} has a strange broker"),
            Unless(w.MinDailyWage is null || Money(w.MinDailyWage.Value), $"{w.Id} wants {w.MinDailyWage}"),
            Unless(w.MaxDays is null or >= 1 && w.TargetDays >= 0 && w.TargetDays <= (w.MaxDays ?? int.MaxValue) && w.TargetWeight >= 0, $"{w.Id} days"),
            Unless(w.Skills.All(k => k.Level is >= 1 and <= 5) && w.Skills.Select(k => k.Skill).Distinct().Count() == w.Skills.Length, $"{w.Id} skills"),
            Unless(w.Availability.All(Ordered) && Distinct(w.Tags) && Distinct(w.Needs), $"{w.Id} windows and lists"),
        ]),
    ];

    private static IEnumerable<string> Ties(Season s)
    {
        HashSet<HouseholdId> homes = [.. s.Workers.Where(w => w.Household is not null).Select(w => w.Household!.Value)];
        return
        [
            .. s.HouseholdDuties.Select(d => Unless(homes.Contains(d.Household) && d.KeepHome >= 0 && Ordered(d.Window), $"duty {d}")),
            .. Overlaps(s.HouseholdDuties.GroupBy(d => d.Household, d => d.Window), "duties of household"),
            .. s.Pairs.Select(p => Unless(s.WorkerById.ContainsKey(p.WorkerA) && s.WorkerById.ContainsKey(p.WorkerB) && p.WorkerA != p.WorkerB, $"pair {p}")),
            .. Unique("pair", s.Pairs.Select(p => string.Join('+', new[] { p.WorkerA.Value, p.WorkerB.Value }.Order(StringComparer.Ordinal)))),
            .. s.Refusals.Select(r => Unless(s.WorkerById.ContainsKey(r.Worker) && s.SiteById.ContainsKey(r.Site), $"refusal {r}")),
        ];
    }

    private static IEnumerable<string> Brokers(Season s) =>
    [
        .. Unique("broker", s.Brokers.Select(b => b.Id.Value)),
        .. s.Brokers.Select(b => Unless(
            s.PlaceById[b.Area].Kind <= PlaceKind.Village && b.CrewMin >= 1 && b.CrewMin <= b.CrewMax && Money(b.DailyFee) && Ordered(b.Availability)
            && b.Name.Length > 1 && !s.PlaceById.ContainsKey(new(b.Id.Value)), $"broker {b}")),
    ];

    private static IEnumerable<string> Orders(Season s) =>
    [
        .. Unique("order", s.Orders.Select(o => o.Id.Value)),
        .. s.Orders.SelectMany(o => (string[])
        [
            Unless(s.SiteById.ContainsKey(o.Site), $"{o.Id} is at no site"),
            Unless(o.MinLevel is >= 1 and <= 5 && Money(o.DailyWage) && o.Hours is > 0 and <= 24, $"{o.Id} level, wage, hours"),
            Unless(o.CrewMin >= 1 && o.CrewMin <= o.CrewMax, $"{o.Id} crews of {o.CrewMin} to {o.CrewMax}"),
            Unless(Money(o.ValueTarget) && Money(o.ValueRequired) && o.ValueTarget <= o.ValueRequired, $"{o.Id} values"),
            Unless(o.ExperiencedLevel is null == o.ExperiencedShare is null && o.ExperiencedLevel is null or (>= 1 and <= 5)
                && o.ExperiencedShare is null or (>= 0 and <= 1), $"{o.Id} experience"),
            Unless(o.Lodging == LodgingRule.No || s.SiteById[o.Site].Beds > 0 || !s.Demand.Any(d => d.Order == o.Id), $"{o.Id} lodges without beds"),
        ]),
    ];

    private static IEnumerable<string> Demand(Season s) =>
    [
        .. Unique("demand", s.Demand.Select(d => $"{d.Order} {d.Date:O}")),
        .. s.Demand.Select(d => Unless(s.OrderById.ContainsKey(d.Order) && s.Contains(d.Date) && d.Required >= 0 && d.Required <= d.Target && d.Target > 0, $"demand {d}")),
        .. s.Rounds.Select(r => Unless(
            s.OrderById.ContainsKey(r.Order) && r.From <= r.To && r.WorkerDays >= 1 && r.LateLoss is >= 0 and <= 1 && r.From <= s.End && r.To >= s.Start, $"round {r}")),
        .. Overlaps(s.Rounds.GroupBy(r => r.Order, r => r.Window), "rounds of"),
    ];

    private static IEnumerable<string> Agreements(Season s) =>
    [
        .. Unique("agreement", s.Agreements.Select(a => a.Id.Value)),
        .. s.Agreements.SelectMany(a => (string[])
        [
            Unless(a.SupplierKind == SupplierKind.Place == s.PlaceById.ContainsKey(new(a.Supplier))
                && (a.SupplierKind == SupplierKind.Place || s.BrokerById.ContainsKey(new(a.Supplier))), $"{a.Id} supplier {a.Supplier}"),
            Unless(a.BuyerKind == BuyerKind.Place == s.PlaceById.ContainsKey(new(a.Buyer))
                && (a.BuyerKind == BuyerKind.Place || s.Sites.Any(x => x.Employer == a.Buyer)), $"{a.Id} buyer {a.Buyer}"),
            Unless(a.MinDays >= 1 && a.MinDays <= (a.MaxDays ?? int.MaxValue) && Money(a.Penalty) && Ordered(a.Window), $"{a.Id} numbers"),
        ]),
    ];

    private static IEnumerable<string> Vehicles(Season s) =>
    [
        .. Unique("vehicle", s.Vehicles.Select(v => v.Id.Value)),
        .. s.Vehicles.Select(v => Unless(
            s.PlaceById[v.Depot].Kind == PlaceKind.Depot && v.Seats is 19 or 33 or 49 && Money(v.CostPerDay) && v.CostPerKm > 0 && Ordered(v.Availability), $"vehicle {v}")),
    ];

    private static IEnumerable<string> Absences(Season s) =>
    [
        .. s.Absences.Select(a => Unless(
            Ordered(a.Window) && a.Kind switch
            {
                AbsenceKind.Worker => s.WorkerById.ContainsKey(new(a.Subject)),
                AbsenceKind.Broker => s.BrokerById.ContainsKey(new(a.Subject)),
                AbsenceKind.Vehicle => s.VehicleById.ContainsKey(new(a.Subject)),
                _ => s.SiteById.ContainsKey(new(a.Subject)),
            },
            $"absence {a}")),
    ];

    private static bool Ordered(DayWindow window) => window.From is not { } from || window.To is not { } to || from <= to;

    private static bool Money(decimal amount) => amount >= 0 && amount == Math.Round(amount, 2);

    private static bool Distinct(IReadOnlyCollection<string> items) => items.Distinct().Count() == items.Count && items.All(i => i.Length > 0 && !i.Contains(';'));

    private static IEnumerable<string> Unique(string what, IEnumerable<string> ids) =>
        ids.GroupBy(i => i, StringComparer.Ordinal).Select(g => Unless(g.Key is { Length: > 0 } && !g.Skip(1).Any(), $"{what} '{g.Key}' stands twice or is empty"));

    private static IEnumerable<string> Overlaps<TKey>(IEnumerable<IGrouping<TKey, DayWindow>> groups, string what) => groups.Select(g =>
    {
        DayWindow[] windows = [.. g.OrderBy(w => w.From)];
        return Unless(!windows.Zip(windows.Skip(1)).Any(p => p.First.Overlaps(p.Second)), $"{what} {g.Key} overlap");
    });

    private static string Unless(bool fine, string problem) => fine ? "" : problem;

    private static IEnumerable<string> Told(IEnumerable<string> problems) => problems.Where(p => p.Length > 0);
}
