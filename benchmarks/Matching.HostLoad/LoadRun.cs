using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using Matching.Checking;
using Matching.Client;
using Matching.Files;
using Matching.Model;
using Matching.Plans;

namespace Matching.HostLoad;

/// <summary>One run: start, publish, load with or without kills, and the count of what was promised.</summary>
internal static class LoadRun
{
    /// <summary>Gives 0 when nothing was lost or promised twice and the dispatch is legal.</summary>
    public static async Task<int> RunAsync(LoadOptions options, TextWriter output, CancellationToken stop)
    {
        string folder = Directory.CreateTempSubdirectory("host-load-").FullName;
        try
        {
            Season season = SeasonFiles.Read(options.Season).OrThrow();
            await using HostProcess host = new(options.Database ?? Path.Combine(folder, "host.db"));
            await host.StartAsync(stop);
            using HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = options.Brokers * 2 }) { BaseAddress = host.Address, Timeout = TimeSpan.FromMinutes(5) };
            MatchingClient client = new(http);
            SeasonInfo stored = await client.CreateSeasonAsync(ZipOf(options.Season), cancellationToken: stop);
            PlanInfo plan = await client.ImportPlanAsync(stored.Id, ZipOf(options.Plan), cancellationToken: stop);
            await client.PublishPlanAsync(plan.Id, stop);
            await host.KillAsync();
            await SayFirstAnswerAsync(host, client, stored.Id, season, output, stop);

            Ledger ledger = new(options.WarmUp);
            long began = Stopwatch.GetTimestamp();
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task<int> killing = KillAsync(host, options.KillEvery, over.Token);
            await Task.WhenAll(Enumerable.Range(0, options.Brokers).Select(b =>
                new BrokerLife(client, stored.Id, season, ledger, (options.Seed * 1000) + b).LiveAsync(options.Operations, stop)));
            double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            double pace = ledger.PerSecond;
            await over.CancelAsync();
            int kills = await killing;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{ledger.Operations} operations of {options.Brokers} brokers in {seconds:0.0} s, {pace:0} a second after {options.WarmUp}, {kills} kills"));
            ledger.Print(output);
            return await CountAsync(client, stored.Id, season, ledger, output, folder, stop);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task SayFirstAnswerAsync(HostProcess host, MatchingClient client, string seasonId, Season season, TextWriter output, CancellationToken stop)
    {
        long began = Stopwatch.GetTimestamp();
        await host.StartAsync(stop);
        await client.AskAsync(seasonId, BrokerAsks.Work(season.Brokers[0].Id.Value, season.Start, season.Start.AddDays(3), 10), cancellationToken: stop);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"start to first answer: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"));
    }

    private static async Task<int> KillAsync(HostProcess host, double every, CancellationToken stop)
    {
        int kills = 0;
        while (every > 0 && !stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(TimeSpan.FromSeconds(every), stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await host.KillAsync();
            await host.StartAsync(CancellationToken.None);
            kills++;
        }

        return kills;
    }

    private static async Task<int> CountAsync(
        MatchingClient client, string seasonId, Season season, Ledger ledger, TextWriter output, string folder, CancellationToken stop)
    {
        HashSet<string> listed = [.. (await client.ListBookingsAsync(seasonId, cancellationToken: stop).ToListAsync(stop)).Select(b => b.BookingId)];
        string zip = Path.Combine(folder, "dispatch.zip");
        long began = Stopwatch.GetTimestamp();
        await File.WriteAllBytesAsync(zip, await client.GetDispatchAsync(seasonId, stop), stop);
        double took = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Plan dispatch = PlanFiles.Read(zip, season).OrThrow();
        CheckResult check = PlanChecker.Check(season, dispatch);
        HashSet<string> crews = [.. dispatch.Crews.Select(c => c.Id.Value)];
        string[] lost = [.. ledger.Booked.Where(b => !listed.Contains(b.Key) || !crews.Contains(b.Value)).Select(b => b.Key)];
        string[] shared = [.. ledger.Booked.GroupBy(b => b.Value).Where(g => g.Count() > 1).Select(g => g.Key)];
        int twice = ledger.Twice.Count + shared.Length;
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{ledger.Booked.Count} bookings confirmed and kept, {listed.Count} listed, {lost.Length} lost, {twice} promised twice; dispatch in {took:0.00} s, legal: {check.Legal}"));
        foreach (Violation violation in check.Violations.Take(5))
        {
            output.WriteLine(violation.ToString());
        }

        return lost.Length == 0 && twice == 0 && check.Legal ? 0 : 1;
    }

    private static MemoryStream ZipOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return new MemoryStream(File.ReadAllBytes(path));
        }

        MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string file in Directory.EnumerateFiles(path).Where(f => Path.GetExtension(f) is ".csv" or ".json").Order(StringComparer.Ordinal))
            {
                archive.CreateEntryFromFile(file, Path.GetFileName(file), CompressionLevel.Fastest);
            }
        }

        zip.Position = 0;
        return zip;
    }
}
