using System.Diagnostics.CodeAnalysis;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Plans;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Jobs;

/// <summary>
/// Tells others that a plan ended: one POST of the plan, signed, tried again three times. What is due stands in the database, so
/// a restart loses nothing.
/// </summary>
internal sealed partial class WebhookSender : BackgroundService
{
    private const string Signature = "X-Signature";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Waits = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)];

    private readonly IDbContextFactory<MatchingDb> _databases;
    private readonly JobSignal _signal;
    private readonly TimeProvider _clock;
    private readonly ILogger<WebhookSender> _log;
    private readonly HttpClient _client;

    public WebhookSender(IDbContextFactory<MatchingDb> databases, JobSignal signal, ServeOptions host, TimeProvider clock, ILogger<WebhookSender> log)
    {
        (_databases, _signal, _clock, _log) = (databases, signal, clock, log);
        SocketsHttpHandler handler = new() { AllowAutoRedirect = false, UseProxy = false, UseCookies = false };
        if (!host.Dev)
        {
            handler.ConnectCallback = PrivateAddresses.ConnectAsync;
        }

        _client = new HttpClient(handler) { Timeout = Patience };
    }

    /// <summary>What signs a body.</summary>
    public static string SignatureOf(string secret, ReadOnlySpan<byte> body) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _client.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A database that is away for a moment must not end the host; it is logged and tried again.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await TakeAsync(stoppingToken) is { } row)
                {
                    await SendAsync(row, stoppingToken);
                }

                await _signal.WaitAsync(Pause, _clock, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Broke(_log, e);
                await Task.Delay(Pause, _clock, CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                // The host ends.
            }
        }
    }

    // Whoever moves the due time on is the one who sends.
    private async Task<PlanRow?> TakeAsync(CancellationToken cancellationToken)
    {
        await using MatchingDb db = await _databases.CreateDbContextAsync(cancellationToken);
        while (true)
        {
            DateTimeOffset now = _clock.GetUtcNow();
            PlanRow? row = await db.Plans.AsNoTracking().Where(p => p.WebhookDue < now).OrderBy(p => p.WebhookDue).FirstOrDefaultAsync(cancellationToken);
            if (row is null)
            {
                return null;
            }

            DateTimeOffset later = now + (2 * Patience);
            DateTimeOffset? due = row.WebhookDue;
            if (await db.Plans.Where(p => p.No == row.No && p.WebhookDue == due).ExecuteUpdateAsync(
                p => p.SetProperty(r => r.WebhookDue, later).SetProperty(r => r.WebhookTries, r => r.WebhookTries + 1), cancellationToken) == 1)
            {
                row.WebhookTries++;
                return row;
            }
        }
    }

    private async Task SendAsync(PlanRow row, CancellationToken cancellationToken)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(PlanBody.Of(row), ApiJson.Options);
        bool sent = false;
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, row.WebhookUrl) { Content = new ByteArrayContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(RequestBody.Json);
            request.Headers.Add(Signature, SignatureOf(row.WebhookSecret ?? "", body));
            using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            sent = response.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            NotSent(_log, row.Id, row.WebhookTries ?? 0, e.GetType().Name);
        }

        int tries = row.WebhookTries ?? 0;
        DateTimeOffset? next = sent || tries > Waits.Length ? null : _clock.GetUtcNow() + Waits[tries - 1];
        await using MatchingDb db = await _databases.CreateDbContextAsync(cancellationToken);
        await db.Plans.Where(p => p.No == row.No).ExecuteUpdateAsync(p => p.SetProperty(r => r.WebhookDue, next), cancellationToken);
    }

    [LoggerMessage(LogLevel.Warning, "The webhook of plan {PlanId} could not be reached, try {Try}: {Why}.")]
    private static partial void NotSent(ILogger log, string planId, int @try, string why);

    [LoggerMessage(LogLevel.Warning, "Webhooks could not be read; it is tried again.")]
    private static partial void Broke(ILogger log, Exception exception);
}
