using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Storage;
using Matching.Checking;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Jobs;

/// <summary>Carries one job through: gives it to a child, keeps the lease, stores the plan.</summary>
internal sealed class JobRunner(
    IDbContextFactory<MatchingDb> databases, JobQueue queue, SeasonCache seasons, PlanContent content, JobSignal signal, TimeProvider clock)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(400);

    /// <summary>Runs the job; when the host ends in between, it goes back into the queue.</summary>
    public async Task RunAsync(PlanRow row, CancellationToken hostEnds)
    {
        using JobFolder folder = JobFolder.New();
        await FillAsync(folder, row, hostEnds);
        using JobChild child = JobChild.Start(folder);
        using CancellationTokenSource lost = CancellationTokenSource.CreateLinkedTokenSource(hostEnds);
        using CancellationTokenSource over = new();
        Task beating = BeatAsync(row, child, lost, over.Token);
        try
        {
            await using (lost.Token.Register(child.Kill))
            {
                int code = await child.WaitAsync();
                if (code == ExitCode.Done && File.Exists(folder.Outcome) && !lost.IsCancellationRequested)
                {
                    await StoreAsync(folder, row, child.Latest, lost.Token);
                    return;
                }

                if (!lost.IsCancellationRequested)
                {
                    string complaint = await child.ComplaintAsync();
                    await queue.ReturnAsync(row, $"The planning process ended with code {code}. {complaint}".TrimEnd(), counts: true, CancellationToken.None);
                }
            }
        }
        finally
        {
            await over.CancelAsync();
            await beating;
            if (hostEnds.IsCancellationRequested)
            {
                await queue.ReturnAsync(row, "", counts: false, CancellationToken.None);
            }

            signal.Wake();
        }
    }

    private async Task FillAsync(JobFolder folder, PlanRow row, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        byte[] season = await db.SeasonVersions.Where(v => v.SeasonNo == row.SeasonNo && v.Version == row.SeasonVersion).Select(v => v.Content)
            .FirstAsync(cancellationToken);
        await File.WriteAllBytesAsync(folder.Season, season, cancellationToken);
        using JsonDocument options = JsonDocument.Parse(row.Options);
        if (options.RootElement.TryGetProperty("warmStart", out JsonElement warm) && warm.ValueKind == JsonValueKind.String)
        {
            string id = warm.GetString()!;
            byte[]? start = await (
                from p in db.Plans
                join f in db.PlanFiles on p.No equals f.PlanNo
                where p.Id == id && f.Name == PlanFileRow.Folder
                select f.Content).FirstOrDefaultAsync(cancellationToken);
            if (start is not null)
            {
                await File.WriteAllBytesAsync(folder.WarmStart, start, cancellationToken);
            }
        }

        if (options.RootElement.TryGetProperty("baseVersion", out JsonElement number) && number.ValueKind == JsonValueKind.Number && number.GetInt32() is int version
            && version != row.SeasonVersion)
        {
            byte[] before = await db.SeasonVersions.Where(v => v.SeasonNo == row.SeasonNo && v.Version == version).Select(v => v.Content)
                .FirstAsync(cancellationToken);
            await File.WriteAllBytesAsync(folder.BaseSeason, before, cancellationToken);
        }

        await JobFolder.WriteAsync(folder.Order, new JobOrder(row.Kind, options.RootElement), cancellationToken);
    }

    private async Task BeatAsync(PlanRow row, JobChild child, CancellationTokenSource lost, CancellationToken over)
    {
        JobProgress? told = null;
        bool stopped = false;
        try
        {
            while (true)
            {
                JobProgress? latest = child.Latest;
                bool? stop = await queue.RenewAsync(row, latest == told ? null : latest, over);
                told = latest;
                if (stop is null)
                {
                    await lost.CancelAsync();
                    return;
                }

                if (stop.Value && !stopped)
                {
                    stopped = true;
                    await child.StopAsync();
                }

                await signal.WaitAsync(Heartbeat, clock, over);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The job is over.
        }
    }

    private async Task StoreAsync(JobFolder folder, PlanRow row, JobProgress? last, CancellationToken cancellationToken)
    {
        JobOutcome outcome = await JobFolder.ReadAsync<JobOutcome>(folder.Outcome, cancellationToken);
        Season season = await seasons.GetAsync(row.SeasonNo, row.SeasonVersion);
        Plan plan = await Task.Run(() => PlanFiles.Read(folder.Plan, season).OrThrow(), cancellationToken);
        await content.WriteAsync(row.No, season, plan, plan.Shortages, cancellationToken);
        await using (MatchingDb db = await databases.CreateDbContextAsync(cancellationToken))
        {
            foreach (string file in folder.Results())
            {
                db.PlanFiles.Add(new PlanFileRow
                {
                    PlanNo = row.No,
                    Name = Path.GetFileName(file),
                    Content = await File.ReadAllBytesAsync(file, cancellationToken),
                });
            }

            await db.SaveChangesAsync(cancellationToken);
        }

        await queue.RenewAsync(row, last, cancellationToken);
        string parts = JsonSerializer.Serialize(outcome.Parts, ApiJson.Options);
        if (!await queue.FinishAsync(row, outcome, parts, cancellationToken))
        {
            // Deleted, or taken over, in the last moment: whoever did that removes or writes the rows.
            await using MatchingDb db = await databases.CreateDbContextAsync(CancellationToken.None);
            if (!await db.Plans.AnyAsync(p => p.No == row.No, CancellationToken.None))
            {
                await content.RemoveAsync(row.No, CancellationToken.None);
            }
        }
    }
}
