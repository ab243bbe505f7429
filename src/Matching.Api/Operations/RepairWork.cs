using System.IO.Compression;
using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Output;
using Matching.Api.Plans;
using Matching.Changes;
using Matching.Checking;
using Matching.Comparing;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;
using Matching.Scenarios;
using Matching.Search;

namespace Matching.Api.Operations;

/// <summary>What a child process does for repairs and scenarios. Workbook and page are left out: they are made when somebody asks.</summary>
internal static class RepairWork
{
    private const string DiffFile = "diff.json";

    /// <summary>Repairs the plan for the changed season.</summary>
    public static async Task RepairAsync(
        JobFolder folder, Season changed, RepairJobOptions options, IProgress<PlanProgress> progress, CancellationToken stop)
    {
        Season season = File.Exists(folder.BaseSeason) ? SeasonFiles.Read(folder.BaseSeason).OrThrow() : changed;
        progress.Report(new PlanProgress("repair", null, null, 0));
        RepairResult result = PlanRepairer.Repair(season, Before(folder, season), changed, new RepairOptions
        {
            Now = options.Now,
            Time = options.Time,
            FreezeUntil = options.FreezeUntil,
            Stay = options.Stay,
            Seconds = options.Seconds,
        }, stop);
        WriteZip(folder.Plan, changed, result.Plan, result.Diff);
        await FinishAsync(folder, changed, result.Plan);
    }

    /// <summary>Plans the scenarios, and the season as it is for as long.</summary>
    public static async Task CompareAsync(
        JobFolder folder, Season season, WhatIfJobOptions options, IProgress<PlanProgress> progress, CancellationToken stop)
    {
        progress.Report(new PlanProgress("whatif", null, null, 0));
        KeyValuePair<string, Season>[] scenarios =
            [.. options.Scenarios.Select(s => KeyValuePair.Create(s.Name, ChangeSet.Apply(season, s.Changes).OrThrow()))];
        ScenarioTable table = ScenarioRunner.Run(
            season, Before(folder, season), scenarios, new ScenarioOptions { Seconds = options.Seconds, Seed = options.Seed }, stop);
        Directory.CreateDirectory(folder.Extras);
        for (int i = 0; i < table.Scenarios.Length; i++)
        {
            ScenarioResult scenario = table.Scenarios[i];
            WriteZip(Path.Combine(folder.Extras, ScenarioTableBody.FileOf(i)), scenario.Season, scenario.Plan, scenario.Diff);
        }

        await JobFolder.WriteAsync(Path.Combine(folder.Extras, ScenarioTableBody.File), ScenarioTableBody.Of(table), CancellationToken.None);
        WriteZip(folder.Plan, season, table.Again.Plan, table.Again.Diff);
        await FinishAsync(folder, season, table.Again.Plan);
    }

    private static Plan Before(JobFolder folder, Season season) => File.Exists(folder.WarmStart)
        ? PlanFiles.Read(folder.WarmStart, season).OrThrow() : throw new InvalidDataException("The plan to begin from was deleted.");

    private static void WriteZip(string path, Season season, Plan plan, PlanDiff diff)
    {
        using FileStream file = File.Create(path);
        PlanFiles.WriteZip(plan, season, file);
        file.Position = 0;
        using ZipArchive zip = new(file, ZipArchiveMode.Update);
        using Stream entry = zip.CreateEntry(DiffFile).Open();
        JsonSerializer.Serialize(entry, DiffOutput.Document(diff), ApiJson.Options);
    }

    private static async Task FinishAsync(JobFolder folder, Season season, Plan plan)
    {
        CheckResult check = PlanChecker.Check(season, plan);
        await JobFolder.WriteAsync(
            folder.Outcome,
            new JobOutcome(check.Legal, check.NetValue, plan.Facts?.UpperBound, plan.Facts?.Gap, PlanBody.PartsOf(check.Worth)),
            CancellationToken.None);
    }
}
