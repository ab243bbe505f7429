using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Storage;

namespace Matching.Api.Jobs;

/// <summary>What a job's child process is given and gives back: a folder of files.</summary>
internal sealed class JobFolder(string path) : IDisposable
{
    /// <summary>The folder.</summary>
    public string Path => path;

    /// <summary>The season, a zip.</summary>
    public string Season => At("season.zip");

    /// <summary>The season of the plan to begin from, a zip; absent when it is the same.</summary>
    public string BaseSeason => At("base.zip");

    /// <summary>Files of the plan beside the usual ones; absent when there are none.</summary>
    public string Extras => At("extras");

    /// <summary>The plan to begin from, a zip; absent when there is none.</summary>
    public string WarmStart => At("warm.zip");

    /// <summary>What was asked.</summary>
    public string Order => At("job.json");

    /// <summary>What came out; written last, aside and moved, so that it is whole when it is there.</summary>
    public string Outcome => At("outcome.json");

    /// <summary>The plan folder, a zip.</summary>
    public string Plan => At(PlanFileRow.Folder);

    /// <summary>The workbook.</summary>
    public string Workbook => At(PlanFileRow.Workbook);

    /// <summary>The page.</summary>
    public string Report => At(PlanFileRow.Report);

    /// <summary>What there is of the files of the plan.</summary>
    public IEnumerable<string> Results() =>
        new[] { Plan, Workbook, Report }.Where(File.Exists).Concat(Directory.Exists(Extras) ? Directory.EnumerateFiles(Extras) : []);

    /// <summary>A new empty folder.</summary>
    public static JobFolder New() => new(Directory.CreateTempSubdirectory("matching-job-").FullName);

    /// <summary>Writes a document.</summary>
    public static async Task WriteAsync<T>(string file, T value, CancellationToken cancellationToken)
    {
        string aside = file + ".part";
        await File.WriteAllBytesAsync(aside, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options), cancellationToken);
        File.Move(aside, file, overwrite: true);
    }

    /// <summary>Reads a document.</summary>
    public static async Task<T> ReadAsync<T>(string file, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<T>(await File.ReadAllBytesAsync(file, cancellationToken), ApiJson.Options)
        ?? throw new InvalidDataException($"{file} is empty.");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private string At(string name) => System.IO.Path.Combine(path, name);
}

/// <summary>What a child is to do.</summary>
/// <param name="Kind">What makes the plan.</param>
/// <param name="Options">What was asked, as it is stored.</param>
internal sealed record JobOrder(string Kind, JsonElement Options);

/// <summary>What came out of a job.</summary>
internal sealed record JobOutcome(bool Legal, decimal NetValue, decimal? UpperBound, decimal? Gap, Dictionary<string, decimal> Parts);

/// <summary>A line a child tells while it works.</summary>
internal sealed record JobProgress(string Stage, double Seconds, decimal? NetValue, decimal? UpperBound, decimal? Gap);
