using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;
using Matching.Search;

namespace Matching.Reporting;

/// <summary>Turns a counted plan into the data block of the page.</summary>
internal static class ReportDataBuilder
{
    // More points than pixels tell the eye nothing.
    private const int MostTracePoints = 1200;

    /// <summary>The data of a plan, with its run when that is known.</summary>
    public static ReportData Build(PlanTally tally, PlanResult? result, ReportLanguage lang)
    {
        Season season = tally.Season;
        return new ReportData
        {
            Lang = lang == ReportLanguage.Chinese ? "zh-CN" : "en",
            Name = season.Name,
            Start = Iso(season.Start),
            DayCount = season.DayCount,
            StopMinutes = season.Road.StopMinutes,
            Summary = Summary(tally, result),
            Worth = tally.Plan.Facts is { } facts
                ? [.. facts.Worth.Parts.Select(p => new ReportAmount(p.Key, p.Value))]
                : null,
            Places = Places(tally),
            Workers = new ReportWorkers(
                [.. season.Workers.Select(w => w.Id.Value)],
                [.. season.Workers.Select(w => w.Name)],
                [.. season.Workers.Select(w => PlanTally.At(tally.PlaceIndex, w.Village))],
                tally.DaysWorked,
                [.. season.Workers.Select(w => w.TargetDays)]),
            Brokers = new ReportBrokers(
                [.. season.Brokers.Select(b => b.Id.Value)],
                [.. season.Brokers.Select(b => b.Name)],
                [.. season.Brokers.Select(b => PlanTally.At(tally.PlaceIndex, b.Area))],
                [.. season.Brokers.Select(b => b.CertificateUntil is { } until && until >= season.Start)]),
            Vehicles = new ReportVehicles(
                [.. season.Vehicles.Select(v => v.Id.Value)],
                [.. season.Vehicles.Select(v => PlanTally.At(tally.PlaceIndex, v.Depot))],
                [.. season.Vehicles.Select(v => v.Seats)]),
            Orders = Orders(tally),
            Crews = Crews(tally),
            Trips = Trips(tally),
            Shortages = Shortages(tally, result),
            Trace = result is null || result.Trace.IsEmpty ? null : Trace(result),
            PinConflicts = result is null
                ? []
                : [.. result.PinConflicts.Select(c => new ReportPinConflict(
                    Iso(c.Pin.Date), c.Pin.Broker.Value, c.Pin.Order.Value, c.Pin.Worker.Value, c.Rule.ToString(), c.Message))],
        };
    }

    /// <summary>The figures on top; the workbook shows the same.</summary>
    public static ReportSummary Summary(PlanTally tally, PlanResult? result)
    {
        long required = 0;
        long filledRequired = 0;
        long target = 0;
        long filledTarget = 0;
        for (int order = 0; order < tally.Season.Orders.Length; order++)
        {
            for (int day = 0; day < tally.Season.DayCount; day++)
            {
                required += tally.Required[order, day];
                filledRequired += Math.Min(tally.Required[order, day], tally.Filled[order, day]);
                target += tally.Target[order, day];
                filledTarget += Math.Min(tally.Target[order, day], tally.Filled[order, day]);
            }
        }

        Plan plan = tally.Plan;
        return new ReportSummary
        {
            WorkerDays = tally.WorkerDays,
            OutsideSeason = tally.OutsideSeason,
            Required = required,
            FilledRequired = filledRequired,
            Target = target,
            FilledTarget = filledTarget,
            Crews = plan.Crews.Length,
            LodgingCrews = plan.Crews.Count(c => c.Mode == CrewMode.Lodge),
            BrokersLeading = plan.Crews.Select(c => c.Broker).Distinct().Count(),
            WorkersWorking = tally.DaysWorked.Count(d => d > 0),
            Trips = plan.Trips.Length,
            Passengers = tally.Mileage.Passengers,
            VehiclesUsed = tally.Mileage.VehiclesUsed,
            VehicleDays = tally.Mileage.VehicleDays,
            Km = Math.Round(tally.Mileage.Km, 1, MidpointRounding.AwayFromZero),
            UnknownLegs = tally.Mileage.UnknownLegs,
            NetValue = plan.Facts?.Worth.NetValue,
            UpperBound = plan.Facts?.UpperBound,
            Gap = plan.Facts?.Gap,
            Seed = plan.Facts?.Seed,
            Seconds = plan.Facts?.Seconds,
            StoppedBy = result?.StoppedBy.ToString(),
            Settings = plan.Facts?.Settings ?? ImmutableSortedDictionary<string, string>.Empty,
            Versions = plan.Facts?.Versions ?? ImmutableSortedDictionary<string, string>.Empty,
        };
    }

    private static ReportPlaces Places(PlanTally tally)
    {
        IReadOnlyList<Place> places = tally.Season.Places;
        return new ReportPlaces(
            [.. places.Select(p => p.Id.Value)],
            [.. places.Select(p => p.Name)],
            [.. places.Select(p => (int)p.Kind)],
            [.. places.Select(p => p.Parent is { } parent ? PlanTally.At(tally.PlaceIndex, parent) : -1)],
            [.. places.Select(p => Rounded(p.Latitude))],
            [.. places.Select(p => Rounded(p.Longitude))]);
    }

    private static ReportOrder[] Orders(PlanTally tally)
    {
        Season season = tally.Season;
        AbsenceIndex absences = new(season);
        return [.. season.Orders.Select((order, position) => new ReportOrder(
            order.Id.Value,
            PlanTally.At(tally.PlaceIndex, order.Site),
            season.SiteById[order.Site].Employer,
            order.Skill.Value,
            order.DailyWage,
            Clock(order.StartTime),
            order.Hours,
            Row(tally.Required, position),
            Row(tally.Target, position),
            Row(tally.Filled, position),
            [.. Enumerable.Range(0, season.DayCount).Where(
                day => absences.IsOut(AbsenceKind.Site, order.Site.Value, season.Day(day)))]))];
    }

    private static ReportCrews Crews(PlanTally tally)
    {
        Season season = tally.Season;
        IReadOnlyList<Crew> crews = tally.Plan.Crews;
        int[][] members = new int[crews.Count][];
        for (int crew = 0; crew < crews.Count; crew++)
        {
            members[crew] = PackMembers(tally.MembersOf(crew), season.DayIndex(crews[crew].From));
        }

        return new ReportCrews(
            [.. crews.Select(c => c.Id.Value)],
            tally.CrewBroker,
            tally.CrewOrder,
            [.. crews.Select(c => season.DayIndex(c.From))],
            [.. crews.Select(c => season.DayIndex(c.To))],
            [.. crews.Select(c => c.Mode == CrewMode.Lodge ? 1 : 0)],
            members);
    }

    private static int[] PackMembers(IEnumerable<CrewMember> members, int from)
    {
        List<int> packed = [];
        foreach (CrewMember member in members)
        {
            packed.Add(member.Worker);
            int piecesAt = packed.Count;
            packed.Add(0);
            int free = from;
            for (int i = 0; i < member.Days.Length;)
            {
                int start = i;
                while (i < member.Days.Length && member.Days[i] - member.Days[start] == i - start)
                {
                    i++;
                }

                packed.Add(member.Days[start] - free);
                packed.Add(i - start);
                packed[piecesAt]++;
                free = member.Days[start] + i - start;
            }
        }

        return [.. packed];
    }

    private static ReportDayTrips[] Trips(PlanTally tally)
    {
        Season season = tally.Season;
        ILookup<DateOnly, Trip> byDay = tally.Plan.Trips.ToLookup(t => t.Date);
        ReportDayTrips[] days = new ReportDayTrips[season.DayCount];
        for (int day = 0; day < days.Length; day++)
        {
            Trip[] trips = [.. byDay[season.Day(day)].OrderBy(t => t.Departs).ThenBy(t => t.Id.Value, StringComparer.Ordinal)];
            List<int> run = [];
            foreach (Trip trip in trips)
            {
                run.AddRange([PlanTally.At(tally.VehicleIndex, trip.Vehicle), Minutes(trip.Departs), trip.Stops.Length]);
                foreach (TripStop stop in trip.Stops)
                {
                    run.AddRange([PlanTally.At(tally.PlaceIndex, stop.Place), Minutes(stop.Arrives), stop.Groups.Length]);
                    foreach (StopGroup group in stop.Groups)
                    {
                        run.AddRange([
                            PlanTally.At(tally.CrewIndex, group.Crew), PlanTally.At(tally.PlaceIndex, group.Village), group.Board, group.Alight]);
                    }
                }
            }

            days[day] = new ReportDayTrips([.. trips.Select(t => t.Id.Value)], [.. run]);
        }

        return days;
    }

    private static ReportShortages Shortages(PlanTally tally, PlanResult? result)
    {
        string[] reasons = Enum.GetNames<BindingReason>();
        Dictionary<(OrderId, DateOnly), ShortageReason> known = [];
        if (result is not null)
        {
            foreach (ShortageReason reason in result.ShortageReasons)
            {
                known[(reason.Shortage.Order, reason.Shortage.Date)] = reason;
            }
        }

        List<(int Order, int Day, int Reason, decimal Lost)> rows = [];
        foreach (TallyShortage shortage in tally.Shortages())
        {
            bool why = known.TryGetValue((tally.Season.Orders[shortage.Order].Id, tally.Season.Day(shortage.Day)), out ShortageReason? reason);
            rows.Add((shortage.Order, shortage.Day, why ? (int)reason!.Reason : -1, Math.Round(why ? reason!.LostValue : shortage.LostValue, 2)));
        }

        rows = [.. rows.OrderByDescending(r => r.Lost).ThenBy(r => r.Day).ThenBy(r => r.Order)];
        return new ReportShortages(
            reasons, [.. rows.SelectMany(r => new[] { r.Order, r.Day, r.Reason })], [.. rows.Select(r => r.Lost)]);
    }

    private static ReportTrace Trace(PlanResult result)
    {
        IReadOnlyList<PlanProgress> trace = result.Trace;
        List<PlanProgress> kept = [];
        for (int i = 0; i < trace.Count; i++)
        {
            bool changed = i == 0 || i == trace.Count - 1 || trace[i].Stage != trace[i - 1].Stage
                || trace[i].Incumbent != trace[i - 1].Incumbent || trace[i].UpperBound != trace[i - 1].UpperBound;
            if (changed)
            {
                kept.Add(trace[i]);
            }
        }

        if (kept.Count > MostTracePoints)
        {
            int stride = (kept.Count + MostTracePoints - 1) / MostTracePoints;
            kept = [.. kept.Where((_, i) => i % stride == 0 || i == kept.Count - 1)];
        }

        // A reproducible run shows no clock, so that the same run gives the same page to the byte.
        bool clockShows = result.Plan.Facts is not { Seconds: null };
        return new ReportTrace(
            [.. kept.Select(p => p.Stage)],
            [.. kept.Select(p => p.Incumbent)],
            [.. kept.Select(p => p.UpperBound)],
            clockShows ? [.. kept.Select(p => Math.Round(p.Seconds, 3))] : null);
    }

    private static int[] Row(int[,] matrix, int row)
    {
        int[] cells = new int[matrix.GetLength(1)];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = matrix[row, i];
        }

        return cells;
    }

    // Five decimals are about a metre.
    private static double? Rounded(double? degrees) => degrees is { } value ? Math.Round(value, 5) : null;

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static string Clock(TimeOnly time) => time.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static string Iso(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
