using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Draws who and what is out: workers, brokers, vehicles and sites.</summary>
internal static class AbsencesDraw
{
    private static readonly string[] WorkerReasons = ["生病", "看病", "走亲戚", "婚礼", "开家长会", "办证"];

    /// <summary>Days of workers known beforehand.</summary>
    public static IEnumerable<Absence> Workers(Setting setting, ImmutableArray<Worker> workers)
    {
        SeededRandom random = setting.Random("worker absences");

        // One or two of 1 to 5 days in a full season: about 3 % of the days, the rest is not known beforehand.
        foreach (Worker worker in workers)
        {
            int count = random.Chance(0.5 * Math.Min(1, setting.SeasonShare + 0.2)) ? random.Chance(0.25 * setting.SeasonShare) ? 2 : 1 : 0;
            for (int i = 0; i < count; i++)
            {
                yield return new(AbsenceKind.Worker, worker.Id.Value, Window(setting, random, 1, 5), random.Chance(0.5) ? random.Pick(WorkerReasons) : null);
            }
        }
    }

    /// <summary>Days of brokers.</summary>
    public static IEnumerable<Absence> Brokers(Setting setting, ImmutableArray<Broker> brokers)
    {
        SeededRandom random = setting.Random("broker absences");
        foreach ((int index, Broker broker) in brokers.Index())
        {
            if (setting.Days >= 5 && (random.Chance(0.15) || IsTheOneAtLeast(index, brokers.Length)))
            {
                yield return new(AbsenceKind.Broker, broker.Id.Value, Window(setting, random, 1, 4), random.Pick((string?[])["培训", "生病", null]));
            }
        }
    }

    /// <summary>Days of vehicles.</summary>
    public static IEnumerable<Absence> Vehicles(Setting setting, ImmutableArray<Vehicle> vehicles)
    {
        SeededRandom random = setting.Random("vehicle absences");
        foreach ((int index, Vehicle vehicle) in vehicles.Index())
        {
            if (setting.Days >= 5 && (random.Chance(0.12) || IsTheOneAtLeast(index, vehicles.Length)))
            {
                yield return new(AbsenceKind.Vehicle, vehicle.Id.Value, Window(setting, random, 1, 3), random.Pick((string[])["检修", "年检"]));
            }
        }
    }

    /// <summary>Days on which sites are closed, mostly after spraying.</summary>
    public static IEnumerable<Absence> Sites(Setting setting, ImmutableArray<Site> sites)
    {
        SeededRandom random = setting.Random("site absences");
        foreach (Site site in sites)
        {
            int count = random.Chance(Math.Min(0.6, setting.Days / 60.0)) && setting.Days >= 3 ? random.Next(1, setting.Days >= 60 ? 3 : 1) : 0;
            for (int i = 0; i < count; i++)
            {
                yield return new(AbsenceKind.Site, site.Id.Value, Window(setting, random, 1, 2), random.Pick((string[])["喷药", "灌水", "大雨"]));
            }
        }
    }

    // Where there are several, one at least is out some time.
    private static bool IsTheOneAtLeast(int index, int count) => count >= 4 && index == count / 2;

    private static DayWindow Window(Setting setting, SeededRandom random, int least, int most)
    {
        int length = Math.Min(random.Next(least, most), Math.Max(1, setting.Days / 4));
        int from = random.Next(0, setting.Days - length);
        return new(setting.Day(from), setting.Day(from + length - 1));
    }
}
