using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Draws what ties people: farm duty with mutual help, pairs and refusals.</summary>
internal static class TiesDraw
{
    /// <summary>Farm-duty windows; some households have several, some pool theirs with neighbours.</summary>
    public static ImmutableArray<HouseholdDuty> Duties(Setting setting, People people)
    {
        SeededRandom random = setting.Random("duties");
        var duties = ImmutableArray.CreateBuilder<HouseholdDuty>();
        int group = 0;
        int neighbours = 0;
        (int From, int Length)[] shared = [];
        int sharedVillage = -1;
        foreach ((HouseholdId id, int village, ImmutableArray<int> members) in people.Households)
        {
            if (neighbours > 0 && village == sharedVillage)
            {
                neighbours--;
                Add(Jitter(random, shared, setting.Days), new(Geography.Numbered("G", group, 4)));
                continue;
            }

            neighbours = 0;
            if (!random.Chance(0.5))
            {
                continue;
            }

            (int From, int Length)[] windows = Windows(setting, random);
            MutualHelpGroupId? helped = null;
            if (random.Chance(0.08))
            {
                group++;
                helped = new(Geography.Numbered("G", group, 4));
                neighbours = random.Next(2, 4);
                (shared, sharedVillage) = (windows, village);
            }

            Add(windows, helped);

            void Add((int From, int Length)[] spans, MutualHelpGroupId? helpedBy)
            {
                foreach ((int from, int length) in spans)
                {
                    int keep = members.Length >= 3 && random.Chance(0.15) ? 2 : 1;
                    duties.Add(new(id, keep, new(setting.Day(from), setting.Day(from + length - 1)), helpedBy));
                }
            }
        }

        return duties.ToImmutable();
    }

    /// <summary>Couples and friends who go together, parents who want to be at one site, people kept apart.</summary>
    public static ImmutableArray<WorkerPair> Pairs(Setting setting, People people)
    {
        SeededRandom random = setting.Random("pairs");
        ImmutableArray<Worker> workers = people.Workers;
        var pairs = ImmutableArray.CreateBuilder<WorkerPair>();
        bool[] tied = new bool[workers.Length];
        foreach ((HouseholdId _, int _, ImmutableArray<int> members) in people.Households)
        {
            if (members.Length < 2)
            {
                continue;
            }

            double kind = random.NextUnit();
            if (kind < 0.06)
            {
                Tie(members[0], members[1], PairKind.Together);
                if (members.Length > 2 && random.Chance(0.3))
                {
                    // A chain: three who go only as three.
                    pairs.Add(new(workers[members[1]].Id, workers[members[2]].Id, PairKind.Together));
                    tied[members[2]] = true;
                }
            }
            else if (kind < 0.10)
            {
                Tie(members[0], members[1], PairKind.SameSite);
            }
        }

        // Neighbours: a few friends, a few who do not get on.
        int wanted = Math.Max(workers.Length >= 40 ? 1 : 0, workers.Length / 150);
        foreach (PairKind kind in (PairKind[])[PairKind.Together, PairKind.SameSite, PairKind.Apart])
        {
            int missing = wanted;
            for (int attempt = 0; missing > 0 && attempt < 20 * wanted; attempt++)
            {
                int a = random.Next(0, workers.Length - 1);
                int b = Math.Min(workers.Length - 1, a + random.Next(1, 25));
                if (a != b && !tied[a] && !tied[b] && workers[a].Village == workers[b].Village)
                {
                    Tie(a, b, kind);
                    missing--;
                }
            }
        }

        return pairs.ToImmutable();

        void Tie(int a, int b, PairKind kind)
        {
            pairs.Add(new(workers[a].Id, workers[b].Id, kind));
            tied[a] = tied[b] = true;
        }
    }

    /// <summary>Sites some will not go back to.</summary>
    public static ImmutableArray<Refusal> Refusals(Setting setting, People people)
    {
        SeededRandom random = setting.Random("refusals");
        var refusals = ImmutableArray.CreateBuilder<Refusal>();
        foreach (Worker worker in people.Workers)
        {
            if (random.Chance(0.04))
            {
                refusals.Add(new(worker.Id, random.Pick(setting.Map.Sites).Id));
            }
        }

        return refusals.ToImmutable();
    }

    private static (int From, int Length)[] Windows(Setting setting, SeededRandom random)
    {
        // Wheat, maize, sheep: up to three windows of 3 to 10 days in a full season, with a free day between.
        int most = setting.Days >= 60 ? 3 : setting.Days >= 21 ? 2 : 1;
        int count = random.Next(1, most);
        int stretch = setting.Days / count;
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            int length = Math.Min(random.Next(3, 10), Math.Max(1, stretch - 2));
            return (From: (i * stretch) + random.Next(0, Math.Max(0, stretch - length - 1)), length);
        })];
    }

    // Neighbours' windows are near each other but not the same; a shift by one keeps them from overlapping.
    private static (int From, int Length)[] Jitter(SeededRandom random, (int From, int Length)[] windows, int days) =>
        [.. windows.Select(w => w.Length > 2 && random.Chance(0.4) && w.From + w.Length < days ? (w.From + 1, w.Length - 1) : w)];
}
