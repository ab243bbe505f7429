using System.IO.Compression;
using Matching.Client;

namespace Matching.Api.Tests.Http;

/// <summary>The plan that sends nobody: everybody is free for requests.</summary>
internal static class EmptyPlan
{
    /// <summary>Makes the demo season, with that plan published.</summary>
    public static async Task<string> PublishedAsync(MatchingClient client, CancellationToken stop)
    {
        SeasonInfo season = await client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: stop);
        PlanInfo plan = await client.ImportPlanAsync(season.Id, new MemoryStream(Zip()), cancellationToken: stop);
        await client.PublishPlanAsync(plan.Id, stop);
        return season.Id;
    }

    public static byte[] Zip()
    {
        using MemoryStream zip = new();
        using (ZipArchive archive = new(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string header) in ((string, string)[])[
                ("crews.csv", "crew_id,broker_id,order_id,from,to,mode\n"), ("assignments.csv", "date,crew_id,worker_id\n"),
                ("trips.csv", "trip_id,date,vehicle_id,departs\n"),
                ("trip_stops.csv", "trip_id,seq,place_id,arrives,crew_id,village_id,board,alight\n")])
            {
                using StreamWriter writer = new(archive.CreateEntry(name).Open());
                writer.Write(header);
            }
        }

        return zip.ToArray();
    }
}
