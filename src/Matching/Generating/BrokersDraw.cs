using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Draws the brokers: two thirds certified, most of them for one village, some for a township, few for a county.</summary>
internal static class BrokersDraw
{
    /// <summary>The brokers, numbered by area.</summary>
    public static ImmutableArray<Broker> Draw(Setting setting)
    {
        SeededRandom random = setting.Random("brokers");
        int all = setting.Sizes.Brokers;
        int certified = Math.Max(1, (int)Math.Round(all * 2 / 3.0));

        List<(int Rank, PlaceId Area, bool Certified)> areas =
            [.. Areas(setting, certified).Select(a => (a.Rank, a.Area, true)), .. Areas(setting, all - certified).Select(a => (a.Rank, a.Area, false))];
        int lapsing = certified >= 8 ? Math.Max(1, (int)Math.Round(certified * 0.05)) : 0;
        HashSet<int> lapses = [];
        while (lapses.Count < lapsing)
        {
            lapses.Add(random.Next(0, certified - 1));
        }

        // Few brokers for many people lead larger crews.
        double perBroker = setting.Sizes.Workers * 0.6 / certified;
        var brokers = ImmutableArray.CreateBuilder<Broker>(all);
        foreach ((int index, (int _, PlaceId area, bool isCertified)) in areas.Index().OrderBy(a => a.Item.Rank).ThenBy(a => a.Index).ToArray())
        {
            brokers.Add(DrawOne(setting, random, brokers.Count + 1, area, isCertified, isCertified && lapses.Contains(index), perBroker));
        }

        return brokers.MoveToImmutable();
    }

    private static Broker DrawOne(Setting setting, SeededRandom random, int number, PlaceId area, bool certified, bool lapses, double perBroker)
    {
        int least = Math.Min(random.Next(8, 15), Math.Max(1, (int)Math.Round(setting.Sizes.OrderDay * 0.25)));
        double kind = random.NextUnit();
        int most = kind < 0.70 ? random.Next(30, 50) : kind < 0.92 ? random.Next(50, 80) : random.Next(80, 150);
        most = Math.Clamp(Math.Max(most, (int)Math.Min(150, perBroker * 1.3)), least, 150);
        int fee = Math.Clamp((most * 4) + random.NextStep(-30, 150, 10), 150, 800) / 10 * 10;
        DateOnly? until = null;
        if (certified)
        {
            until = lapses && setting.Days > 1
                ? setting.Day(random.Next(setting.Days / 3, setting.Days - 2 < setting.Days / 3 ? setting.Days / 3 : setting.Days - 2))
                : random.Pick((DateOnly[])[new(2026, 12, 31), new(2027, 6, 30), new(2027, 12, 31), new(2028, 12, 31)]);
            until = !lapses && until < setting.End ? setting.End.AddDays(random.Next(0, 400)) : until;
        }

        DayWindow availability = default;
        if (random.Chance(0.10) && setting.Days >= 5)
        {
            int gap = random.Next(1, Math.Max(1, setting.Days / 5));
            availability = random.Chance(0.5) ? new(setting.Day(gap), null) : new(null, setting.End.AddDays(-gap));
        }

        bool woman = random.Chance(0.3);
        return new()
        {
            Id = new(Geography.Numbered("B", number, 3)),
            Name = NameTables.Surname(random) + NameTables.GivenName(random, woman),
            Area = area,
            CertificateUntil = until,
            CrewMin = least,
            CrewMax = most,
            DailyFee = fee,
            Availability = availability,
        };
    }

    private static IEnumerable<(int Rank, PlaceId Area)> Areas(Setting setting, int count)
    {
        Geography map = setting.Map;
        int villages = map.Villages.Length;
        bool enough = count >= villages * 1.2;
        int counties = count == 0 ? 0 : Math.Max(1, (int)Math.Round(count * (enough ? 0.04 : 0.2)));
        int townships = Math.Min(count - counties, (int)Math.Round(count * (enough ? 0.16 : 0.4)));
        int[] byVillage = Spread(count - counties - townships, setting.WorkersByVillage);

        // Townships and counties first take care of villages without a broker of their own.
        double[] byTownship = new double[map.Townships.Length];
        double[] byCounty = new double[Geography.Counties.Length];
        for (int v = 0; v < villages; v++)
        {
            double people = setting.WorkersByVillage[v] * (byVillage[v] > 0 ? 0.3 : 1);
            byTownship[map.Villages[v].Township] += people;
            byCounty[map.Townships[map.Villages[v].Township].County] += people;
        }

        int[] perTownship = Spread(townships, [.. byTownship.Select(p => (int)(p * 10))]);
        int[] perCounty = Spread(counties, [.. byCounty.Select(p => (int)(p * 10))]);
        return Enumerable.Range(0, villages).SelectMany(v => Enumerable.Repeat((v, map.Villages[v].Id), byVillage[v]))
            .Concat(perTownship.SelectMany((n, t) => Enumerable.Repeat((villages + t, map.Townships[t].Id), n)))
            .Concat(perCounty.SelectMany((n, c) => Enumerable.Repeat((villages + perTownship.Length + c, Geography.Counties[c]), n)));
    }

    // Everyone with people gets one where there are enough, the largest first; the rest goes by people.
    private static int[] Spread(int count, int[] people)
    {
        int[] first = [.. Enumerable.Range(0, people.Length).Where(i => people[i] > 0).OrderByDescending(i => people[i]).ThenBy(i => i).Take(count)];
        int[] shares = Setting.Apportion(count - first.Length, [.. people.Select(p => (double)p)]);
        foreach (int i in first)
        {
            shares[i]++;
        }

        return shares;
    }
}
