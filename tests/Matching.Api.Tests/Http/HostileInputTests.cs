using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Matching.Api.Http;

namespace Matching.Api.Tests.Http;

/// <summary>Whatever comes, the answer is a problem with a code and nothing is stored.</summary>
public sealed class HostileInputTests(SqliteHost host)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bare_errors_of_HTTP_have_a_body()
    {
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync("/v1/nothing", Stop)).VerdictAsync());
        Assert.Equal((404, "not-found"), await (await host.Http.GetAsync("/", Stop)).VerdictAsync());
        Assert.Equal((405, "method-not-allowed"), await (await host.Http.SendJsonAsync(HttpMethod.Patch, "/v1/seasons", "{}")).VerdictAsync());
        Assert.Equal((415, "unsupported-media-type"), await (await host.Http.PostFileAsync("/v1/seasons", [1], "text/csv")).VerdictAsync());
        Assert.Equal((415, "unsupported-media-type"), await (await host.Http.PostAsync("/v1/seasons", new ByteArrayContent([1]), Stop)).VerdictAsync());
        Assert.Equal((414, "uri-too-long"), await (await host.Http.GetAsync("/v1/seasons?x=" + new string('x', 9_000), Stop)).VerdictAsync());
        Assert.Equal((431, "headers-too-large"), await (await host.Http.SendJsonAsync(HttpMethod.Get, "/v1/seasons", null, ("X", new string('x', 40_000)))).VerdictAsync());
        Assert.Equal((413, "too-large"), await (await host.Http.PostJsonAsync("/v1/seasons", new string(' ', 9 << 20))).VerdictAsync());
        Assert.Equal((401, "unauthorized"), await (await host.Http.SendJsonAsync(HttpMethod.Get, "/v1/seasons", null, ("X-Api-Key", "wrong"))).VerdictAsync());
        Assert.Equal((400, "bad-request"), await (await host.Http.GetAsync("/v1/seasons?limit=0", Stop)).VerdictAsync());
    }

    [Theory]
    [InlineData("../evil.csv")]
    [InlineData("/etc/evil.csv")]
    [InlineData("a/../../evil.csv")]
    public async Task A_zip_that_climbs_out_is_refused(string entry) =>
        Assert.Equal((422, "faults"), await (await host.Http.PostFileAsync("/v1/seasons", Zip((entry, "x"u8.ToArray())))).VerdictAsync());

    [Fact]
    public async Task A_zip_bomb_is_refused_without_filling_the_memory()
    {
        byte[] bomb = Zip(("workers.csv", new byte[200 << 20]));
        long before = GC.GetTotalAllocatedBytes();

        HttpResponseMessage refused = await host.Http.PostFileAsync("/v1/seasons", bomb);

        Assert.Equal((422, "faults"), await refused.VerdictAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 100 << 20);
    }

    [Fact]
    public async Task A_workbook_with_entities_is_refused()
    {
        const string Entities = """
            <?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;"><!ENTITY z SYSTEM "file:///etc/passwd">]>
            <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheets><sheet name="&y;&z;" sheetId="1"/></sheets></workbook>
            """;
        byte[] workbook = Zip(("xl/workbook.xml", Encoding.UTF8.GetBytes(Entities)));

        HttpResponseMessage refused = await host.Http.PostFileAsync("/v1/seasons", workbook, RequestBody.Workbook);

        Assert.Equal((422, "faults"), await refused.VerdictAsync());
        Assert.DoesNotContain("root:", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("17")]
    [InlineData("[[[[[[[[[[")]
    [InlineData("{\"demo\":1}")]
    [InlineData("{\"demo\":\"'; drop table seasons; --\"}")]
    [InlineData("{\"demo\":\"\\ud800\"}")]
    [InlineData("{\"demo\":null}")]
    public async Task Odd_JSON_is_refused(string json)
    {
        HttpResponseMessage refused = await host.Http.PostJsonAsync("/v1/seasons", json);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.NotNull((await refused.VerdictAsync()).Code);
    }

    [Fact]
    public async Task Deep_JSON_and_broken_UTF8_are_refused()
    {
        string deep = string.Concat(Enumerable.Repeat("{\"demo\":", 5_000)) + "1" + new string('}', 5_000);
        Assert.Equal((400, "malformed-json"), await (await host.Http.PostJsonAsync("/v1/seasons", deep)).VerdictAsync());
        Assert.Equal((400, "malformed-json"), await (await host.Http.PostFileAsync("/v1/seasons", [(byte)'{', 0xFF, 0xFE], "application/json")).VerdictAsync());
    }

    [Fact]
    public async Task Ids_of_any_text_are_found_nowhere()
    {
        foreach (string id in (string[])["' or 1=1 --", "..%2f..%2fetc", "=cmd()", new string('x', 2_000), "你好"])
        {
            Assert.Equal((404, "not-found"), await (await host.Http.GetAsync($"/v1/seasons/{(id.Contains('%') ? id : Uri.EscapeDataString(id))}", Stop)).VerdictAsync());
        }
    }

    [Fact]
    public async Task With_dev_no_foreign_page_and_no_foreign_name_comes_in()
    {
        Assert.Equal((403, "forbidden"), await (await host.Http.SendJsonAsync(HttpMethod.Get, "/v1/seasons", null, ("Host", "evil.example"))).VerdictAsync());
        Assert.Equal((403, "forbidden"), await (await host.Http.SendJsonAsync(HttpMethod.Post, "/v1/seasons", "{}", ("Origin", "https://evil.example"))).VerdictAsync());
    }

    [Fact]
    public async Task Bytes_that_are_no_HTTP_do_no_harm()
    {
        using TcpClient raw = new();
        await raw.ConnectAsync(host.Http.BaseAddress!.Host, host.Http.BaseAddress.Port, Stop);
        await raw.GetStream().WriteAsync("\0\x1\x2 nonsense\r\n\r\n"u8.ToArray(), Stop);
        byte[] answer = new byte[64];
        int length = await raw.GetStream().ReadAsync(answer, Stop);

        Assert.StartsWith("HTTP/1.1 400", Encoding.ASCII.GetString(answer, 0, length), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/health/live", Stop)).StatusCode);
    }

    [Fact]
    public async Task The_document_names_every_code_and_every_route_has_a_summary()
    {
        JsonElement document = await (await host.Http.GetAsync("/openapi/v1.json", Stop)).JsonAsync();
        string description = document.GetProperty("info").GetProperty("description").GetString()!;

        Assert.All(ProblemCodes.All, p => Assert.Contains($"| `{p.Code}` | {p.Status} |", description, StringComparison.Ordinal));
        Assert.Equal(ProblemCodes.All.Length, ProblemCodes.All.Select(p => p.Code).Distinct().Count());
        Assert.All(
            document.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()),
            o => Assert.True(o.Value.TryGetProperty("summary", out _), o.Value.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/scalar/v1", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Answers_are_compressed_where_asked(string encoding)
    {
        HttpResponseMessage answer = await host.Http.SendJsonAsync(HttpMethod.Get, "/openapi/v1.json", null, ("Accept-Encoding", encoding));

        Assert.Equal([encoding], answer.Content.Headers.ContentEncoding);
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in entries)
            {
                using Stream entry = zip.CreateEntry(name).Open();
                entry.Write(bytes);
            }
        }

        return content.ToArray();
    }
}
