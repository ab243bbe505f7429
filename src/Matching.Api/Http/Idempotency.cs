using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Http;

/// <summary>
/// Answers a POST that comes again with the same <c>Idempotency-Key</c> as it was answered the first time, for 24 hours, across
/// restarts and nodes. A request that arrives while the first is in flight waits for it.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IDbContextFactory<MatchingDb> databases, TimeProvider clock)
{
    public const string Header = "Idempotency-Key";

    /// <summary>How long answers are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(24);

    private const int MostCharacters = 200;
    private const string OriginItem = "matching.origin";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(25);
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag"];

    /// <summary>
    /// What names this request for good, or null when it has no key: a handler stores it, unique, with what it makes. When the
    /// process dies between the deed and the answer, the request that comes again finds the deed.
    /// </summary>
    public static string? OriginOf(HttpContext context) => context.Items[OriginItem] as string;

    /// <summary>Runs the request, or answers it as before.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        string? key = context.Request.Headers[Header];
        if (key is null || !HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint() is null)
        {
            await next(context);
            return;
        }

        if (key.Length is 0 or > MostCharacters)
        {
            throw ProblemException.BadRequest($"'{Header}' has 1 to {MostCharacters} characters.");
        }

        string id = HashOf($"{Caller.Of(context).Credential}\n{context.Request.Path}\n{key}");
        context.Request.EnableBuffering();
        string bodyHash = await BodyHashAsync(context);
        string owner = Ids.New("r");
        while (true)
        {
            if (await TryClaimAsync(id, bodyHash, owner, context.RequestAborted))
            {
                context.Items[OriginItem] = id;
                await RunAsync(context, id, owner);
                return;
            }

            await using MatchingDb db = await databases.CreateDbContextAsync(context.RequestAborted);
            IdempotencyRow? row = await db.Idempotency.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, context.RequestAborted);
            if (row is not null && row.BodyHash != bodyHash)
            {
                throw new ProblemException(ProblemCodes.IdempotencyMismatch, "The key was used with another body or query.");
            }

            if (row?.Status is { } status)
            {
                await ReplayAsync(context, row, status);
                return;
            }

            await Task.Delay(Patience, clock, context.RequestAborted);
        }
    }

    // The first, or the heir of one that died or is too old.
    private async Task<bool> TryClaimAsync(string id, string bodyHash, string owner, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        DateTimeOffset oldest = now - KeptFor;
        DateTimeOffset until = now + Lease;
        await db.Idempotency.Where(i => i.Id == id && i.CreatedAt < oldest).ExecuteDeleteAsync(cancellationToken);
        IdempotencyRow? row = await db.Idempotency.AsNoTracking().FirstOrDefaultAsync(i => i.Id == id, cancellationToken);
        if (row is not null)
        {
            return row.Status is null && row.BodyHash == bodyHash && row.LeaseUntil < now
                && await db.Idempotency.Where(i => i.Id == id && i.Owner == row.Owner && i.Status == null && i.LeaseUntil < now).ExecuteUpdateAsync(
                    i => i.SetProperty(r => r.Owner, owner).SetProperty(r => r.LeaseUntil, until), cancellationToken) == 1;
        }

        db.Idempotency.Add(new IdempotencyRow { Id = id, BodyHash = bodyHash, CreatedAt = now, LeaseUntil = until, Owner = owner });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }
        catch (DbUpdateException e) when (DatabaseErrors.IsTaken(e))
        {
            return false;
        }
    }

    private async Task RunAsync(HttpContext context, string id, string owner)
    {
        Stream answer = context.Response.Body;
        using MemoryStream held = new();
        context.Response.Body = held;
        bool isAnswered = false;
        using CancellationTokenSource over = new();
        Task beating = BeatAsync(id, owner, over.Token);
        try
        {
            try
            {
                await next(context);
            }
            catch (ProblemException problem)
            {
                await ProblemMiddleware.WriteAsync(context, problem.Problem, problem.Message, problem.More);
            }

            if (context.Response.StatusCode < StatusCodes.Status500InternalServerError && !context.RequestAborted.IsCancellationRequested)
            {
                await KeepAsync(context, id, owner, held.ToArray());
                isAnswered = true;
            }
        }
        finally
        {
            context.Response.Body = answer;
            await over.CancelAsync();
            await beating;
            if (!isAnswered)
            {
                await using MatchingDb db = await databases.CreateDbContextAsync(CancellationToken.None);
                await db.Idempotency.Where(i => i.Id == id && i.Owner == owner).ExecuteDeleteAsync(CancellationToken.None);
            }
        }

        held.Position = 0;
        await held.CopyToAsync(answer, context.RequestAborted);
    }

    private async Task BeatAsync(string id, string owner, CancellationToken over)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Heartbeat, clock, over);
                await using MatchingDb db = await databases.CreateDbContextAsync(over);
                DateTimeOffset until = clock.GetUtcNow() + Lease;
                await db.Idempotency.Where(i => i.Id == id && i.Owner == owner).ExecuteUpdateAsync(i => i.SetProperty(r => r.LeaseUntil, until), over);
            }
        }
        catch (OperationCanceledException)
        {
            // The request is answered.
        }
    }

    private async Task KeepAsync(HttpContext context, string id, string owner, byte[] body)
    {
        Dictionary<string, string> headers = KeptHeaders.Where(context.Response.Headers.ContainsKey)
            .ToDictionary(h => h, h => context.Response.Headers[h].ToString(), StringComparer.Ordinal);
        string kept = JsonSerializer.Serialize(headers, ApiJson.Options);
        int status = context.Response.StatusCode;
        await using MatchingDb db = await databases.CreateDbContextAsync(CancellationToken.None);
        await db.Idempotency.Where(i => i.Id == id && i.Owner == owner).ExecuteUpdateAsync(
            i => i.SetProperty(r => r.Status, status).SetProperty(r => r.Body, body).SetProperty(r => r.Headers, kept), CancellationToken.None);
    }

    private static async Task ReplayAsync(HttpContext context, IdempotencyRow row, int status)
    {
        context.Response.StatusCode = status;
        foreach ((string name, string value) in JsonSerializer.Deserialize<Dictionary<string, string>>(row.Headers ?? "{}", ApiJson.Options)!)
        {
            context.Response.Headers[name] = value;
        }

        if (row.Body is { Length: > 0 } body)
        {
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static async Task<string> BodyHashAsync(HttpContext context)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(context.Request.QueryString.Value + "\n" + context.Request.ContentType + "\n"));
        byte[] buffer = new byte[1 << 16];
        while (await context.Request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and int read)
        {
            hash.AppendData(buffer, 0, read);
        }

        context.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
