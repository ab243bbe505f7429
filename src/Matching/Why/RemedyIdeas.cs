using System.Globalization;
using System.Text.Json;
using Matching.Model;
using Matching.Planning.Compiled;

namespace Matching.Why;

/// <summary>A change set worth trying.</summary>
internal sealed record RemedyIdea(string Message, string MessageZh, string Changes);

/// <summary>Change sets that take obstacles out of the way, most promising first.</summary>
internal sealed class RemedyIdeas(CompiledSeason c, HeadCount heads, Order order, DateOnly date, int missing)
{
    private const int WageStep = 5;
    private const int MostWageSteps = 12;
    private readonly Season _season = c.Season;

    public IEnumerable<RemedyIdea> For(IReadOnlyList<Obstacle> sets)
    {
        // What binds together is taken away together.
        var ideas = new List<RemedyIdea?>();
        foreach (Obstacle set in sets)
        {
            RemedyIdea?[] parts = [.. ObstacleTexts.All.Where(o => set.HasFlag(o)).Select(Against)];
            ideas.Add(parts.Length > 0 && Array.TrueForAll(parts, p => p is not null) ? Joined(parts!) : null);
        }

        // Leaders and seats are what a season runs out of first: tried also where heads alone do not show it.
        ideas.AddRange([Broker(), Bus(), Wage(), Joined([Broker(), Bus()])]);
        return ideas.OfType<RemedyIdea>().DistinctBy(i => i.Changes);
    }

    private RemedyIdea? Against(Obstacle obstacle) => obstacle switch
    {
        Obstacle.Seats => Bus(),
        Obstacle.Certificate => Certify() ?? Broker(),
        Obstacle.LeaderBusy => Broker(),
        Obstacle.Wage => Wage(),
        Obstacle.Skill => Level(),
        Obstacle.RideTime => Ride(),
        Obstacle.Household => MutualHelp(),
        Obstacle.Beds => Beds(),
        Obstacle.Round => Round(),
        _ => null,
    };

    private static RemedyIdea? Joined(IReadOnlyList<RemedyIdea?> parts) => parts.Any(p => p is null) ? null : new RemedyIdea(
        string.Join(" ", parts.Select(p => p!.Message)), string.Concat(parts.Select(p => p!.MessageZh)),
        "[" + string.Join(",", parts.Select(p => p!.Changes[1..^1])) + "]");

    private RemedyIdea? Bus()
    {
        if (_season.Vehicles.IsEmpty)
        {
            return null;
        }

        // A vehicle like most of the fleet, at the depot nearest to the people who could come.
        int usual = _season.Vehicles.GroupBy(v => v.Seats).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
        int village = heads.Villages(Obstacle.Elsewhere | Obstacle.Lodging).Select(v => v.Village).FirstOrDefault();
        Vehicle like = _season.Vehicles.Select((v, k) => (Vehicle: v, Index: k)).Where(v => v.Vehicle.Seats == usual)
            .MinBy(v => c.Travel.KmDepotVillage[(c.DepotOf[v.Index] * c.Villages) + village]).Vehicle;
        return Idea(
            $"One more {usual}-seat vehicle at depot {like.Depot}.", $"在车场 {like.Depot} 增加一辆 {usual} 座车。",
            new { file = "vehicles.csv", add = new { vehicle_id = Fresh("V-NEW", id => _season.VehicleById.ContainsKey(new(id))), depot_id = like.Depot.Value, seats = Text(usual), cost_per_day = Text(like.CostPerDay), cost_per_km = Text(like.CostPerKm) } });
    }

    private RemedyIdea? Certify()
    {
        for (int b = 0; b < c.Brokers; b++)
        {
            (int min, int max) = c.SizeRange(b, c.Season.Orders.IndexOf(order));
            int people = heads.Villages(Obstacle.Elsewhere | Obstacle.Lodging).Where(v => c.Area[b][v.Village]).Sum(v => v.People);
            if (min <= max && people >= min && heads.IsUncertified(b))
            {
                string broker = _season.Brokers[b].Id.Value;
                return Idea(
                    $"Certify broker {broker}.", $"为经纪人 {broker} 办理证书。",
                    new { file = "brokers.csv", row = new { broker_id = broker }, to = new { certificate_until = Day(_season.End) } });
            }
        }

        return null;
    }

    private RemedyIdea? Broker()
    {
        int number = c.Season.Orders.IndexOf(order);
        Model.Broker? like = _season.Brokers.Where(b => Math.Max(b.CrewMin, order.CrewMin) <= Math.Min(b.CrewMax, order.CrewMax))
            .OrderBy(b => b.CrewMin).ThenBy(b => b.DailyFee).FirstOrDefault();
        int village = heads.Villages(Obstacle.Lodging).Concat(heads.Villages(Obstacle.Elsewhere | Obstacle.Lodging)).Select(v => v.Village).FirstOrDefault(-1);
        if (like is null || village < 0 || number < 0)
        {
            return null;
        }

        // Drawn from the township, as most brokers are; from the village where there is none.
        PlaceId home = c.VillageId[village];
        PlaceId area = _season.PlaceById[home].Parent is { } parent ? parent : home;
        string id = Fresh("B-NEW", name => _season.BrokerById.ContainsKey(new(name)));
        return Idea(
            $"One more certified broker in {area}.", $"在 {area} 增加一名持证经纪人。",
            new { file = "brokers.csv", add = new { broker_id = id, name = id, area_id = area.Value, certificate_until = Day(_season.End), crew_min = Text(like.CrewMin), crew_max = Text(like.CrewMax), daily_fee = Text(like.DailyFee) } });
    }

    private RemedyIdea? Wage()
    {
        decimal[] asked = [.. _season.Workers.Where(w => w.MinDailyWage > order.DailyWage).Select(w => w.MinDailyWage!.Value).Order()];
        if (asked.Length == 0)
        {
            return null;
        }

        // The least step that brings enough people who ask for more.
        decimal wage = order.DailyWage;
        for (int step = 1; step <= MostWageSteps; step++)
        {
            wage = order.DailyWage + (step * WageStep);
            if (asked.Count(a => a <= wage) >= missing)
            {
                break;
            }
        }

        return Idea(
            $"{Text(wage - order.DailyWage)} yuan more wage a day.", $"日工资增加 {Text(wage - order.DailyWage)} 元。",
            new { file = "orders.csv", row = new { order_id = order.Id.Value }, to = new { daily_wage = Text(wage) } });
    }

    private RemedyIdea? Level() => order.MinLevel <= 1 ? null : Idea(
        $"Take {order.Skill} at level {order.MinLevel - 1}.", $"接受 {order.MinLevel - 1} 级 {order.Skill}。",
        new { file = "orders.csv", row = new { order_id = order.Id.Value }, to = new { min_level = Text(order.MinLevel - 1) } });

    private RemedyIdea? Ride()
    {
        int site = c.OrderSite[c.Season.Orders.IndexOf(order)];
        int[] rides =
        [
            .. heads.Villages(Obstacle.Lodging).Select(v => c.Travel.MinVillageSite[(v.Village * c.Sites) + site])
                .Where(m => m > c.MaxRide).Order(),
        ];
        return rides.Length == 0 ? null : Idea(
            $"{rides[0] - c.MaxRide} more minutes of ride.", $"乘车时间上限放宽 {rides[0] - c.MaxRide} 分钟。",
            new { file = "season.json", to = new { transport = new { maxRideMinutes = rides[0] } } });
    }

    private RemedyIdea? MutualHelp()
    {
        ILookup<HouseholdId, Worker> members = _season.Workers.Where(w => w.Household is not null).ToLookup(w => w.Household!.Value);
        HouseholdDuty[] duties = [.. _season.HouseholdDuties.Where(d => d.Window.Contains(date) && d.Group is null)];
        HouseholdDuty? tight = duties.Where(d => members[d.Household].Any(w => heads.IsKeptHome(w)))
            .MinBy(d => members[d.Household].Count() - d.KeepHome);
        HouseholdDuty? loose = tight is null ? null : duties.Where(d => d.Household != tight.Household && members[d.Household].Count() > d.KeepHome
                && members[d.Household].First().Village == members[tight.Household].First().Village)
            .MaxBy(d => members[d.Household].Count() - d.KeepHome);
        if (tight is null || loose is null)
        {
            return null;
        }

        string group = Fresh("HELP", name => _season.HouseholdDuties.Any(d => d.Group?.Value == name));
        return Idea(
            $"A mutual-help group of households {tight.Household} and {loose.Household}.", $"农户 {tight.Household} 与 {loose.Household} 结成互助组。",
            Row(tight, group), Row(loose, group));
    }

    private static object Row(HouseholdDuty duty, string group) => new
    {
        file = "households.csv",
        row = new Dictionary<string, string> { ["household_id"] = duty.Household.Value, ["from"] = duty.Window.From is { } from ? Day(from) : "" },
        to = new { mutual_help_group = group },
    };

    private RemedyIdea Beds()
    {
        Site site = _season.SiteById[order.Site];
        return Idea(
            $"{missing} more beds at {site.Id}.", $"用工点 {site.Id} 增加 {missing} 张床。",
            new { file = "sites.csv", row = new { site_id = site.Id.Value }, to = new { beds = Text(site.Beds + missing) } });
    }

    private RemedyIdea? Round()
    {
        PickingRound? round = _season.Rounds.FirstOrDefault(r => r.Order == order.Id && r.Window.Contains(date));
        return round is null ? null : Idea(
            $"{missing} more worker-days in the picking round.", $"本茬增加 {missing} 个工日。",
            new { file = "rounds.csv", row = new { order_id = order.Id.Value, from = Day(round.From) }, to = new { worker_days = Text(round.WorkerDays + missing) } });
    }

    private static RemedyIdea Idea(string english, string chinese, params object[] changes) => new(english, chinese, JsonSerializer.Serialize(changes));

    private static string Fresh(string stem, Func<string, bool> taken)
    {
        int number = 1;
        while (taken(stem + Text(number)))
        {
            number++;
        }

        return stem + Text(number);
    }

    private static string Text(decimal number) => number.ToString("0.##########", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
