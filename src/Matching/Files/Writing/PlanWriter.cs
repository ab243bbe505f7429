using System.Text.Json;
using Matching.Files.Format;
using Matching.Model;
using Matching.Plans;

namespace Matching.Files.Writing;

/// <summary>Writes the files of a plan in a fixed order of rows, so that the same plan gives the same bytes.</summary>
internal static class PlanWriter
{
    /// <summary>Writes all files; <c>plan.json</c> only when the plan has facts.</summary>
    public static void Write(Plan plan, Season season, FileSink sink)
    {
        var workerDays = SortedWorkerDays.Of(plan);
        WriteCrews(plan, sink);
        WriteAssignments(workerDays, sink);
        WriteTrips(plan, sink);
        WriteShortages(plan, workerDays, season, sink);
        if (plan.Facts is { } facts)
        {
            using Stream stream = sink.Create(PlanFormat.FactsFile);
            WriteFacts(facts, stream);
        }
    }

    private static void WriteCrews(Plan plan, TableSink sink)
    {
        using TableWriter row = sink.Begin(PlanFormat.Crews.File);
        foreach (Crew crew in plan.Crews.OrderBy(c => c.From).ThenBy(c => c.Id.Value, StringComparer.Ordinal))
        {
            row.Text(crew.Id.Value).Text(crew.Broker.Value).Text(crew.Order.Value).Date(crew.From).Date(crew.To)
                .Choice(Words.CrewModes, (int)crew.Mode).EndRow();
        }
    }

    private static void WriteAssignments(SortedWorkerDays workerDays, TableSink sink)
    {
        using TableWriter row = sink.Begin(PlanFormat.Assignments.File);
        foreach ((int day, int crew, int worker) in workerDays.Rows)
        {
            row.Date(DateOnly.FromDayNumber(day)).Text(workerDays.Crews[crew]).Text(workerDays.Workers[worker]).EndRow();
        }
    }

    private static void WriteTrips(Plan plan, TableSink sink)
    {
        Trip[] trips = [.. plan.Trips.OrderBy(t => t.Date).ThenBy(t => t.Vehicle.Value, StringComparer.Ordinal).ThenBy(t => t.Departs).ThenBy(t => t.Id.Value, StringComparer.Ordinal)];
        using (TableWriter row = sink.Begin(PlanFormat.Trips.File))
        {
            foreach (Trip trip in trips)
            {
                row.Text(trip.Id.Value).Date(trip.Date).Text(trip.Vehicle.Value).Time(trip.Departs).EndRow();
            }
        }

        using (TableWriter row = sink.Begin(PlanFormat.TripStops.File))
        {
            foreach (Trip trip in trips)
            {
                foreach (TripStop stop in trip.Stops.OrderBy(s => s.Seq))
                {
                    foreach (StopGroup group in stop.Groups.OrderBy(g => g.Crew.Value, StringComparer.Ordinal).ThenBy(g => g.Village.Value, StringComparer.Ordinal))
                    {
                        row.Text(trip.Id.Value).Whole(stop.Seq).Text(stop.Place.Value).Time(stop.Arrives).Text(group.Crew.Value)
                            .Text(group.Village.Value).Whole(group.Board).Whole(group.Alight).EndRow();
                    }
                }
            }
        }
    }

    // Counted from the worker-days themselves, whatever the plan's own list says: the file states what the plan leaves open.
    private static void WriteShortages(Plan plan, SortedWorkerDays workerDays, Season season, TableSink sink)
    {
        var orderOf = plan.Crews.ToDictionary(c => c.Id.Value, c => c.Order, StringComparer.Ordinal);
        OrderId[] orderOfCrew = [.. workerDays.Crews.Select(c => orderOf[c])];
        var filled = new Dictionary<(OrderId, int), int>();
        for (int i = 0; i < workerDays.Rows.Length; i++)
        {
            // A row that stands twice counts once.
            if (i == 0 || workerDays.Rows[i] != workerDays.Rows[i - 1])
            {
                (OrderId, int) key = (orderOfCrew[workerDays.Rows[i].Crew], workerDays.Rows[i].Day);
                filled[key] = filled.GetValueOrDefault(key) + 1;
            }
        }

        using TableWriter row = sink.Begin(PlanFormat.Shortages.File);
        foreach (DailyDemand demand in season.Demand.OrderBy(d => d.Date).ThenBy(d => d.Order.Value, StringComparer.Ordinal))
        {
            int done = filled.GetValueOrDefault((demand.Order, demand.Date.DayNumber));
            if (done < demand.Target)
            {
                row.Text(demand.Order.Value).Date(demand.Date).Whole(demand.Required).Whole(demand.Target).Whole(done).EndRow();
            }
        }
    }

    private static void WriteFacts(PlanFacts facts, Stream stream)
    {
        Worth worth = facts.Worth.Rounded();
        using (var json = new Utf8JsonWriter(stream, SettingsWriter.Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("netValue", worth.NetValue);
            WriteNumberOrNull(json, "upperBound", facts.UpperBound);
            WriteNumberOrNull(json, "gap", facts.Gap);
            json.WriteStartObject("parts");
            foreach ((string name, decimal part) in worth.Parts)
            {
                json.WriteNumber(name, part);
            }

            json.WriteEndObject();
            WriteTexts(json, "settings", facts.Settings);
            json.WriteNumber("seed", facts.Seed);
            if (facts.Seconds is { } seconds)
            {
                json.WriteNumber("seconds", seconds);
            }
            else
            {
                json.WriteNull("seconds");
            }

            WriteTexts(json, "versions", facts.Versions);
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }

    private static void WriteNumberOrNull(Utf8JsonWriter json, string name, decimal? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, string>> texts)
    {
        json.WriteStartObject(name);
        foreach ((string key, string text) in texts.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, text);
        }

        json.WriteEndObject();
    }

    /// <summary>
    /// The worker-days by day, crew and worker. A season has a million of them: ids are ranked once, so that sorting compares
    /// numbers.
    /// </summary>
    private sealed record SortedWorkerDays(string[] Crews, string[] Workers, (int Day, int Crew, int Worker)[] Rows)
    {
        public static SortedWorkerDays Of(Plan plan)
        {
            (string[] crews, Dictionary<string, int> crewRank) = Ranked(plan.WorkerDays.Select(w => w.Crew.Value));
            (string[] workers, Dictionary<string, int> workerRank) = Ranked(plan.WorkerDays.Select(w => w.Worker.Value));
            var rows = new (int Day, int Crew, int Worker)[plan.WorkerDays.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                WorkerDay day = plan.WorkerDays[i];
                rows[i] = (day.Date.DayNumber, crewRank[day.Crew.Value], workerRank[day.Worker.Value]);
            }

            Array.Sort(rows);
            return new SortedWorkerDays(crews, workers, rows);
        }

        private static (string[] Sorted, Dictionary<string, int> Rank) Ranked(IEnumerable<string> ids)
        {
            string[] sorted = [.. ids.ToHashSet(StringComparer.Ordinal)];
            Array.Sort(sorted, StringComparer.Ordinal);
            var ranks = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
            for (int i = 0; i < sorted.Length; i++)
            {
                ranks.Add(sorted[i], i);
            }

            return (sorted, ranks);
        }
    }
}
