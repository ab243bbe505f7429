using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>The drawn people.</summary>
/// <param name="Workers">All workers, by village.</param>
/// <param name="Households">Members of each household, as positions in <paramref name="Workers"/>; neighbours follow each other.</param>
internal sealed record People(ImmutableArray<Worker> Workers, ImmutableArray<(HouseholdId Id, int Village, ImmutableArray<int> Members)> Households);

/// <summary>Draws the workers: names, ages, skills, wishes and when they are available.</summary>
internal static class PeopleDraw
{
    private static readonly double[] HouseholdSizes = [0.35, 0.37, 0.18, 0.10];
    private static readonly double[] Levels = [0.20, 0.25, 0.30, 0.18, 0.07];

    /// <summary>All workers and their households.</summary>
    public static People Draw(Setting setting, ImmutableArray<Broker> brokers)
    {
        SeededRandom random = setting.Random("people");
        var workers = ImmutableArray.CreateBuilder<Worker>(setting.Sizes.Workers);
        var households = ImmutableArray.CreateBuilder<(HouseholdId, int, ImmutableArray<int>)>();
        int digits = Math.Max(5, setting.Sizes.Workers.ToString(System.Globalization.CultureInfo.InvariantCulture).Length);
        ILookup<PlaceId, Broker> byArea = brokers.ToLookup(b => b.Area);

        for (int v = 0; v < setting.Map.Villages.Length; v++)
        {
            Spot village = setting.Map.Villages[v];
            TownshipSpot township = setting.Map.Townships[village.Township];
            Broker[] own = [.. byArea[village.Id]];
            Broker[] wider = [.. byArea[township.Id], .. byArea[Geography.Counties[township.County]]];
            bool far = LiesFar(setting, village);
            int left = setting.WorkersByVillage[v];
            while (left > 0)
            {
                int size = Math.Min(left, random.PickIndex(HouseholdSizes) + 1);
                left -= size;
                HouseholdId household = new(Geography.Numbered("H", households.Count + 1, digits));

                // Of those who live alone some are on no list of households.
                bool listed = size > 1 || random.Chance(0.8);
                string surname = NameTables.Surname(random);
                var members = ImmutableArray.CreateBuilder<int>(size);

                // Members of a household follow the same broker.
                BrokerId? broker = DrawBroker(random, own, wider);
                for (int m = 0; m < size; m++)
                {
                    members.Add(workers.Count);
                    workers.Add(DrawOne(setting, random, Geography.Numbered("W", workers.Count + 1, digits), village, township.Name, far, surname) with
                    {
                        Household = listed ? household : null,
                        Broker = broker,
                    });
                }

                if (listed)
                {
                    households.Add((household, v, members.MoveToImmutable()));
                }
            }
        }

        return new(workers.MoveToImmutable(), households.ToImmutable());
    }

    private static BrokerId? DrawBroker(SeededRandom random, Broker[] own, Broker[] wider)
    {
        double kind = random.NextUnit();
        Broker[] from = own.Length > 0 && kind < 0.82 ? own : kind < 0.94 ? wider : [];
        if (from.Length == 0)
        {
            return null;
        }

        // People gather around those who may lead.
        Broker picked = random.Pick(from);
        return (picked.CertificateUntil is null && random.Chance(0.8) ? random.Pick(from) : picked).Id;
    }

    private static Worker DrawOne(Setting setting, SeededRandom random, string id, Spot village, string township, bool far, string surname)
    {
        bool woman = random.Chance(0.80);
        ImmutableArray<string> tags = DrawTags(random);
        int? maxDays = random.Chance(0.80) ? Scaled(setting, random.Triangular(15, 45, 60)) : null;
        int targetDays = random.Chance(0.60) ? Math.Min(maxDays ?? int.MaxValue, Scaled(setting, random.Triangular(12, 40, 55))) : 0;
        double lodging = setting.Options.Profile == SeasonProfile.Lodge ? 0.6 : far ? 0.45 : 0.32;
        return new()
        {
            Id = new(id),
            Name = (random.Chance(0.6) ? surname : NameTables.Surname(random)) + NameTables.GivenName(random, woman),
            Village = village.Id,
            BirthDate = DrawBirth(setting, random),
            Sex = woman ? "F" : "M",
            MinDailyWage = random.Chance(0.35) ? random.Chance(0.95) ? random.NextStep(100, 160, 5) : random.NextStep(165, 195, 5) : null,
            MaxDays = maxDays,
            TargetDays = targetDays,
            TargetWeight = targetDays > 0 ? random.Next(4, 24) * 0.5m : 0m,
            LodgingOk = random.Chance(lodging),
            Tags = tags,
            Needs = DrawNeeds(random),
            Skills = DrawSkills(random, township, tags),
            Availability = DrawAvailability(setting, random),
        };
    }

    // People who can ride to little are readier to stay.
    private static bool LiesFar(Setting setting, Spot village) =>
        setting.Map.Sites.Count(s => s.Kind == "goji" && Geography.Minutes(village, s) <= 70) < (setting.Map.Sites.Length + 9) / 10;

    private static int Scaled(Setting setting, double days) => Math.Clamp((int)Math.Round(days * setting.SeasonShare), 1, setting.Days);

    private static DateOnly DrawBirth(Setting setting, SeededRandom random)
    {
        double kind = random.NextUnit();
        int days = random.Next(0, 364);

        // 45 to 66 mostly; a few of 16 and 17, of whom some come of age (16 or 18) during the season.
        int years = kind < 0.75 ? random.Next(45, 66) : kind < 0.973 ? random.Next(18, 44) : kind < 0.997 ? random.Next(16, 17) : 15;
        DateOnly birth = setting.Start.AddYears(-years).AddDays(-days);
        return years == 15 ? setting.Start.AddYears(-16).AddDays(random.Next(1, setting.Days)) : birth;
    }

    private static ImmutableArray<string> DrawTags(SeededRandom random)
    {
        List<string> tags = [];
        Add(random, tags, "driver", 0.09);
        Add(random, tags, "health-card", 0.35);
        Add(random, tags, "first-aid", 0.03);
        return [.. tags];
    }

    private static ImmutableArray<string> DrawNeeds(SeededRandom random)
    {
        List<string> needs = [];
        Add(random, needs, "halal-canteen", 0.58);
        Add(random, needs, "shade", 0.04);
        return [.. needs];
    }

    private static void Add(SeededRandom random, List<string> items, string item, double probability)
    {
        if (random.Chance(probability))
        {
            items.Add(item);
        }
    }

    private static ImmutableArray<SkillLevel> DrawSkills(SeededRandom random, string township, ImmutableArray<string> tags)
    {
        List<SkillLevel> skills = [new(Skills.Picking, random.PickIndex(Levels) + 1)];
        double daylily = township is "太阳山镇" ? 0.75 : township is "柳泉乡" ? 0.45 : 0.12;
        Add(Skills.Daylily, daylily);
        Add(Skills.Vineyard, township is "红寺堡镇" or "新庄集乡" or "柳泉乡" ? 0.25 : 0.08);
        Add(Skills.Sorting, tags.Contains("health-card") ? 0.65 : 0.10);
        Add(Skills.Hauling, tags.Contains("driver") ? 0.80 : 0.03);
        return [.. skills];

        void Add(Skill skill, double probability)
        {
            if (random.Chance(probability))
            {
                skills.Add(new(skill, random.PickIndex(Levels) + 1));
            }
        }
    }

    private static ImmutableArray<DayWindow> DrawAvailability(Setting setting, SeededRandom random)
    {
        if (!random.Chance(0.35))
        {
            return [];
        }

        int days = setting.Days;
        int gap = random.Next(1, Math.Max(1, days / 4));
        switch (random.Next(0, 4))
        {
            case 0:
                return [new(setting.Day(Math.Min(gap, days - 1)), null)];
            case 1:
                return [new(null, setting.End.AddDays(-Math.Min(gap, days - 1)))];
            case 2:
                return [new(setting.Day(Math.Min(gap / 2, days - 1)), setting.End.AddDays(-(gap / 3)))];
            default:
                // Away for a while in between: a wedding, the hospital, the harvest elsewhere.
                int away = random.Next(0, Math.Max(0, days - gap - 1));
                return away == 0
                    ? [new(setting.Day(Math.Min(gap, days - 1)), setting.End)]
                    : [new(setting.Start, setting.Day(away - 1)), new(setting.Day(Math.Min(away + gap, days - 1)), setting.End)];
        }
    }
}
