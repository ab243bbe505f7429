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
        WriteCrews(plan, sink);
        WriteAssignments(plan, sink);
        WriteTrips(plan, sink);
        WriteShortages(plan, season, sink);
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

    private static void WriteAssignments(Plan plan, TableSink sink)
    {
        // A season has a million worker-days: ids are ranked once, so that sorting compares numbers.
        Dictionary<string, int> crewRank = Ranks(plan.WorkerDays.Select(w => w.Crew.Value));
        Dictionary<string, int> workerRank = Ranks(plan.WorkerDays.Select(w => w.Worker.Value));
        var order = new (int Day, int Crew, int Worker)[plan.WorkerDays.Length];
        for (int i = 0; i < order.Length; i++)
        {
            WorkerDay day = plan.WorkerDays[i];
            order[i] = (day.Date.DayNumber, crewRank[day.Crew.Value], workerRank[day.Worker.Value]);
        }

        string[] crews = [.. crewRank.OrderBy(r => r.Value).Select(r => r.Key)];
        string[] workers = [.. workerRank.OrderBy(r => r.Value).Select(r => r.Key)];
        Array.Sort(order);
        using TableWriter row = sink.Begin(PlanFormat.Assignments.File);
        foreach ((int day, int crew, int worker) in order)
        {
            row.Date(DateOnly.FromDayNumber(day)).Text(crews[crew]).Text(workers[worker]).EndRow();
        }
    }

    private static Dictionary<string, int> Ranks(IEnumerable<string> ids)
    {
        string[] sorted = [.. ids.ToHashSet(StringComparer.Ordinal)];
        Array.Sort(sorted, StringComparer.Ordinal);
        var ranks = new Dictionary<string, int>(sorted.Length, StringComparer.Ordinal);
        for (int i = 0; i < sorted.Length; i++)
        {
            ranks.Add(sorted[i], i);
        }

        return ranks;
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
    private static void WriteShortages(Plan plan, Season season, TableSink sink)
    {
        using TableWriter row = sink.Begin(PlanFormat.Shortages.File);
        foreach (Shortage s in Shortages(plan, season))
        {
            row.Text(s.Order.Value).Date(s.Date).Whole(s.Required).Whole(s.Target).Whole(s.Filled).EndRow();
        }
    }

    private static IEnumerable<Shortage> Shortages(Plan plan, Season season)
    {
        var orderOf = plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        var filled = new Dictionary<(OrderId, DateOnly), int>();
        foreach (WorkerDay day in plan.WorkerDays.Distinct())
        {
            (OrderId, DateOnly) key = (orderOf[day.Crew], day.Date);
            filled[key] = filled.GetValueOrDefault(key) + 1;
        }

        return season.Demand
            .Select(d => new Shortage(d.Order, d.Date, d.Required, d.Target, filled.GetValueOrDefault((d.Order, d.Date))))
            .Where(s => s.Filled < s.Target)
            .OrderBy(s => s.Date).ThenBy(s => s.Order.Value, StringComparer.Ordinal);
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
}
