using System.Globalization;
using System.Text.Json;
using Matching.Changes;
using Matching.Model;
using Matching.Plans;

namespace Matching.SeasonSuite.Operations;

/// <summary>Draws what can happen on a morning: a bus is out, people of one village stay away, it rains at two sites, an order wants more.</summary>
internal sealed class MorningDraw
{
    private const int Absent = 12;
    private const int More = 30;
    private readonly Season _season;
    private readonly Random _random;
    private readonly Dictionary<CrewId, OrderId> _orderOf;
    private readonly Dictionary<OrderId, PlaceId> _siteOf;
    private readonly Dictionary<WorkerId, PlaceId> _villageOf;
    private readonly ILookup<DateOnly, WorkerDay> _daysOn;
    private readonly ILookup<DateOnly, Trip> _tripsOn;

    public MorningDraw(Season season, Plan plan, int seed)
    {
        (_season, _random) = (season, new Random(seed));
        _orderOf = plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        _siteOf = season.Orders.ToDictionary(o => o.Id, o => o.Site);
        _villageOf = season.Workers.ToDictionary(w => w.Id, w => w.Village);
        _daysOn = plan.WorkerDays.ToLookup(w => w.Date);
        _tripsOn = plan.Trips.ToLookup(t => t.Date);
    }

    /// <summary>A day in the middle of the plan and the season with its events.</summary>
    public (DateOnly Day, Season Changed) Next()
    {
        DateOnly[] days = [.. _daysOn.Select(g => g.Key).Order()];
        DateOnly day = days[_random.Next(days.Length / 5, days.Length - (days.Length / 5))];
        WorkerDay[] working = [.. _daysOn[day]];
        Trip[] trips = [.. _tripsOn[day]];
        List<object> changes = [];
        if (trips.Length > 0)
        {
            changes.Add(Out("vehicle", trips[_random.Next(trips.Length)].Vehicle.Value, day));
        }

        PlaceId village = _villageOf[working[_random.Next(working.Length)].Worker];
        changes.AddRange(working.Where(w => _villageOf[w.Worker] == village).Take(Absent).Select(w => Out("worker", w.Worker.Value, day)));
        PlaceId[] sites = [.. working.Select(w => _siteOf[_orderOf[w.Crew]]).Distinct().OrderBy(s => s.Value, StringComparer.Ordinal)];
        _random.Shuffle(sites);
        changes.AddRange(sites.Take(2).Select(s => Out("site", s.Value, day)));
        DailyDemand[] wanted = [.. _season.Demand.Where(d => d.Date == day && !sites.Take(2).Contains(_siteOf[d.Order]))];
        if (wanted.Length > 0)
        {
            DailyDemand more = wanted[_random.Next(wanted.Length)];
            changes.Add(new
            {
                file = "demand.csv",
                row = new { order_id = more.Order.Value, date = Text(day) },
                to = new { required = Text(more.Required + More), target = Text(more.Target + More) },
            });
        }

        return (day, ChangeSet.Apply(_season, JsonSerializer.Serialize(changes)).OrThrow());
    }

    private static object Out(string kind, string id, DateOnly day) =>
        new { file = "absences.csv", add = new { kind, id, from = Text(day), to = Text(day) } };

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
