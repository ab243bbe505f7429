using System.Diagnostics;
using Matching.Generating;
using Matching.Model;
using Matching.Plans;
using Matching.SeasonSuite.Exact;
using Matching.SeasonSuite.Greedy;

if (args[0] == "greedy")
{
    foreach (SeasonProfile profile in Enum.GetValues<SeasonProfile>())
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions { Workers = int.Parse(args[1]), Profile = profile });
        if (args.Length > 2) { season = season with { Agreements = [.. season.Agreements.Select(a => a with { MaxDays = null })] }; }
        Stopwatch watch = Stopwatch.StartNew();
        Plan plan = GreedyDispatcher.Plan(season);
        Console.WriteLine($"{profile} {watch.Elapsed.TotalSeconds:F1}s crews {plan.Crews.Length} wd {plan.WorkerDays.Length} of required {season.Demand.Sum(d => d.Required)} target {season.Demand.Sum(d => d.Target)} days {season.DayCount} vehicles {season.Vehicles.Length} brokers {season.Brokers.Length} trips {plan.Trips.Length} lodge {plan.Crews.Count(c => c.Mode == CrewMode.Lodge)}");
        var check = Matching.Checking.PlanChecker.Check(season, plan); Console.WriteLine($"  legal {check.Legal} {check.Worth} net {check.NetValue}"); foreach (var v in check.Violations.Take(3)) { Console.WriteLine(v); }
    }

    return 0;
}

double total = 0;
for (int seed = int.Parse(args[0]); seed < int.Parse(args[1]); seed++)
{
    Season season = TinySeasons.Draw(seed);
    Stopwatch watch = Stopwatch.StartNew();
    ExactSolution solution = ExactSeasonModel.Solve(season, 60);
    total += watch.Elapsed.TotalSeconds;
    Console.WriteLine($"{seed} {watch.Elapsed.TotalSeconds:F2}s {solution.Status} net {solution.NetValue} ceil {solution.Ceiling} crews {solution.Plan?.Crews.Length} wd {solution.Plan?.WorkerDays.Length}/{season.Demand.Sum(d => d.Target)} trips {solution.Plan?.Trips.Length} w {season.Workers.Length} d {season.DayCount} lodge {solution.Plan?.Crews.Count(c => c.Mode == Matching.Plans.CrewMode.Lodge)} {solution.Size}");
}
Console.WriteLine($"total {total:F1}");
return 0;
