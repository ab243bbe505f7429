using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Matching.Model;
using Matching.Plans;
using Matching.Reporting;
using Matching.Rules;
using Matching.Search;
using Xunit;

namespace Matching.Tests.Reporting;

public partial class PlanReportTests
{
    [Fact]
    public void The_page_asks_nothing_of_the_network()
    {
        string page = Page(ReportSamples.Small, hostile: false);

        Assert.DoesNotContain("http://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(?i)\bsrc\s*=|url\(|@import|<link", page);
        Assert.All(LinkTargets().Matches(page), link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal));
        Assert.Contains("default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_stay_inside_the_data_block_and_come_back_unchanged()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small, hostile: true);
        string page = Page(season, result);
        string block = DataBlock(page);

        Assert.DoesNotContain('<', block);
        Assert.DoesNotContain('\u2028', block);
        Assert.Equal(2, Regex.Count(page, "<script[ >]"));
        Assert.Equal(2, Regex.Count(page, "</script>"));
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains($"<title>{WebUtility.HtmlEncode(season.Name)}</title>", page, StringComparison.Ordinal);

        using JsonDocument data = JsonDocument.Parse(block);
        Assert.Equal(season.Workers.Select(w => w.Name), Strings(data.RootElement.GetProperty("workers").GetProperty("name")));
        Assert.Equal(season.Places.Select(p => p.Name), Strings(data.RootElement.GetProperty("places").GetProperty("name")));
        Assert.Equal(season.Name, data.RootElement.GetProperty("name").GetString());
    }

    [Fact]
    public void The_script_never_takes_text_for_markup_or_code()
    {
        string page = Page(ReportSamples.Small, hostile: false);

        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc|setAttribute\(""on", page);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_heat_map_shows_what_a_recount_of_the_plan_gives(bool hostile)
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Town, seed: 3, hostile);
        using JsonDocument data = JsonDocument.Parse(DataBlock(Page(season, result)));

        Dictionary<CrewId, OrderId> orderOf = result.Plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        Dictionary<(OrderId, DateOnly), int> filled = result.Plan.WorkerDays.CountBy(w => (orderOf[w.Crew], w.Date)).ToDictionary();
        Dictionary<(OrderId, DateOnly), DailyDemand> demand = season.Demand.ToDictionary(d => (d.Order, d.Date));
        foreach ((int position, JsonElement order) in data.RootElement.GetProperty("orders").EnumerateArray().Index())
        {
            OrderId id = season.Orders[position].Id;
            Assert.Equal(id.Value, order.GetProperty("id").GetString());
            DateOnly[] days = [.. Enumerable.Range(0, season.DayCount).Select(season.Day)];
            Assert.Equal(days.Select(d => filled.GetValueOrDefault((id, d))), Numbers(order.GetProperty("filled")));
            Assert.Equal(days.Select(d => demand.GetValueOrDefault((id, d)).Required), Numbers(order.GetProperty("required")));
            Assert.Equal(days.Select(d => demand.GetValueOrDefault((id, d)).Target), Numbers(order.GetProperty("target")));
        }
    }

    [Fact]
    public void The_packed_crews_hold_exactly_the_assignments()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Town, seed: 4);
        using JsonDocument data = JsonDocument.Parse(DataBlock(Page(season, result)));
        JsonElement crews = data.RootElement.GetProperty("crews");
        int[] from = Numbers(crews.GetProperty("from"));
        string[] ids = Strings(crews.GetProperty("id"));

        HashSet<WorkerDay> unpacked = [];
        foreach ((int crew, JsonElement members) in crews.GetProperty("members").EnumerateArray().Index())
        {
            int[] packed = Numbers(members);
            for (int at = 0; at < packed.Length;)
            {
                int worker = packed[at++];
                int day = from[crew];
                for (int pieces = packed[at++]; pieces > 0; pieces--)
                {
                    day += packed[at++];
                    for (int run = packed[at++]; run > 0; run--)
                    {
                        Assert.True(unpacked.Add(new WorkerDay(season.Day(day++), new(ids[crew]), season.Workers[worker].Id)));
                    }
                }
            }
        }

        Assert.True(unpacked.SetEquals(result.Plan.WorkerDays));
    }

    [Fact]
    public void The_packed_trips_hold_every_stop_and_group()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Town, seed: 5);
        using JsonDocument data = JsonDocument.Parse(DataBlock(Page(season, result)));

        List<string> unpacked = [];
        foreach ((int day, JsonElement trips) in data.RootElement.GetProperty("trips").EnumerateArray().Index())
        {
            int[] run = Numbers(trips.GetProperty("run"));
            int at = 0;
            foreach (string id in Strings(trips.GetProperty("id")))
            {
                string trip = $"{id} {season.Day(day)} {season.Vehicles[run[at]].Id} {run[at + 1]}";
                int stops = run[at + 2];
                for (at += 3; stops > 0; stops--)
                {
                    string stop = $"{trip} {season.Places[run[at]].Id} {run[at + 1]}";
                    int groups = run[at + 2];
                    for (at += 3; groups > 0; groups--, at += 4)
                    {
                        unpacked.Add($"{stop} {result.Plan.Crews[run[at]].Id} {season.Places[run[at + 1]].Id} {run[at + 2]} {run[at + 3]}");
                    }
                }
            }

            Assert.Equal(run.Length, at);
        }

        IEnumerable<string> expected =
            from trip in result.Plan.Trips
            from stop in trip.Stops
            from g in stop.Groups
            select $"{trip.Id} {trip.Date} {trip.Vehicle} {trip.Departs.ToTimeSpan().TotalMinutes} {stop.Place} {stop.Arrives.ToTimeSpan().TotalMinutes} {g.Crew} {g.Village} {g.Board} {g.Alight}";
        Assert.Equal(expected.Order(StringComparer.Ordinal), unpacked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_plan_that_sends_nobody_has_a_page()
    {
        (Season season, _) = ReportSamples.Make(ReportSamples.Small);
        using TempFolder folder = new();
        PlanReport.Write(season, Plan.Empty, folder.File("report.html"), ReportLanguage.English);

        using JsonDocument data = JsonDocument.Parse(DataBlock(File.ReadAllText(folder.File("report.html"))));
        JsonElement summary = data.RootElement.GetProperty("summary");
        Assert.Equal(0, summary.GetProperty("crews").GetInt32());
        Assert.Equal(JsonValueKind.Null, summary.GetProperty("netValue").ValueKind);
        Assert.Equal(JsonValueKind.Null, data.RootElement.GetProperty("trace").ValueKind);
        Assert.Equal(season.Demand.Count(d => d.Target > 0), data.RootElement.GetProperty("shortages").GetProperty("lost").GetArrayLength());
    }

    [Fact]
    public void Writing_twice_gives_the_same_bytes_and_leaves_nothing_else()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        using TempFolder folder = new();
        string path = folder.File("report.html");
        PlanReport.Write(season, result, path, ReportLanguage.Chinese);
        byte[] first = File.ReadAllBytes(path);
        PlanReport.Write(season, result, path, ReportLanguage.Chinese);

        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFileSystemEntries(folder.Root));
    }

    [Fact]
    public void The_language_chooses_only_how_the_page_opens()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        string chinese = Page(season, result, ReportLanguage.Chinese);
        string english = Page(season, result, ReportLanguage.English);

        Assert.Contains("<html lang=\"zh-CN\">", chinese, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english, StringComparison.Ordinal);
        Assert.Equal(
            english, chinese.Replace("<html lang=\"zh-CN\">", "<html lang=\"en\">", StringComparison.Ordinal)
                .Replace("{\"lang\":\"zh-CN\"", "{\"lang\":\"en\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_word_asked_for_is_there_in_both_languages()
    {
        string page = Page(ReportSamples.Small, hostile: false);
        Dictionary<string, int> texts = TextEntries().Matches(page)
            .ToDictionary(m => m.Groups[1].Value, m => Regex.Count(m.Groups[2].Value, "\"(?:[^\"\\\\]|\\\\.)*\""));

        Assert.All(texts, entry => Assert.Equal(2, entry.Value));
        IEnumerable<string> asked = Regex.Matches(page, @"\bt\(""(\w+)""[,)]").Concat(Regex.Matches(page, @"data-(?:text|label)=""(\w+)"""))
            .Select(m => m.Groups[1].Value)
            .Concat(Enum.GetNames<BindingReason>().Select(n => "reason_" + n))
            .Concat(Enum.GetNames<StopReason>().Select(n => "stop_" + n))
            .Concat(new Worth(0, 0, 0, 0, 0, 0, 0, 0, 0, 0).Parts.Select(p => "part_" + p.Key));
        Assert.DoesNotContain(asked, key => !texts.ContainsKey(key));
    }

    [Fact]
    public void A_reproducible_run_shows_no_clock()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        PlanResult Timed(double factor) => result with
        {
            Plan = result.Plan with { Facts = result.Plan.Facts! with { Seconds = null } },
            Trace = [.. result.Trace.Select(p => p with { Seconds = p.Seconds * factor })],
        };

        Assert.Equal(Page(season, Timed(1)), Page(season, Timed(3.7)));
    }

    [Fact]
    public void A_long_trace_is_thinned_and_keeps_its_last_point()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        PlanResult longRun = result with
        {
            Trace = [.. Enumerable.Range(0, 5000).Select(i => new PlanProgress("improve", i, 10_000m, i))],
        };
        using JsonDocument data = JsonDocument.Parse(DataBlock(Page(season, longRun)));
        JsonElement incumbent = data.RootElement.GetProperty("trace").GetProperty("incumbent");

        Assert.InRange(incumbent.GetArrayLength(), 100, 1500);
        Assert.Equal(4999m, incumbent[incumbent.GetArrayLength() - 1].GetDecimal());
    }

    [Fact]
    public void Shortages_carry_the_reason_of_the_run_and_pins_not_kept_are_named()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        ShortageReason worst = result.ShortageReasons[0] with { Reason = BindingReason.NoBeds, LostValue = 987_654.25m };
        Pin pin = new(season.Start, season.Brokers[0].Id, season.Orders[0].Id, season.Workers[0].Id);
        PlanResult told = result with
        {
            ShortageReasons = [worst, .. result.ShortageReasons.Skip(1)],
            PinConflicts = [new PinConflict(pin, RuleCode.W1, ["W"], "out that day")],
        };
        using JsonDocument data = JsonDocument.Parse(DataBlock(Page(season, told)));

        JsonElement shortages = data.RootElement.GetProperty("shortages");
        int[] cells = Numbers(shortages.GetProperty("cells"));
        Assert.Equal(worst.Shortage.Order, season.Orders[cells[0]].Id);
        Assert.Equal(worst.Shortage.Date, season.Day(cells[1]));
        Assert.Equal(nameof(BindingReason.NoBeds), Strings(shortages.GetProperty("reasons"))[cells[2]]);
        Assert.Equal(987_654.25m, shortages.GetProperty("lost")[0].GetDecimal());
        Assert.Equal("W1", data.RootElement.GetProperty("pinConflicts")[0].GetProperty("rule").GetString());
    }

    [Fact]
    public void A_season_a_quarter_of_a_county_stays_below_a_quarter_of_the_size()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.County with { Workers = 5000, Brokers = 150, Orders = 40, Vehicles = 100 });
        using TempFolder folder = new();
        PlanReport.Write(season, result, folder.File("report.html"), ReportLanguage.Chinese);

        Assert.InRange(result.Plan.WorkerDays.Length, 100_000, int.MaxValue);
        Assert.InRange(new FileInfo(folder.File("report.html")).Length, 100_000, 15_000_000 / 4);
    }

    [Fact]
    public void A_plan_of_another_season_is_refused_and_the_earlier_page_stays()
    {
        (Season season, PlanResult result) = ReportSamples.Make(ReportSamples.Small);
        using TempFolder folder = new();
        string path = folder.File("report.html");
        File.WriteAllText(path, "earlier");
        Plan foreign = result.Plan with { WorkerDays = [.. result.Plan.WorkerDays, new(season.Start, new("nobody's"), season.Workers[0].Id)] };

        ArgumentException refused = Assert.Throws<ArgumentException>(() => PlanReport.Write(season, foreign, path, ReportLanguage.English));
        Assert.Contains("nobody's", refused.Message, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(path));
    }

    private static string Page(ReportSamples.Size size, bool hostile)
    {
        (Season season, PlanResult result) = ReportSamples.Make(size, hostile: hostile);
        return Page(season, result);
    }

    private static string Page(Season season, PlanResult result, ReportLanguage lang = ReportLanguage.Chinese)
    {
        using TempFolder folder = new();
        PlanReport.Write(season, result, folder.File("report.html"), lang);
        return File.ReadAllText(folder.File("report.html"));
    }

    /// <summary>What a browser takes for the data block: up to the first end tag.</summary>
    private static string DataBlock(string page)
    {
        const string Open = "<script id=\"data\" type=\"application/json\">";
        int from = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        return page[from..page.IndexOf("</script", from, StringComparison.OrdinalIgnoreCase)];
    }

    private static string[] Strings(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];

    private static int[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetInt32())];

    [GeneratedRegex("href\\s*=\\s*\"([^\"]*)\"")]
    private static partial Regex LinkTargets();

    [GeneratedRegex(@"(?m)^  (\w+): \[\s*((?:""(?:[^""\\]|\\.)*""[,\s]*)+)\],")]
    private static partial Regex TextEntries();
}
