using Matching.Generating;
using Matching.Model;
using Matching.Plans;

namespace Matching.Tests.Repairing;

/// <summary>Small drawn seasons with plans, and random events on them.</summary>
internal static class EventScripts
{
    private static readonly Lazy<(Season Season, Plan Plan)[]> Planned = new(() => [.. Enumerable.Range(1, 4).Select(PlanOne)]);

    /// <summary>One of a few seasons, planned once.</summary>
    public static (Season Season, Plan Plan) Draw(Random random) => Planned.Value[random.Next(Planned.Value.Length)];

    /// <summary>The season after one to four events.</summary>
    public static Season After(Season season, Plan plan, Random random)
    {
        for (int events = random.Next(1, 5); events > 0; events--)
        {
            season = Event(season, plan, random);
        }

        return season;
    }

    private static (Season, Plan) PlanOne(int seed)
    {
        Season season = SeasonGenerator.Generate(new GeneratorOptions
        {
            Workers = 60, Villages = 4, Brokers = 5, Sites = 3, Orders = 5, Days = 12, Vehicles = 4, Seed = seed,
        });
        Plan plan = new SeasonPlanner(new PlanOptions { Seconds = 1, Reproducible = true, Threads = 1, Seed = seed }).Plan(season, cancellationToken: Xunit.TestContext.Current.CancellationToken).Plan;
        return (season, plan);
    }

    private static Season Event(Season season, Plan plan, Random random)
    {
        DateOnly from = season.Start.AddDays(random.Next(season.DayCount));
        DateOnly to = from.AddDays(random.Next(4));
        Season Out(AbsenceKind kind, string id) => season with { Absences = season.Absences.Add(new Absence(kind, id, new(from, to), null)) };
        switch (random.Next(12))
        {
            case 0:
                return plan.WorkerDays.IsEmpty ? season : Out(AbsenceKind.Worker, plan.WorkerDays[random.Next(plan.WorkerDays.Length)].Worker.Value);
            case 1:
                return Out(AbsenceKind.Broker, season.Brokers[random.Next(season.Brokers.Length)].Id.Value);
            case 2:
                return Out(AbsenceKind.Vehicle, season.Vehicles[random.Next(season.Vehicles.Length)].Id.Value);
            case 3:
                return Out(AbsenceKind.Site, season.Sites[random.Next(season.Sites.Length)].Id.Value);
            case 4:
                return season with { Demand = [.. season.Demand.Select(d => random.Next(4) == 0 ? d with { Required = d.Required / 2, Target = d.Target / 2 } : d)] };
            case 5:
                return season with { Demand = [.. season.Demand.Select(d => random.Next(4) == 0 ? d with { Target = d.Target + random.Next(8) } : d)] };
            case 6:
                return season with { Road = season.Road with { SpeedKmh = season.Road.SpeedKmh * 0.8m, StopMinutes = season.Road.StopMinutes + random.Next(2) } };
            case 7:
                return season with { Vehicles = [.. season.Vehicles.Select(v => random.Next(3) == 0 ? v with { Seats = Math.Max(1, v.Seats - 6) } : v)] };
            case 8:
                return season with { Work = season.Work with { MaxConsecutiveDays = random.Next(3, 7) } };
            case 9:
                return season with { Orders = [.. season.Orders.Select(o => random.Next(4) == 0 ? o with { CrewMin = o.CrewMin + 3, CrewMax = o.CrewMax + 3 } : o)] };
            case 10:
                Order gone = season.Orders[random.Next(season.Orders.Length)];
                return season with { Demand = [.. season.Demand.Where(d => d.Order != gone.Id)] };
            default:
                string[] village = [.. season.Workers.Where(w => w.Village == season.Workers[0].Village).Select(w => w.Id.Value).Take(12)];
                return season with { Absences = season.Absences.AddRange(village.Select(w => new Absence(AbsenceKind.Worker, w, new(from, from), "wedding"))) };
        }
    }
}
