using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Generating;

/// <summary>Figures of a season that say how much work there is and how much people can give.</summary>
public static class SeasonMeasures
{
    /// <summary>
    /// Worker-days that can be used: an order's targets, those on days of a round counted up to the round's worker-days.
    /// </summary>
    public static long UsefulDemand(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        ILookup<OrderId, PickingRound> rounds = season.Rounds.ToLookup(r => r.Order);
        long total = 0;
        foreach (IGrouping<OrderId, DailyDemand> demand in season.Demand.GroupBy(d => d.Order))
        {
            foreach (IGrouping<PickingRound?, DailyDemand> part in demand.GroupBy(d => rounds[demand.Key].FirstOrDefault(r => r.Window.Contains(d.Date))))
            {
                long targets = part.Sum(d => (long)d.Target);
                total += part.Key is { } round ? Math.Min(targets, round.WorkerDays) : targets;
            }
        }

        return total;
    }

    /// <summary>
    /// Worker-days that people can give in all: per worker whom at least one order suits and reaches (by road in time or by
    /// lodging), the most days that availability, absences, farm duty shared in the household, the days in a row and hours
    /// in 7 days, and the worker's own limit allow. Brokers, seats and beds are not asked.
    /// </summary>
    public static long LabourSupply(Season season) => LabourByWorker(season).Sum(d => (long)d);

    /// <summary>The addends of <see cref="LabourSupply"/>, in the order of the season's workers.</summary>
    internal static int[] LabourByWorker(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        int[] days = new int[season.Workers.Length];
        int[] perWeek = [.. season.Orders.Select(o => (int)Math.Min(7, Math.Floor(season.Work.MaxHoursPer7Days / o.Hours)))];
        if (perWeek.Length == 0)
        {
            return days;
        }

        // Orders of 8 hours leave six days a week, those of 10 only five: a blend of both.
        int low = (int)Math.Floor(perWeek.Average());
        double high = perWeek.Average() - low;
        AbsenceIndex absences = new(season);
        Dictionary<HouseholdId, List<(int Worker, int Rank)>> households = [];
        Dictionary<PlaceId, bool[]> reach = [];
        bool[] open = new bool[season.DayCount];
        ILookup<HouseholdId, HouseholdDuty> duties = season.HouseholdDuties.ToLookup(d => d.Household);
        ILookup<WorkerId, PlaceId> refusals = season.Refusals.ToLookup(r => r.Worker, r => r.Site);
        Dictionary<HouseholdId, int> rank = [];
        Dictionary<HouseholdId, int> size = [];
        foreach (Worker worker in season.Workers)
        {
            if (worker.Household is { } household)
            {
                size[household] = size.GetValueOrDefault(household) + 1;
            }
        }

        for (int w = 0; w < days.Length; w++)
        {
            Worker worker = season.Workers[w];
            int place = 0;
            int members = 1;
            if (worker.Household is { } household)
            {
                place = rank.GetValueOrDefault(household);
                rank[household] = place + 1;
                members = size[household];
            }

            if (!reach.TryGetValue(worker.Village, out bool[]? reachable))
            {
                reachable = Reachable(season, worker.Village);
                reach.Add(worker.Village, reachable);
            }

            if (!HasWork(season, worker, reachable, refusals))
            {
                continue;
            }

            DateOnly ofAge = WorkerRules.Reaches(worker.BirthDate, season.Work.MinAge);
            for (int d = 0; d < open.Length; d++)
            {
                DateOnly day = season.Day(d);
                open[d] = day >= ofAge && WorkerRules.IsAvailable(worker, day) && !absences.IsOut(AbsenceKind.Worker, worker.Id.Value, day);
            }

            if (worker.Household is { } home)
            {
                foreach (HouseholdDuty duty in duties[home])
                {
                    KeepHome(season, duty, place, members, open);
                }
            }

            double most = MostDays(open, low, season.Work.MaxConsecutiveDays);
            if (high > 0)
            {
                most += high * (MostDays(open, low + 1, season.Work.MaxConsecutiveDays) - most);
            }

            days[w] = Math.Min(worker.MaxDays ?? int.MaxValue, (int)Math.Round(most));
        }

        return days;
    }

    /// <summary>
    /// Minutes from the village to the site when one may ride there in time for the order, else null: the ride is short
    /// enough and does not begin before the earliest departure.
    /// </summary>
    internal static int? Ride(Season season, PlaceId village, Order order)
    {
        int fromEarliest = (int)(order.StartTime - season.Transport.EarliestDeparture).TotalMinutes;
        return order.StartTime > season.Transport.EarliestDeparture && season.TravelTable.TryGet(village, order.Site, out int minutes, out _)
            && minutes <= Math.Min(season.Transport.MaxRideMinutes, fromEarliest) ? minutes : null;
    }

    private static bool[] Reachable(Season season, PlaceId village) =>
        [.. season.Orders.Select(o => o.Lodging != LodgingRule.Only && Ride(season, village, o) is not null)];

    private static bool HasWork(Season season, Worker worker, bool[] reachable, ILookup<WorkerId, PlaceId> refusals)
    {
        for (int o = 0; o < season.Orders.Length; o++)
        {
            Order order = season.Orders[o];
            bool rides = reachable[o] && WorkerRules.IsOldEnough(worker, order, CrewMode.Commute, season.End, season.Work);
            bool stays = order.Lodging != LodgingRule.No && worker.LodgingOk
                && WorkerRules.IsOldEnough(worker, order, CrewMode.Lodge, season.End, season.Work);
            if ((rides || stays) && WorkerRules.Suits(worker, order, season.SiteById[order.Site]) && !refusals[worker.Id].Contains(order.Site))
            {
                return true;
            }
        }

        return false;
    }

    // The members take turns at home, a day each.
    private static void KeepHome(Season season, HouseholdDuty duty, int place, int members, bool[] open)
    {
        int keep = Math.Min(duty.KeepHome, members);
        int from = Math.Max(0, duty.Window.From is { } first ? season.DayIndex(first) : 0);
        int to = Math.Min(open.Length - 1, duty.Window.To is { } last ? season.DayIndex(last) : open.Length - 1);
        for (int d = from; d <= to; d++)
        {
            if ((place + d) % members < keep)
            {
                open[d] = false;
            }
        }
    }

    // Taking each open day as early as the limits allow is best: every limit is on a stretch of days that only moves on.
    private static int MostDays(bool[] open, int perWeek, int inRow)
    {
        int total = 0;
        int row = 0;
        int week = 0;
        Span<bool> worked = open.Length <= 4096 ? stackalloc bool[open.Length] : new bool[open.Length];
        for (int d = 0; d < open.Length; d++)
        {
            if (d >= 7 && worked[d - 7])
            {
                week--;
            }

            bool works = open[d] && week < perWeek && row < inRow;
            worked[d] = works;
            row = works ? row + 1 : 0;
            if (works)
            {
                week++;
                total++;
            }
        }

        return total;
    }
}
