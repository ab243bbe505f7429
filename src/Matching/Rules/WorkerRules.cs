using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;

namespace Matching.Rules;

/// <summary>What a worker may do on their own account: rules W1, W2 and W3, asked of one worker, day and order.</summary>
public static class WorkerRules
{
    /// <summary>
    /// The day an age is reached: the birthday; 29 February falls on 1 March in common years. An age beyond the calendar's
    /// end gives its last day.
    /// </summary>
    public static DateOnly Reaches(DateOnly birth, int years)
    {
        if (years > DateOnly.MaxValue.Year - birth.Year)
        {
            return DateOnly.MaxValue;
        }

        int year = birth.Year + years;
        return birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, birth.Month, birth.Day);
    }

    /// <summary>W2: whether the worker is old enough on the day for the order in that mode.</summary>
    public static bool IsOldEnough(Worker worker, Order order, CrewMode mode, DateOnly day, WorkSettings work)
    {
        int age = work.MinAge;
        if ((order.AdultOnly || mode == CrewMode.Lodge) && work.AdultAge > age)
        {
            age = work.AdultAge;
        }

        return day >= Reaches(worker.BirthDate, age);
    }

    /// <summary>W4: hours in any 7 days that can bind, at most 168: with one crew a day nobody works more.</summary>
    public static decimal MostHoursPer7Days(WorkSettings work) => Math.Min(work.MaxHoursPer7Days, 7 * 24m);

    /// <summary>W1: whether one of the worker's availability windows holds the day (no window: always). Absences are asked apart.</summary>
    public static bool IsAvailable(Worker worker, DateOnly day)
    {
        if (worker.Availability.IsEmpty)
        {
            return true;
        }

        foreach (DayWindow window in worker.Availability)
        {
            if (window.Contains(day))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>W4: on how many of so many consecutive days somebody may work at most, whoever it is, when each has at least these hours.</summary>
    public static int MostDays(WorkSettings work, int length, decimal hours)
    {
        int inSeven = hours <= 0 ? 7 : (int)Math.Min(7, Math.Floor(work.MaxHoursPer7Days / hours));
        int byHours = (length / 7 * inSeven) + Math.Min(length % 7, inSeven);
        int inRow = Math.Max(0, work.MaxConsecutiveDays);
        int byRow = length - (length / (inRow + 1));
        return Math.Min(byHours, byRow);
    }

    /// <summary>The worker's level in a skill, 0 when the worker does not have it.</summary>
    public static int LevelOf(Worker worker, Skill skill)
    {
        foreach (SkillLevel held in worker.Skills)
        {
            if (held.Skill == skill)
            {
                return held.Level;
            }
        }

        return 0;
    }

    /// <summary>W3 without refusals: skill and level, wage, and what each brings and needs.</summary>
    public static bool Suits(Worker worker, Order order, Site site) =>
        LevelOf(worker, order.Skill) >= order.MinLevel
        && (worker.MinDailyWage is not { } wage || wage <= order.DailyWage)
        && IsCovered(order.Needs, worker.Tags)
        && IsCovered(worker.Needs, site.Tags);

    private static bool IsCovered(ImmutableArray<string> wanted, ImmutableArray<string> offered)
    {
        foreach (string item in wanted)
        {
            if (!offered.Contains(item, StringComparer.Ordinal))
            {
                return false;
            }
        }

        return true;
    }
}
