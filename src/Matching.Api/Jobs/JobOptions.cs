using System.Globalization;
using Matching.Api.Hosting;
using Matching.Api.Http;
using Matching.Api.Plans;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Jobs;

/// <summary>What makes a plan.</summary>
internal static class JobKind
{
    /// <summary>The planner, from scratch or from a warm start.</summary>
    public const string Plan = "plan";

    /// <summary>A plan is made legal again after changes.</summary>
    public const string Repair = "repair";

    /// <summary>Scenarios are planned side by side; the plan is that of the unchanged season.</summary>
    public const string WhatIf = "whatif";

    /// <summary>It came finished.</summary>
    public const string Import = "import";
}

/// <summary>What a planning job was asked, as it is stored.</summary>
internal sealed record JobOptions(double Seconds, long Seed, int? Threads, bool Reproducible, string? WarmStart)
{
    private const double DefaultSeconds = 60;
    private const double MostSeconds = 86_400;
    private const int MostThreads = 1_024;
    private const int MostUrl = 2_000;

    /// <summary>Judges what was asked.</summary>
    public static async Task<JobOptions> OfAsync(
        PlanRequest asked, Caller caller, SeasonRow season, ServeOptions host, MatchingDb db, CancellationToken cancellationToken)
    {
        double seconds = asked.Seconds ?? DefaultSeconds;
        if (!(seconds > 0 && seconds <= MostSeconds))
        {
            throw ProblemException.BadRequest(string.Create(CultureInfo.InvariantCulture, $"'seconds' is above 0 and at most {MostSeconds}."));
        }

        if (asked.Threads is < 1 or > MostThreads)
        {
            throw ProblemException.BadRequest($"'threads' is a whole number from 1 to {MostThreads}.");
        }

        if (asked.Webhook is { } webhook)
        {
            Judge(webhook, host);
        }

        if (asked.WarmStart is { } warm)
        {
            PlanRow start = await db.Plans.AsNoTracking().FirstOrDefaultAsync(p => p.Id == warm && p.Tenant == caller.Tenant, cancellationToken)
                ?? throw new ProblemException(ProblemCodes.UnknownId, $"'warmStart': there is no plan '{warm}'.");
            if (start.SeasonNo != season.No)
            {
                throw new ProblemException(ProblemCodes.UnknownId, $"'warmStart': the plan '{warm}' is of another season.");
            }

            if (start.State != PlanState.Done)
            {
                throw new ProblemException(ProblemCodes.NotDone, $"'warmStart': the plan '{warm}' is {start.State}.");
            }
        }

        return new JobOptions(seconds, asked.Seed ?? new PlanOptions().Seed, asked.Threads, asked.Reproducible ?? false, asked.WarmStart);
    }

    private static void Judge(WebhookRequest webhook, ServeOptions host)
    {
        if (webhook.Url is null || webhook.Url.Length > MostUrl || !Uri.TryCreate(webhook.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            throw ProblemException.BadRequest("'webhook.url' is an http or https address.");
        }

        if (string.IsNullOrEmpty(webhook.Secret))
        {
            throw ProblemException.BadRequest("'webhook.secret' is a text that signs the call.");
        }

        if (!host.Dev && PrivateAddresses.IsPrivateHost(url))
        {
            throw ProblemException.BadRequest("'webhook.url' is a loopback or private address.");
        }
    }
}
