using System.CommandLine;
using Matching;
using Matching.Files;
using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Matching.SeasonSuite;
using Matching.SeasonSuite.Online;
using Matching.SeasonSuite.Operations;
using Matching.SeasonSuite.Published;

// Quality of plans, not speed of code: fixed seasons, each plan judged by the checker, the table in Markdown.
Option<double> seconds = new("--seconds") { Description = "Planning seconds per season.", DefaultValueFactory = _ => 30 };
Option<int> threads = new("--threads") { Description = "Threads of the planner.", DefaultValueFactory = _ => Environment.ProcessorCount };
Option<int[]> sizes = new("--workers") { Description = "Workers of the generated seasons; 0 for none.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [200, 1000, 5000] };
Option<SeasonProfile[]> profiles = new("--profiles") { Description = "Profiles of the generated seasons.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => Enum.GetValues<SeasonProfile>() };
Option<long[]> seeds = new("--seeds") { Description = "Seeds of the generated seasons.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1, 2, 3] };
Option<string[]> folders = new("--folders") { Description = "Season folders or zips to plan as well.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
Option<int> first = new("--first") { Description = "First seed of the tiny seasons.", DefaultValueFactory = _ => 1 };
Option<int> count = new("--count") { Description = "Number of tiny seasons.", DefaultValueFactory = _ => 2000 };
Option<double> tinySeconds = new("--seconds") { Description = "Planning seconds per tiny season.", DefaultValueFactory = _ => 0.3 };
Option<string[]> tinyWithout = new("--without") { Description = "Mechanisms the planner does without, by name: ExactStage leaves the search alone.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
Option<double> bigSeconds = new("--seconds") { Description = "Planning seconds per season.", DefaultValueFactory = _ => 120 };

Command suite = new("suite", "Plan generated seasons of several sizes, profiles and seeds.") { sizes, profiles, seeds, folders, seconds, threads };
suite.SetAction(parsed => Run(parsed, seconds, sizes: parsed.GetValue(sizes)!, withGreedy: false));
Command compare = new("compare", "The suite with the greedy dispatcher beside every plan.") { sizes, profiles, seeds, folders, seconds, threads };
compare.SetAction(parsed => Run(parsed, seconds, sizes: parsed.GetValue(sizes)!, withGreedy: true));
Command big = new("big", "Seasons of 20,000 workers, with the greedy dispatcher.") { profiles, seeds, folders, bigSeconds, threads };
big.SetAction(parsed => Run(parsed, bigSeconds, sizes: [20_000], withGreedy: true));
Command tiny = new("tiny", "Tiny seasons against their proven best plans: plan ≤ best ≤ bound.") { first, count, tinySeconds, threads, tinyWithout };
tiny.SetAction(parsed =>
    new TinyRun(new PlanOptions { Seconds = parsed.GetValue(tinySeconds), Threads = parsed.GetValue(threads), Without = [.. parsed.GetValue(tinyWithout)!] }, Console.Out)
        .Run(parsed.GetValue(first), parsed.GetValue(count)) == 0 ? 0 : 1);

Option<double?> givenSeconds = new("--seconds") { Description = "Planning seconds per season; by its size when absent: 30 to 500 workers, 60 to 10,000, 120 to 50,000, 600 above." };
Option<int[]> tableSizes = new("--workers") { Description = "Workers of the generated seasons; 0 for none.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [300, 1000, 5000, 20_000, 100_000] };
Option<int> monolithic = new("--monolithic") { Description = "Most workers with which the monolithic CP-SAT model is tried; 0 for never.", DefaultValueFactory = _ => 5000 };
Option<string?> tableFile = new("--out") { Description = "Markdown file that gets the table as well." };
Option<string?> chartFile = new("--chart") { Description = "SVG file that gets the chart of gap over time." };
Command table = new("table", "The published table: plans, bounds, times to gaps, greedy dispatcher and monolithic model.")
{
    tableSizes, profiles, seeds, folders, givenSeconds, threads, monolithic, tableFile, chartFile,
};
table.SetAction(parsed =>
{
    using StringWriter lines = new();
    using TeeWriter output = new(Console.Out, lines);
    TableRun run = new(parsed.GetValue(givenSeconds), new PlanOptions { Threads = parsed.GetValue(threads) }, parsed.GetValue(monolithic), output);
    int broken = run.Run(Chosen(parsed, parsed.GetValue(tableSizes)!).All());
    if (parsed.GetValue(tableFile) is { } file)
    {
        File.WriteAllText(file, lines.ToString());
    }

    if (parsed.GetValue(chartFile) is { } chart)
    {
        File.WriteAllText(chart, run.Chart());
    }

    return broken == 0 ? 0 : 1;
});

Option<long[]> plannerSeeds = new("--run-seeds") { Description = "Seeds of the planner.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1] };
Option<int[]> ablationSizes = new("--workers") { Description = "Workers of the generated seasons; 0 for none.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [300, 1000] };
Command ablation = new("ablation", "Each mechanism of the planner switched off in turn.") { ablationSizes, profiles, seeds, folders, givenSeconds, threads, plannerSeeds };
ablation.SetAction(parsed =>
    new AblationRun(parsed.GetValue(givenSeconds), new PlanOptions { Threads = parsed.GetValue(threads) }, parsed.GetValue(plannerSeeds)!, Console.Out)
        .Run(Chosen(parsed, parsed.GetValue(ablationSizes)!).All()) == 0 ? 0 : 1);

Argument<string> published = new("folder") { Description = "Folder that holds the sets sbrp, sdvrp, sscflp and cvrp." };
Option<double[]> limits = new("--seconds") { Description = "Time limits, a column each.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [10, 60] };
Option<string[]> only = new("--only") { Description = "Names of instances or sets.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [] };
Option<MeasuredPart> stage = new("--stage") { Description = "The transport stage alone or the whole engine.", DefaultValueFactory = _ => MeasuredPart.Transport };
Option<long[]> runSeeds = new("--seeds") { Description = "Seeds of the runs; the median counts.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [1] };
Option<long?> steps = new("--steps") { Description = "Search steps of the transport stage instead of seconds." };
Option<string?> write = new("--write") { Description = "Write the instances as season folders into this folder instead of running them." };
Command publishedRun = new("published", "Public instances against their best published costs.") { published, limits, only, stage, runSeeds, threads, steps, write };
publishedRun.SetAction(parsed =>
{
    IEnumerable<PublishedInstance> instances = PublishedSets.In(parsed.GetValue(published)!, parsed.GetValue(only)!);
    if (parsed.GetValue(write) is { } into)
    {
        PublishedRun.Write(instances, into);
        return 0;
    }

    return new PublishedRun(parsed.GetValue(stage), parsed.GetValue(limits)!, parsed.GetValue(steps), parsed.GetValue(threads), parsed.GetValue(runSeeds)!, Console.Out)
        .Run(instances) == 0 ? 0 : 1;
});

Option<string> seasonPath = new("--season") { Description = "Season folder or zip.", Required = true };
Option<string> planPath = new("--plan") { Description = "Folder or zip of a legal plan of it.", Required = true };
Option<int> requests = new("--count") { Description = "Requests to time.", DefaultValueFactory = _ => 2000 };
Option<int> drawSeed = new("--seed") { Description = "Seed of the requests and their order.", DefaultValueFactory = _ => 1 };
Option<double> share = new("--share") { Description = "Share of the plan's engagements to ask for.", DefaultValueFactory = _ => 0.3 };
Option<bool> anyBroker = new("--any-broker") { Description = "Ask without naming the broker." };
Command latency = new("requests", "Time of single broker requests on a published plan, with bookings and releases between them.") { seasonPath, planPath, requests, drawSeed };
latency.SetAction(parsed =>
{
    (Season season, Plan plan) = Published(parsed);
    return LatencyRun.Of(season, plan, parsed.GetValue(requests), parsed.GetValue(drawSeed), Console.Out);
});
Command online = new("online", "Engagements of a plan asked for again in random order: what offers reach of the plan that knew them all.") { seasonPath, planPath, share, anyBroker, drawSeed };
online.SetAction(parsed =>
{
    (Season season, Plan plan) = Published(parsed);
    return OnlineRun.Of(season, plan, parsed.GetValue(share), parsed.GetValue(anyBroker), parsed.GetValue(drawSeed), Console.Out);
});

Option<int> times = new("--count") { Description = "Mornings to repair, or questions to ask.", DefaultValueFactory = _ => 10 };
Option<double> fresh = new("--fresh") { Description = "Seconds of a fresh plan to compare each repair with; 0 for none.", DefaultValueFactory = _ => 0 };
Command repairs = new("repairs", "Repairs of a plan after drawn mornings: seconds, people told, worth.") { seasonPath, planPath, times, fresh, drawSeed };
repairs.SetAction(parsed =>
{
    (Season season, Plan plan) = Published(parsed);
    return RepairTimes.Of(season, plan, parsed.GetValue(times), parsed.GetValue(drawSeed), parsed.GetValue(fresh), Console.Out);
});
Command tries = new("tries", "Time of single-change questions on one open board.") { seasonPath, planPath, requests, drawSeed };
tries.SetAction(parsed =>
{
    (Season season, Plan plan) = Published(parsed);
    return TryTimes.Of(season, plan, parsed.GetValue(requests), parsed.GetValue(drawSeed), Console.Out);
});

Command whys = new("whys", "Time of questions why an order is short on a day, each with its remedies solved.") { seasonPath, planPath, times, drawSeed };
whys.SetAction(parsed =>
{
    (Season season, Plan plan) = Published(parsed);
    return WhyTimes.Of(season, plan, parsed.GetValue(times), parsed.GetValue(drawSeed), Console.Out);
});

return new RootCommand("Plan quality of the Matching library.") { table, ablation, suite, compare, big, tiny, publishedRun, latency, online, repairs, tries, whys }.Parse(args).Invoke();

SuiteSeasons Chosen(ParseResult parsed, int[] sizes) =>
    new(sizes, parsed.GetValue(profiles)!, parsed.GetValue(seeds)!, parsed.GetValue(folders)!);

int Run(ParseResult parsed, Option<double> limit, int[] sizes, bool withGreedy)
{
    PlanOptions options = new() { Seconds = parsed.GetValue(limit), Threads = parsed.GetValue(threads) };
    List<SuiteRow> rows = [];
    foreach (string line in SuiteTable.Header)
    {
        Console.WriteLine(line);
    }

    foreach ((Season season, _) in Chosen(parsed, sizes).All())
    {
        (SuiteRow row, _) = SuiteRun.Of(season, options, withGreedy);
        rows.Add(row);
        Console.WriteLine(SuiteTable.Line(row));
        foreach (string fault in row.Faults)
        {
            Console.Error.WriteLine($"{row.Season}: {fault}");
        }
    }

    Console.WriteLine();
    Console.WriteLine(rows.Count == 0 ? "No seasons." : SuiteTable.Summary(rows));
    return rows.Exists(r => r.Faults.Count > 0) ? 1 : 0;
}

(Season Season, Plan Plan) Published(ParseResult parsed)
{
    Season season = SeasonFiles.Read(parsed.GetValue(seasonPath)!).OrThrow();
    return (season, PlanFiles.Read(parsed.GetValue(planPath)!, season).OrThrow());
}
