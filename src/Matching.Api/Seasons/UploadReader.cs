using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Files;
using Matching.Model;
using Matching.Plans;

namespace Matching.Api.Seasons;

/// <summary>Reads uploads. Few at a time, so that many large ones at once do not fill the memory.</summary>
internal sealed class UploadReader(ServeOptions host) : IDisposable
{
    private readonly SemaphoreSlim _room = new(Math.Max(2, Environment.ProcessorCount / 2));

    /// <summary>The season in the body: a zip, a workbook, or the name of a demo.</summary>
    public async Task<ReadResult<Season>> SeasonAsync(HttpContext context)
    {
        if (RequestBody.IsUpload(context.Request))
        {
            Stream upload = await RequestBody.UploadAsync(context, host.MostUploadBytes);
            return await ReadAsync(upload, s => SeasonFiles.Read(s, "upload"), context.RequestAborted);
        }

        if (RequestBody.TypeOf(context.Request) is not RequestBody.Json)
        {
            throw RequestBody.WrongType(context.Request, RequestBody.Zip, RequestBody.Workbook, RequestBody.Json);
        }

        DemoRequest asked = await RequestBody.JsonAsync<DemoRequest>(context, host.MostJsonBytes);
        if (asked.Demo is null || !DemoSeasons.Names.Contains(asked.Demo))
        {
            throw ProblemException.BadRequest($"'demo' is one of {string.Join(", ", DemoSeasons.Names)}.");
        }

        return await ReadAsync(DemoSeasons.Open(asked.Demo), s => SeasonFiles.Read(s, asked.Demo), context.RequestAborted);
    }

    /// <summary>The plan in the body: a zip of its folder.</summary>
    public async Task<ReadResult<Plan>> PlanAsync(HttpContext context, Season season)
    {
        Stream upload = await RequestBody.UploadAsync(context, host.MostUploadBytes);
        return await ReadAsync(upload, s => PlanFiles.Read(s, "upload", season), context.RequestAborted);
    }

    /// <summary>Refuses an upload with faults.</summary>
    public static ProblemException Refused<T>(ReadResult<T> read)
        where T : class =>
        new(ProblemCodes.Faults, $"The upload has {read.Faults.Length} fault(s).", ("faults", read.Faults), ("notes", read.Notes));

    /// <inheritdoc/>
    public void Dispose() => _room.Dispose();

    private async Task<ReadResult<T>> ReadAsync<T>(Stream stream, Func<Stream, ReadResult<T>> read, CancellationToken cancellationToken)
        where T : class
    {
        await using (stream)
        {
            await _room.WaitAsync(cancellationToken);
            try
            {
                return await Task.Run(() => read(stream), cancellationToken);
            }
            finally
            {
                _room.Release();
            }
        }
    }
}
