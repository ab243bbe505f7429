using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Plans;

/// <summary>A plan's states and progress as server-sent events, read from the database, so any node can tell them.</summary>
internal static class PlanEventEndpoint
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    /// <summary>Maps it.</summary>
    public static void Map(RouteGroupBuilder v1) =>
        v1.MapGet("/plans/{id}/events", FollowAsync).WithTags("Plans").RequireAuthorization(Policies.Reader).WithName("FollowPlan")
            .WithSummary("Server-sent events 'state' and 'progress'; ends after a final state.").GivesFile("text/event-stream").Refuses(404);

    private static async Task FollowAsync(
        string id, HttpContext context, MatchingDb db, PlanStore plans, JobSignal signal, TimeProvider clock, CancellationToken cancellationToken)
    {
        PlanRow? row = await plans.GetAsync(Caller.Of(context), id, cancellationToken);
        long no = row.No;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        PlanEvents events = new();
        long told = clock.GetTimestamp();
        while (true)
        {
            List<string> lines = events.Next(row);
            if (lines.Count == 0 && clock.GetElapsedTime(told) > Silence)
            {
                lines.Add(": still here\n\n");
            }

            if (lines.Count > 0)
            {
                await context.Response.WriteAsync(string.Concat(lines), cancellationToken);
                await context.Response.Body.FlushAsync(cancellationToken);
                told = clock.GetTimestamp();
            }

            if (events.IsOver)
            {
                return;
            }

            await signal.WaitAsync(Pause, clock, cancellationToken);
            row = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.No == no, cancellationToken);
        }
    }
}

/// <summary>
/// Turns rows of a plan into events. The net value never falls and the bound never rises within a stream, also when a job begins
/// again: what it has to find anew is not told.
/// </summary>
internal sealed class PlanEvents
{
    private string? _state;
    private ProgressBody? _progress;

    /// <summary>Whether a final state was told.</summary>
    public bool IsOver => _state is not null && PlanState.IsFinal(_state);

    /// <summary>What is new in a row; null stands for a plan that was removed.</summary>
    public List<string> Next(PlanRow? row)
    {
        List<string> events = [];
        string state = row?.State ?? PlanState.Cancelled;
        bool isFirst = _state is null;
        bool isLast = PlanState.IsFinal(state);
        if (state != _state && !(isLast && !isFirst))
        {
            Tell("state", new StateBody(state));
        }

        if (row is not null && !(isFirst && isLast) && PlanBody.ProgressOf(row) is { } progress && progress != _progress
            && !(_progress?.NetValue > (progress.NetValue ?? decimal.MinValue)) && !(_progress?.UpperBound < (progress.UpperBound ?? decimal.MaxValue)))
        {
            _progress = progress;
            Tell("progress", progress);
        }

        if (isLast && !isFirst)
        {
            Tell("state", new StateBody(state));
        }

        _state = state;
        return events;

        void Tell<T>(string name, T data) => events.Add($"event: {name}\ndata: {JsonSerializer.Serialize(data, ApiJson.Options)}\n\n");
    }
}
