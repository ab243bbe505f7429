using System.Diagnostics;
using Matching.Model;
using Matching.SeasonSuite.Exact;

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
