using System.Diagnostics;
using System.Globalization;
using Matching.Model;
using Matching.Plans;
using Matching.Why;

namespace Matching.SeasonSuite.Operations;

/// <summary>How long single-change questions take on one open board: what a drag in a planning board waits for.</summary>
internal static class TryTimes
{
    private const int WarmUp = 300;

    public static int Of(Season season, Plan plan, int count, int seed, TextWriter output)
    {
        long began = Stopwatch.GetTimestamp();
        var board = PlanBoard.Open(season, plan);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.00} s"));
        var random = new Random(seed);
        var times = new SortedDictionary<string, List<double>>();
        int legal = 0;
        for (int i = 0; i < count + WarmUp; i++)
        {
            int kind = i % 4;
            Crew crew = plan.Crews[random.Next(plan.Crews.Length)];
            WorkerDay day = plan.WorkerDays[random.Next(plan.WorkerDays.Length)];
            long start = Stopwatch.GetTimestamp();
            (string name, Trial trial) = kind switch
            {
                0 => ("worker to a crew", board.TryWorker(season.Workers[random.Next(season.Workers.Length)].Id, day.Date, crew.Id)),
                1 => ("worker stays at home", board.TryWorker(day.Worker, day.Date, null)),
                2 => ("crew to an order", board.TryOrder(crew.Id, season.Orders[random.Next(season.Orders.Length)].Id)),
                _ => ("vehicle for a trip", board.TryVehicle(season.Vehicles[random.Next(season.Vehicles.Length)].Id, plan.Trips[random.Next(plan.Trips.Length)].Id)),
            };
            double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (i >= WarmUp)
            {
                legal += trial.Legal ? 1 : 0;
                (times.TryGetValue(name, out List<double>? list) ? list : times[name] = []).Add(took);
            }
        }

        output.WriteLine($"{count} questions, {legal} legal");
        foreach ((string name, List<double> list) in times.Append(new("all", [.. times.Values.SelectMany(t => t)])))
        {
            list.Sort();
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-20} {list.Count,6}  p50 {Quantiles.At(list, 0.5):0.00} ms  p90 {Quantiles.At(list, 0.9):0.00}  p99 {Quantiles.At(list, 0.99):0.00}  most {list[^1]:0.00}"));
        }

        return 0;
    }
}
