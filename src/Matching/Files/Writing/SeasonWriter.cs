using System.Collections.Immutable;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Writing;

/// <summary>Writes the tables of a season.</summary>
internal static class SeasonWriter
{
    /// <summary>Writes all tables the sink wants; optional ones without rows only where it wants those too.</summary>
    public static void Write(Season season, TableSink sink)
    {
        Rows(sink, SeasonFormat.Places.File, season.Places, static (row, p) => row
            .Text(p.Id.Value).Text(p.Name).Choice(Words.PlaceKinds, (int)p.Kind).Text(p.Parent?.Value).Degrees(p.Latitude).Degrees(p.Longitude));
        Rows(sink, SeasonFormat.Travel.File, season.Travel, static (row, t) => row
            .Text(t.From.Value).Text(t.To.Value).Whole(t.Minutes).Number(t.Km));
        Rows(sink, SeasonFormat.Workers.File, season.Workers, static (row, w) => row
            .Text(w.Id.Value).Text(w.Name).Text(w.Village.Value).Date(w.BirthDate).Text(w.Household?.Value).Text(w.Sex).Text(w.Broker?.Value)
            .Number(w.MinDailyWage).Whole(w.MaxDays).Whole(w.TargetDays).Number(w.TargetWeight).Flag(w.LodgingOk).List(w.Tags).List(w.Needs));
        Rows(sink, SeasonFormat.WorkerSkills.File, season.Workers.SelectMany(w => w.Skills, (w, s) => (Worker: w, Skill: s)), static (row, s) => row
            .Text(s.Worker.Id.Value).Text(s.Skill.Skill.Value).Whole(s.Skill.Level));
        Rows(sink, SeasonFormat.Availability.File, season.Workers.SelectMany(w => w.Availability, (w, d) => (Worker: w, Window: d)), static (row, a) => row
            .Text(a.Worker.Id.Value).Window(a.Window));
        Rows(sink, SeasonFormat.Households.File, season.HouseholdDuties, static (row, h) => row
            .Text(h.Household.Value).Whole(h.KeepHome).Window(h.Window).Text(h.Group?.Value));
        Rows(sink, SeasonFormat.Pairs.File, season.Pairs, static (row, p) => row
            .Text(p.WorkerA.Value).Text(p.WorkerB.Value).Choice(Words.PairKinds, (int)p.Kind));
        Rows(sink, SeasonFormat.Refusals.File, season.Refusals, static (row, r) => row
            .Text(r.Worker.Value).Text(r.Site.Value));
        Rows(sink, SeasonFormat.Brokers.File, season.Brokers, static (row, b) => row
            .Text(b.Id.Value).Text(b.Name).Text(b.Area.Value).Date(b.CertificateUntil).Whole(b.CrewMin).Whole(b.CrewMax).Number(b.DailyFee).Window(b.Availability));
        Rows(sink, SeasonFormat.Sites.File, season.Sites, static (row, s) => row
            .Text(s.Id.Value).Text(s.Employer).Whole(s.Beds).List(s.Tags));
        Rows(sink, SeasonFormat.Orders.File, season.Orders, static (row, o) => row
            .Text(o.Id.Value).Text(o.Site.Value).Text(o.Skill.Value).Whole(o.MinLevel).Number(o.DailyWage).Time(o.StartTime).Number(o.Hours)
            .Whole(o.CrewMin).Whole(o.CrewMax).Number(o.ValueRequired).Number(o.ValueTarget).Whole(o.ExperiencedLevel).Number(o.ExperiencedShare)
            .List(o.Needs).Flag(o.AdultOnly).Choice(Words.LodgingRules, (int)o.Lodging));
        Rows(sink, SeasonFormat.Demand.File, season.Demand, static (row, d) => row
            .Text(d.Order.Value).Date(d.Date).Whole(d.Required).Whole(d.Target));
        Rows(sink, SeasonFormat.Rounds.File, season.Rounds, static (row, r) => row
            .Text(r.Order.Value).Date(r.From).Date(r.To).Whole(r.WorkerDays).Number(r.LateLoss));
        Rows(sink, SeasonFormat.Agreements.File, season.Agreements, static (row, a) => row
            .Text(a.Id.Value).Text(a.Supplier).Text(a.Buyer).Window(a.Window).Whole(a.MinDays).Whole(a.MaxDays).Number(a.Penalty));
        Rows(sink, SeasonFormat.Vehicles.File, season.Vehicles, static (row, v) => row
            .Text(v.Id.Value).Text(v.Depot.Value).Whole(v.Seats).Number(v.CostPerDay).Number(v.CostPerKm).Window(v.Availability));
        Rows(sink, SeasonFormat.Absences.File, season.Absences, static (row, a) => row
            .Choice(Words.AbsenceKinds, (int)a.Kind).Text(a.Subject).Window(a.Window).Text(a.Reason));
        Rows(sink, SeasonFormat.Pins.File, season.Pins, static (row, p) => row
            .Date(p.Date).Text(p.Broker.Value).Text(p.Order.Value).Text(p.Worker.Value));
    }

    /// <summary>The settings by key, spelled as the files spell them.</summary>
    public static ImmutableArray<(Column Key, string Text)> Settings(Season season) =>
    [
        (SettingsFormat.Name, season.Name),
        (SettingsFormat.Start, Iso(season.Start)),
        (SettingsFormat.End, Iso(season.End)),
        (SettingsFormat.Detour, PlainNumber.Of(season.Road.Detour)),
        (SettingsFormat.SpeedKmh, PlainNumber.Of(season.Road.SpeedKmh)),
        (SettingsFormat.StopMinutes, PlainNumber.Of(season.Road.StopMinutes)),
        (SettingsFormat.MaxRideMinutes, PlainNumber.Of(season.Transport.MaxRideMinutes)),
        (SettingsFormat.EarliestDeparture, season.Transport.EarliestDeparture.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)),
        (SettingsFormat.MaxDriveMinutesPerDay, PlainNumber.Of(season.Transport.MaxDriveMinutesPerDay)),
        (SettingsFormat.CoachFarePerKm, PlainNumber.Of(season.Transport.CoachFarePerKm)),
        (SettingsFormat.MinAge, PlainNumber.Of(season.Work.MinAge)),
        (SettingsFormat.AdultAge, PlainNumber.Of(season.Work.AdultAge)),
        (SettingsFormat.MaxConsecutiveDays, PlainNumber.Of(season.Work.MaxConsecutiveDays)),
        (SettingsFormat.MaxHoursPer7Days, PlainNumber.Of(season.Work.MaxHoursPer7Days)),
        (SettingsFormat.EngagementStart, PlainNumber.Of(season.Costs.EngagementStart)),
        (SettingsFormat.MemberJoin, PlainNumber.Of(season.Costs.MemberJoin)),
        (SettingsFormat.OtherBroker, PlainNumber.Of(season.Costs.OtherBroker)),
    ];

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static void Rows<T>(TableSink sink, FileSpec file, IEnumerable<T> items, Func<TableWriter, T, TableWriter> row)
    {
        if (!sink.Wants(file) || (file.Optional && !sink.WritesEmptyTables && !items.Any()))
        {
            return;
        }

        using TableWriter writer = sink.Begin(file);
        foreach (T item in items)
        {
            row(writer, item).EndRow();
        }
    }
}
