using System.Text.Json;
using Matching.Changes;
using Matching.Files;
using Matching.Model;
using Matching.Planning;
using Matching.Planning.Compiled;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Tests.Repairing;
using Xunit;

namespace Matching.Tests.Changes;

/// <summary>What a change does not touch is kept, not made again: the result must be the one that making all of it again gives.</summary>
public class KeptTablesTests
{
    [Fact]
    public void A_change_gives_the_season_that_reading_every_file_again_gives()
    {
        (Season season, _) = EventScripts.Draw(new Random(1));
        // Setting the first day, though to itself, has every file read again.
        string again = $$"""{"file":"season.json","to":{"start":"{{season.Start:yyyy-MM-dd}}"} }""";
        foreach (string change in Widening(season).Concat(Others(season)))
        {
            Season kept = ChangeSet.Apply(season, $"[{change}]").OrThrow();
            Season read = ChangeSet.Apply(season, $"[{change},{again}]").OrThrow();

            Assert.Equal(Zip(read), Zip(kept));
        }
    }

    [Fact]
    public void Tables_no_change_touches_are_the_same_tables()
    {
        (Season season, _) = EventScripts.Draw(new Random(1));

        Season changed = ChangeSet.Apply(season, $"[{Widening(season).First()}]").OrThrow();

        Assert.True(changed.Workers == season.Workers);
        Assert.True(changed.Demand == season.Demand);
        Assert.False(changed.Vehicles == season.Vehicles);
    }

    [Fact]
    public void A_row_that_names_what_a_change_takes_away_is_found()
    {
        (Season season, _) = EventScripts.Draw(new Random(1));
        string order = season.Orders[0].Id.Value;

        ChangeResult result = ChangeSet.Apply(season, $$"""[{"file":"orders.csv","remove":{"order_id":"{{order}}"} }]""");

        Assert.Equal(0, result.Refusal?.Index);
        Assert.Contains(result.Refusal!.Faults, f => f.File == "demand.csv" && f.Value == order);
    }

    [Fact]
    public void A_row_that_names_what_a_change_renames_is_found()
    {
        (Season season, _) = EventScripts.Draw(new Random(1));
        string vehicle = season.Vehicles[0].Id.Value;
        string absence = $$"""{"file":"absences.csv","add":{"kind":"vehicle","id":"{{vehicle}}","from":"{{season.Start:yyyy-MM-dd}}"} }""";
        Season away = ChangeSet.Apply(season, $"[{absence}]").OrThrow();

        ChangeResult result = ChangeSet.Apply(away, $$"""[{"file":"vehicles.csv","row":{"vehicle_id":"{{vehicle}}"},"to":{"vehicle_id":"other"} }]""");

        Assert.Contains(result.Refusal!.Faults, f => f.File == "absences.csv" && f.Value == vehicle);
    }

    [Fact]
    public void Compiling_with_a_like_season_gives_what_compiling_alone_gives()
    {
        (Season season, _) = EventScripts.Draw(new Random(2));
        var like = new CompiledSeason(season);
        foreach (string change in Widening(season).Concat(Others(season)))
        {
            Season changed = ChangeSet.Apply(season, $"[{change}]").OrThrow();

            Assert.Null(Content.Difference(new CompiledSeason(changed), new CompiledSeason(changed, like), typeof(Season)));
        }
    }

    [Fact]
    public void A_plan_taken_over_by_a_wider_season_is_the_plan_loaded_there()
    {
        foreach (int seed in (int[])[1, 2, 3])
        {
            (Season season, Plan plan) = EventScripts.Draw(new Random(seed));
            SearchTools start = Loaded(new CompiledSeason(season), plan);
            foreach (string change in Widening(season))
            {
                var wider = new CompiledSeason(ChangeSet.Apply(season, $"[{change}]").OrThrow(), start.C);

                PlanState taken = start.TwinIn(wider).State;

                Assert.Null(Content.Difference(Loaded(wider, plan).State, taken, typeof(CompiledSeason), typeof(Season), typeof(WorkMeter)));
            }
        }
    }

    private static SearchTools Loaded(CompiledSeason c, Plan plan)
    {
        var tools = new SearchTools(c, new WorkMeter(), priced: false);
        new PlanLoader(c, tools.State).Load(plan, _ => false);
        return tools;
    }

    private static byte[] Zip(Season season)
    {
        using var stream = new MemoryStream();
        SeasonFiles.WriteZip(season, stream);
        return stream.ToArray();
    }

    /// <summary>Changes that forbid nothing a plan does.</summary>
    private static IEnumerable<string> Widening(Season season)
    {
        Vehicle bus = season.Vehicles[0];
        Broker broker = season.Brokers[0];
        Order order = season.Orders[0];
        Site site = season.Sites[0];
        yield return Json(new { file = "vehicles.csv", add = new { vehicle_id = "new", depot_id = bus.Depot.Value, seats = 33, cost_per_day = 300, cost_per_km = 2 } });
        yield return Json(new { file = "brokers.csv", add = new { broker_id = "new", name = "新", area_id = broker.Area.Value, certificate_until = season.End.ToString("yyyy-MM-dd"), crew_min = 2, crew_max = 30, daily_fee = 90 } });
        yield return Json(new { file = "brokers.csv", row = new { broker_id = broker.Id.Value }, to = new { certificate_until = "2099-01-01" } });
        yield return Json(new { file = "orders.csv", row = new { order_id = order.Id.Value }, to = new { daily_wage = order.DailyWage + 50 } });
        yield return Json(new { file = "sites.csv", row = new { site_id = site.Id.Value }, to = new { beds = site.Beds + 10 } });
        yield return Json(new { file = "season.json", to = new { transport = new { maxRideMinutes = season.Transport.MaxRideMinutes + 30 } } });
        if (season.Rounds.FirstOrDefault() is { } round)
        {
            yield return Json(new { file = "rounds.csv", row = new { order_id = round.Order.Value, from = round.From.ToString("yyyy-MM-dd") }, to = new { worker_days = round.WorkerDays + 9 } });
        }

        HouseholdDuty[] apart = [.. season.HouseholdDuties.Where(h => h.Group is null).Take(2)];
        if (apart.Length == 2)
        {
            yield return string.Join(",", apart.Select(h => Json(new { file = "households.csv", row = new { household_id = h.Household.Value }, to = new { mutual_help_group = "new" } })));
        }
    }

    private static IEnumerable<string> Others(Season season)
    {
        string worker = season.Workers[3].Id.Value;
        yield return Json(new { file = "absences.csv", add = new { kind = "worker", id = worker, from = season.Start.ToString("yyyy-MM-dd") } });
        yield return Json(new { file = "workers.csv", row = new { worker_id = worker }, to = new { lodging_ok = true, max_days = 3 } });
        yield return Json(new { file = "availability.csv", add = new { worker_id = worker, from = season.Start.ToString("yyyy-MM-dd"), to = season.Start.ToString("yyyy-MM-dd") } });
        yield return Json(new { file = "demand.csv", row = new { order_id = season.Orders[1].Id.Value }, to = new { required = 0 } });
        yield return Json(new { file = "season.json", to = new { road = new { speedKmh = 30 } } });
        yield return Json(new { file = "places.csv", row = new { place_id = season.Workers[0].Village.Value }, to = new { lat = 37.5 } });
        yield return Json(new { file = "pairs.csv", add = new { worker_a = worker, worker_b = season.Workers[4].Id.Value, kind = "together" } });
        yield return Json(new { file = "vehicles.csv", remove = new { vehicle_id = season.Vehicles[^1].Id.Value } });
    }

    private static string Json(object change) => JsonSerializer.Serialize(change);
}
