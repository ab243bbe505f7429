using System.Net;
using System.Text.Json;
using Matching.Client;

namespace Matching.Api.Tests.Http;

public sealed class SeasonRoutesOnSqliteTests(SqliteHost host) : SeasonRouteTests(host);

public sealed class SeasonRoutesOnPostgresTests(PostgresHost host) : SeasonRouteTests(host);

public abstract class SeasonRouteTests(ApiHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_demo_season_is_made_and_read_back()
    {
        HttpResponseMessage made = await host.Http.PostJsonAsync("/v1/seasons", """{"demo":"zhongning-small"}""");
        SeasonInfo season = JsonSerializer.Deserialize<SeasonInfo>(await made.JsonAsync(), JsonSerializerOptions.Web)!;

        Assert.Equal((HttpStatusCode.Created, $"/v1/seasons/{season.Id}", "\"1\""), (made.StatusCode, made.Headers.Location?.ToString(), made.Headers.ETag?.Tag));
        Assert.Equal((1, 14, 300, 8), (season.Version, season.Counts.Days, season.Counts.Workers, season.Counts.Orders));
        Assert.Equivalent(season, await host.Client.GetSeasonAsync(season.Id, Stop));
        Assert.Contains(await host.Client.ListSeasonsAsync(Stop).ToListAsync(Stop), s => s.Id == season.Id);
    }

    [Fact]
    public async Task What_is_downloaded_can_be_uploaded_again()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        byte[] files = await host.Client.GetSeasonFilesAsync(season.Id, Stop);

        SeasonInfo replaced = await host.Client.ReplaceSeasonAsync(season.Id, new MemoryStream(files), Stop);

        Assert.Equal((2, season.Counts), (replaced.Version, replaced.Counts));
        Assert.Equal(files, await host.Client.GetSeasonFilesAsync(season.Id, Stop));
        Assert.Empty((await host.Client.ValidateSeasonAsync(new MemoryStream(files), Stop)).Faults);
    }

    [Fact]
    public async Task All_faults_are_listed_and_nothing_is_stored()
    {
        using TempFolder folder = new();
        string season = await folder.SeasonAsync();
        await File.AppendAllTextAsync(Path.Combine(season, "demand.csv"), "nobody,2026-99-01,x,1\n", Stop);
        byte[] zip = ZipOf(season);
        int before = await host.Client.ListSeasonsAsync(Stop).CountAsync(s => s.Name.Length == 0, Stop);

        HttpResponseMessage refused = await host.Http.PostFileAsync("/v1/seasons", zip);
        HttpResponseMessage validated = await host.Http.PostFileAsync("/v1/seasons?validateOnly=true", zip);

        JsonElement problem = await refused.JsonAsync();
        Assert.Equal((422, "faults"), ((int)refused.StatusCode, problem.GetProperty("code").GetString()));
        Assert.Equal(["order_id", "date", "required"], problem.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("column").GetString()));
        Assert.All(problem.GetProperty("faults").EnumerateArray(), f => Assert.Equal("demand.csv", f.GetProperty("file").GetString()));
        Assert.Equal(HttpStatusCode.OK, validated.StatusCode);
        Assert.Equal(3, (await validated.JsonAsync()).GetProperty("faults").GetArrayLength());
        Assert.Equal(before, await host.Client.ListSeasonsAsync(Stop).CountAsync(s => s.Name.Length == 0, Stop));
    }

    [Fact]
    public async Task A_change_set_makes_a_version_and_a_bad_one_nothing()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);

        SeasonInfo changed = await host.Client.ChangeSeasonAsync(season.Id, """[{"file":"season.json","to":{"name":"Changed"}}]""", cancellationToken: Stop);
        HttpResponseMessage refused = await host.Http.PostJsonAsync(
            $"/v1/seasons/{season.Id}/changes", """[{"file":"season.json","to":{"name":"Once more"}},{"file":"none.csv","add":{}}]""");

        Assert.Equal((2, "Changed"), (changed.Version, changed.Name));
        Assert.Equal(422, (int)refused.StatusCode);
        JsonElement problem = await refused.JsonAsync();
        Assert.Equal(("change", 1), (problem.GetProperty("code").GetString(), problem.GetProperty("index").GetInt32()));
        Assert.NotEmpty(problem.GetProperty("expected").GetString()!);
        Assert.Equivalent(changed, await host.Client.GetSeasonAsync(season.Id, Stop));
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        string route = $"/v1/seasons/{season.Id}";
        const string Changes = """[{"file":"season.json","to":{"name":"New"}}]""";

        HttpResponseMessage fresh = await host.Http.PostJsonAsync($"{route}/changes", Changes, ("If-Match", "\"1\""));
        HttpResponseMessage stale = await host.Http.PostJsonAsync($"{route}/changes", Changes, ("If-Match", "\"1\""));
        HttpResponseMessage deleted = await host.Http.SendJsonAsync(HttpMethod.Delete, route, null, ("If-Match", "\"1\""));
        HttpResponseMessage gone = await host.Http.SendJsonAsync(HttpMethod.Delete, route, null, ("If-Match", fresh.Headers.ETag!.Tag));

        Assert.Equal((200, null), await fresh.VerdictAsync());
        Assert.Equal((412, "version"), await stale.VerdictAsync());
        Assert.Equal((412, "version"), await deleted.VerdictAsync());
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync(route, Stop)).VerdictAsync());
    }

    [Fact]
    public async Task A_list_comes_page_by_page_and_takes_no_foreign_cursor()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        for (int i = 0; i < 4; i++)
        {
            await host.Client.ChangeSeasonAsync(season.Id, $$$"""[{"file":"season.json","to":{"name":"{{{i}}}"}}]""", cancellationToken: Stop);
        }

        string route = $"/v1/seasons/{season.Id}/versions?limit=2";
        List<int> versions = [];
        string? cursor = null;
        do
        {
            JsonElement page = await (await host.Http.GetAsync(cursor is null ? route : $"{route}&cursor={cursor}", Stop)).JsonAsync();
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            versions.AddRange(page.GetProperty("items").EnumerateArray().Select(v => v.GetProperty("version").GetInt32()));
            cursor = page.GetProperty("next").GetString();
            if (cursor is not null)
            {
                Assert.Equal((400, "cursor"), await (await host.Http.GetAsync($"/v1/seasons?cursor={cursor}", Stop)).VerdictAsync());
            }
        }
        while (cursor is not null);

        Assert.Equal([1, 2, 3, 4, 5], versions);
        Assert.Equal((400, "bad-request"), await (await host.Http.GetAsync("/v1/seasons?limit=1001", Stop)).VerdictAsync());
        Assert.Equal((400, "cursor"), await (await host.Http.GetAsync("/v1/seasons?cursor=x", Stop)).VerdictAsync());
    }

    [Fact]
    public async Task The_same_key_gives_the_same_answer_also_while_the_first_is_in_flight()
    {
        string key = Guid.NewGuid().ToString();
        Task<HttpResponseMessage> Make(string body) => host.Http.PostJsonAsync("/v1/seasons", body, ("Idempotency-Key", key));

        HttpResponseMessage[] answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Make("""{"demo":"zhongning-small"}""")));
        HttpResponseMessage other = await Make("""{"demo": "zhongning-small"}""");
        HttpResponseMessage tooLong = await host.Http.PostJsonAsync("/v1/seasons", "{}", ("Idempotency-Key", new string('k', 201)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Created, a.StatusCode));
        Assert.Single(await Task.WhenAll(answers.Select(a => a.Content.ReadAsStringAsync(Stop))).ContinueWith(t => t.Result.Distinct(), Stop));
        Assert.Single(answers.Select(a => a.Headers.Location).Distinct());
        Assert.Equal((422, "idempotency-mismatch"), await other.VerdictAsync());
        Assert.Equal((400, "bad-request"), await tooLong.VerdictAsync());
    }

    [Fact]
    public async Task The_log_tells_who_did_what_and_cannot_be_changed()
    {
        SeasonInfo season = await host.Client.CreateDemoSeasonAsync("zhongning-small", cancellationToken: Stop);
        await host.Client.ChangeSeasonAsync(season.Id, """[{"file":"season.json","to":{"name":"New"}}]""", cancellationToken: Stop);

        JsonElement log = await (await host.Http.GetAsync($"/v1/seasons/{season.Id}/log", Stop)).JsonAsync();
        List<JsonElement> items = [.. log.GetProperty("items").EnumerateArray()];
        JsonElement later = await (await host.Http.GetAsync($"/v1/seasons/{season.Id}/log?after={items[0].GetProperty("seq").GetInt64()}", Stop)).JsonAsync();
        await using Storage.MatchingDb db = host.Database.Open();

        Assert.Equal(["season.created", "season.changed"], items.Select(i => i.GetProperty("what").GetString()));
        Assert.All(items, i => Assert.Equal((season.Id, "dev"), (i.GetProperty("seasonId").GetString(), i.GetProperty("who").GetString())));
        Assert.Equal("season.changed", Assert.Single(later.GetProperty("items").EnumerateArray()).GetProperty("what").GetString());
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            Microsoft.EntityFrameworkCore.RelationalDatabaseFacadeExtensions.ExecuteSqlRawAsync(db.Database, "delete from log", Stop));
    }

    internal static byte[] ZipOf(string folder)
    {
        using MemoryStream zip = new();
        System.IO.Compression.ZipFile.CreateFromDirectory(folder, zip);
        return zip.ToArray();
    }
}
