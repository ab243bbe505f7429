using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Matching.Changes;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Matching.Rules;

namespace Matching.Api.Output;

/// <summary>The documents of <c>--json</c>: camelCase, ISO days, CNY as numbers.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        WriteIndented = true,
    };

    /// <summary>Reads JSON and refuses what it does not know.</summary>
    public static JsonSerializerOptions Strict { get; } = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Writes one document and a line end.</summary>
    public static void Write(CliHost host, object document)
    {
        host.Out.WriteLine(JsonSerializer.Serialize(document, Options));
    }

    /// <summary>What reading a season or a plan minded.</summary>
    public static object Reading(IEnumerable<Fault> faults, IEnumerable<string> notes) => new { Faults = faults, Notes = notes };

    /// <summary>A season without faults.</summary>
    public static object ValidSeason(Season season, IEnumerable<string> notes) => new
    {
        Faults = Array.Empty<Fault>(),
        Notes = notes,
        Season = new
        {
            season.Name,
            season.Start,
            season.End,
            Counts = SeasonCounts.Of(season).ToDictionary(c => c.File, c => c.Rows),
        },
    };

    /// <summary>A verdict.</summary>
    public static object Verdict(CliHost host, CheckResult check, IEnumerable<string> notes) => new
    {
        check.Legal,
        Violations = check.Violations.Select(v => new
        {
            Rule = v.Rule.ToString(),
            v.Ids,
            v.Date,
            Message = host.Language == ReportLanguage.Chinese ? v.MessageZh : v.Message,
        }),
        NetValue = Money(check.NetValue),
        Parts = PartsOf(check.Worth),
        Notes = notes.Concat(host.Language == ReportLanguage.Chinese ? check.NotesZh : check.Notes),
    };

    /// <summary>A planning run.</summary>
    public static object Run(PlanResult result, PlanSummary summary, Worth worth, string path) => new
    {
        Out = path,
        StoppedBy = JsonNamingPolicy.CamelCase.ConvertName(result.StoppedBy.ToString()),
        NetValue = Money(worth.NetValue),
        UpperBound = result.Plan.Facts?.UpperBound is { } bound ? Money(bound) : (decimal?)null,
        result.Plan.Facts?.Gap,
        Parts = PartsOf(worth),
        result.Plan.Facts?.Settings,
        result.Plan.Facts?.Seed,
        result.Plan.Facts?.Seconds,
        result.Plan.Facts?.Versions,
        WorkerDays = new { summary.Required, summary.FilledRequired, summary.Target, summary.FilledTarget },
        summary.Crews,
        summary.LodgingCrews,
        summary.Trips,
        summary.VehiclesUsed,
        summary.VehicleDays,
        Kilometres = Math.Round(summary.Kilometres, 1, MidpointRounding.AwayFromZero),
        WorkersWorking = summary.DaysWorked.Length,
        Shortages = summary.Shortages.Length,
        WorstShortages = WorstShortages.Of(result, summary).Select(s => new
        {
            OrderId = s.Shortage.Order.Value,
            s.Shortage.Date,
            s.Shortage.Required,
            s.Shortage.Target,
            s.Shortage.Filled,
            LostValue = Money(s.LostValue),
            Reason = s.Reason is { } reason ? JsonNamingPolicy.CamelCase.ConvertName(reason.ToString()) : null,
        }),
        PinConflicts = result.PinConflicts.Select(PinConflict),
    };

    /// <summary>A pin that could not be kept.</summary>
    public static object PinConflict(PinConflict conflict) => new
    {
        conflict.Pin.Date,
        BrokerId = conflict.Pin.Broker.Value,
        OrderId = conflict.Pin.Order.Value,
        WorkerId = conflict.Pin.Worker.Value,
        Rule = conflict.Rule.ToString(),
        conflict.Ids,
        conflict.Message,
    };

    /// <summary>A refused change set.</summary>
    public static object Refusal(ChangeRefusal refusal) => new { refusal.Index, refusal.Expected, refusal.Faults };

    /// <summary>Writes one document to a file.</summary>
    public static void WriteFile(string path, object document)
    {
        using FileStream file = File.Create(path);
        JsonSerializer.Serialize(file, document, Options);
    }

    /// <summary>The parts of a worth by name.</summary>
    public static Dictionary<string, decimal> PartsOf(Worth worth) => worth.Parts.ToDictionary(p => p.Key, p => Money(p.Value));

    /// <summary>CNY with two decimals, also where they are zeros: a decimal is printed with the scale it has.</summary>
    public static decimal Money(decimal amount) => decimal.Round(amount, 2, MidpointRounding.AwayFromZero) + 0.00m;
}
