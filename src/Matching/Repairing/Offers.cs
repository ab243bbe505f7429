using Matching.Model;

namespace Matching.Repairing;

/// <summary>Whether a changed season offers something a plan of the old one could not use: then short orders are tried again.</summary>
internal static class Offers
{
    /// <summary>New or better vehicles, brokers, people, beds, orders or rules. Events that only take away give false.</summary>
    public static bool SomethingNew(Season before, Season after) =>
        Vehicles(before, after) || Brokers(before, after) || People(before, after) || Orders(before, after)
        || after.Sites.Any(s => !before.SiteById.TryGetValue(s.Id, out Site? was) || s.Beds > was.Beds || s.Tags.Except(was.Tags).Any())
        || before.Transport != after.Transport || before.Work != after.Work || before.Costs != after.Costs
        || before.Pairs.Except(after.Pairs).Any() || before.Refusals.Except(after.Refusals).Any()
        || !before.HouseholdDuties.ToHashSet().SetEquals(after.HouseholdDuties)
        || before.Absences.Except(after.Absences).Any();

    private static bool Vehicles(Season before, Season after) =>
        after.Vehicles.Any(v => !before.VehicleById.TryGetValue(v.Id, out Vehicle? was)
            || v.Seats > was.Seats || v.CostPerDay < was.CostPerDay || v.CostPerKm < was.CostPerKm || v.Availability != was.Availability);

    private static bool Brokers(Season before, Season after) =>
        after.Brokers.Any(b => !before.BrokerById.TryGetValue(b.Id, out Broker? was)
            || (b.CertificateUntil ?? DateOnly.MinValue) > (was.CertificateUntil ?? DateOnly.MinValue)
            || b.CrewMin < was.CrewMin || b.CrewMax > was.CrewMax || b.DailyFee < was.DailyFee || b.Area != was.Area || b.Availability != was.Availability);

    private static bool People(Season before, Season after) =>
        after.Workers.Any(w => !before.WorkerById.TryGetValue(w.Id, out Worker? was)
            || w.LodgingOk != was.LodgingOk || w.MaxDays != was.MaxDays || w.MinDailyWage != was.MinDailyWage
            || w.Village != was.Village || w.Household != was.Household
            || !w.Skills.SequenceEqual(was.Skills) || !w.Availability.SequenceEqual(was.Availability)
            || !w.Tags.SequenceEqual(was.Tags) || !w.Needs.SequenceEqual(was.Needs));

    private static bool Orders(Season before, Season after) =>
        after.Orders.Any(o => before.OrderById.TryGetValue(o.Id, out Order? was)
            && (o.DailyWage > was.DailyWage || o.MinLevel < was.MinLevel || o.CrewMin < was.CrewMin || o.CrewMax > was.CrewMax
                || o.ValueRequired != was.ValueRequired || o.ValueTarget != was.ValueTarget || o.Lodging != was.Lodging
                || o.AdultOnly != was.AdultOnly || o.StartTime != was.StartTime || o.Hours < was.Hours
                || o.ExperiencedShare != was.ExperiencedShare || o.ExperiencedLevel != was.ExperiencedLevel || was.Needs.Except(o.Needs).Any()));
}
