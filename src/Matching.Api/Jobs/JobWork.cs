using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Operations;
using Matching.Api.Plans;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Matching.Search;

namespace Matching.Api.Jobs;

/// <summary>What a child process does: reads its folder, plans, writes the plan and what it is worth.</summary>
internal static class JobWork
{
    /// <summary>Does the work; cancelling ends it early with the best plan so far.</summary>
    public static async Task RunAsync(JobFolder folder, IProgress<PlanProgress> progress, CancellationToken stop)
    {
        JobOrder order = await JobFolder.ReadAsync<JobOrder>(folder.Order, CancellationToken.None);
        Season season = SeasonFiles.Read(folder.Season).OrThrow();
        await (order.Kind switch
        {
            JobKind.Plan => PlanAsync(folder, season, OptionsOf<JobOptions>(order), progress, stop),
            JobKind.Repair => RepairWork.RepairAsync(folder, season, OptionsOf<RepairJobOptions>(order), progress, stop),
            JobKind.WhatIf => RepairWork.CompareAsync(folder, season, OptionsOf<WhatIfJobOptions>(order), progress, stop),
            _ => throw new InvalidDataException($"Nothing here makes a '{order.Kind}'."),
        });
    }

    private static T OptionsOf<T>(JobOrder order)
        where T : class =>
        order.Options.Deserialize<T>(ApiJson.Options) ?? throw new InvalidDataException("The job has no options.");

    private static async Task PlanAsync(JobFolder folder, Season season, JobOptions options, IProgress<PlanProgress> progress, CancellationToken stop)
    {
        PlanOptions defaults = new();
        PlanResult result = Improved(folder, season, new SeasonPlanner(new PlanOptions
        {
            Seconds = options.Seconds,
            Seed = options.Seed,
            Threads = options.Threads ?? defaults.Threads,
            Reproducible = options.Reproducible,
        }), progress, stop);
        await WriteAsync(folder, season, result);
    }

    // A warm start is never made worse: the given plan stands until a better one is found.
    private static PlanResult Improved(JobFolder folder, Season season, SeasonPlanner planner, IProgress<PlanProgress> progress, CancellationToken stop)
    {
        if (!File.Exists(folder.WarmStart) || PlanFiles.Read(folder.WarmStart, season).Value is not { } warm)
        {
            return planner.Plan(season, progress, stop);
        }

        CheckResult start = PlanChecker.Check(season, warm);
        if (!start.Legal)
        {
            return planner.Plan(season, warm, progress, stop);
        }

        progress.Report(new PlanProgress("warm", start.NetValue, null, 0));
        PlanResult result = planner.Plan(season, warm, progress, stop);
        if (result.Plan.Facts is not { } facts || facts.Worth.NetValue >= start.NetValue)
        {
            return result;
        }

        decimal? gap = facts.UpperBound is { } bound ? Worth.GapOf(bound, start.NetValue) : null;
        return result with
        {
            Plan = warm with { Facts = facts with { Worth = start.Worth, Gap = gap } },
            PinConflicts = [],
            ShortageReasons = [],
        };
    }

    private static async Task WriteAsync(JobFolder folder, Season season, PlanResult result)
    {
        CheckResult check = PlanChecker.Check(season, result.Plan);
        await using (FileStream zip = File.Create(folder.Plan))
        {
            PlanFiles.WriteZip(result.Plan, season, zip);
        }

        PlanWorkbook.Write(season, result, folder.Workbook, ReportLanguage.Chinese);
        PlanReport.Write(season, result, folder.Report, ReportLanguage.Chinese);
        await JobFolder.WriteAsync(
            folder.Outcome,
            new JobOutcome(check.Legal, check.NetValue, result.Plan.Facts?.UpperBound, result.Plan.Facts?.Gap, PlanBody.PartsOf(check.Worth)),
            CancellationToken.None);
    }
}
