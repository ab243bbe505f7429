using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>How an order's demand runs through the season.</summary>
internal enum OrderRhythm
{
    /// <summary>Picking rounds.</summary>
    Rounds,

    /// <summary>The waves of picking, asked for day by day.</summary>
    Waves,

    /// <summary>About the same on every working day.</summary>
    Level,
}

/// <summary>An order before its demand: crew sizes are settled once the demand is known.</summary>
/// <param name="Order">The order.</param>
/// <param name="Site">Position of the site on the map.</param>
/// <param name="Weight">Its share of all worker-days, relative to the others.</param>
/// <param name="Rhythm">How its demand runs.</param>
internal sealed record OrderDraft(Order Order, int Site, double Weight, OrderRhythm Rhythm);

/// <summary>Draws the work sites' employers and offers, and the orders.</summary>
internal static class OrdersDraw
{
    /// <summary>Sites without beds yet: those follow the demand.</summary>
    public static ImmutableArray<Site> Sites(Setting setting)
    {
        SeededRandom random = setting.Random("sites");
        HashSet<string> used = [];
        List<string> employers = [];
        var sites = ImmutableArray.CreateBuilder<Site>();
        foreach (Spot spot in setting.Map.Sites)
        {
            // Some employers run several sites.
            if (employers.Count == 0 || !random.Chance(0.15))
            {
                employers.Add(NameTables.Employer(random, setting.Map.Townships[spot.Township].Name, spot.Kind == "goji", used));
            }

            List<string> tags = [];
            Add(tags, "halal-canteen", sites.Count == 0 ? 1 : 0.78);
            Add(tags, "shade", 0.5);
            Add(tags, "clinic", 0.15);
            sites.Add(new(spot.Id, employers[^1], 0, [.. tags]));
        }

        return sites.ToImmutable();

        void Add(List<string> tags, string tag, double probability)
        {
            if (random.Chance(probability))
            {
                tags.Add(tag);
            }
        }
    }

    /// <summary>The orders: one per site, then further ones at the larger sites.</summary>
    public static ImmutableArray<OrderDraft> Draw(Setting setting)
    {
        SeededRandom random = setting.Random("orders");
        Geography map = setting.Map;

        // mu × yield × hired share; the spread is kept below that of all farms, since only larger ones hire through brokers.
        double[] weights = [.. map.Sites.Select(_ => Math.Clamp(random.LogNormal(1, 0.6), 0.4, 4))];
        var drafts = ImmutableArray.CreateBuilder<OrderDraft>(setting.Sizes.Orders);
        for (int i = 0; i < setting.Sizes.Orders; i++)
        {
            bool first = i < map.Sites.Length;
            int site = first ? i : random.PickIndex(weights);
            (Skill skill, double share, OrderRhythm rhythm) = (first, map.Sites[site].Kind) switch
            {
                (true, "goji") => (Skills.Picking, 1.0, random.Chance(0.85) ? OrderRhythm.Rounds : OrderRhythm.Waves),
                (true, "daylily") => (Skills.Daylily, 0.7, OrderRhythm.Waves),
                (true, _) => (Skills.Vineyard, 0.6, OrderRhythm.Level),
                _ => Further(random, i - map.Sites.Length, setting),
            };
            drafts.Add(new(DrawOne(setting, random, i, site, skill), site, weights[site] * share, rhythm));
        }

        return WithEveryLodging(drafts.MoveToImmutable());
    }

    private static (Skill Skill, double Share, OrderRhythm Rhythm) Further(SeededRandom random, int number, Setting setting) => (number % 4) switch
    {
        0 => (Skills.Sorting, 0.25, OrderRhythm.Level),
        1 => (Skills.Picking, 0.6, random.Chance(0.7) ? OrderRhythm.Rounds : OrderRhythm.Waves),
        2 when setting.Sizes.OrderDay >= 20 || number == 2 => (Skills.Hauling, 0.2, OrderRhythm.Level),
        _ => (Skills.Picking, 0.4, OrderRhythm.Rounds),
    };

    private static Order DrawOne(Setting setting, SeededRandom random, int number, int site, Skill skill)
    {
        bool picking = skill == Skills.Picking;
        double ride = MedianRide(setting, site);
        double level = random.NextUnit();
        int wage = (int)Math.Round(random.Triangular(130, 160, 220) / 5) * 5;
        int required = (int)Math.Round(random.Triangular(Math.Max(150, wage * 0.9), 215, 300) / 5) * 5;
        bool experienced = picking && random.Chance(0.35);
        int experiencedLevel = random.Chance(0.75) ? 3 : 4;
        return new()
        {
            Id = new(Geography.Numbered("O", number + 1, 3)),
            Site = setting.Map.Sites[site].Id,
            Skill = skill,
            MinLevel = picking ? (level < 0.70 ? 1 : level < 0.92 ? 2 : 3) : (level < 0.6 ? 1 : 2),
            DailyWage = random.Chance(0.1) ? wage + 0.5m : wage,
            StartTime = DrawStart(random, ride),
            Hours = DrawHours(random),
            CrewMin = 1,
            CrewMax = 1,
            ValueRequired = required,
            ValueTarget = random.NextStep(40, 60, 1) * required / 100m,
            ExperiencedLevel = experienced ? experiencedLevel : null,
            ExperiencedShare = experienced ? random.NextStep(10, experiencedLevel == 3 ? 40 : 20, 5) / 100m : null,
            Needs = skill == Skills.Hauling ? ["driver"] : skill == Skills.Sorting ? ["health-card"] : [],
            AdultOnly = skill == Skills.Hauling || random.Chance(0.22),
            Lodging = DrawLodging(setting, random, ride),
        };
    }

    private static double MedianRide(Setting setting, int site)
    {
        double[] rides = [.. setting.Map.Villages.Select(v => Geography.Minutes(v, setting.Map.Sites[site])).Order()];
        return rides[rides.Length / 2];
    }

    // First light, and later where most people ride for long.
    private static TimeOnly DrawStart(SeededRandom random, double ride)
    {
        double kind = random.NextUnit();
        return ride < 45
            ? kind < 0.35 ? new(5, 30) : kind < 0.80 ? new(6, 0) : new(6, 30)
            : kind < 0.15 ? new(5, 45) : kind < 0.50 ? new(6, 0) : kind < 0.85 ? new(6, 30) : new(7, 0);
    }

    private static decimal DrawHours(SeededRandom random)
    {
        double kind = random.NextUnit();
        return kind < 0.18 ? 8m : kind < 0.28 ? 8.5m : kind < 0.62 ? 9m : kind < 0.75 ? 9.5m : 10m;
    }

    private static LodgingRule DrawLodging(Setting setting, SeededRandom random, double ride)
    {
        (double allowed, double only) = setting.Options.Profile switch
        {
            SeasonProfile.Commute => (0.03, 0.0),
            SeasonProfile.Lodge => (0.50, 0.25),
            _ => (0.22, 0.06),
        };
        double kind = random.NextUnit() * (ride > 75 && setting.Options.Profile != SeasonProfile.Commute ? 0.6 : 1);
        return kind < only ? LodgingRule.Only : kind < only + allowed ? LodgingRule.Allowed : LodgingRule.No;
    }

    // A season of some size has each kind of lodging, so that nothing a plan may meet is missing; commuting ones by a little.
    private static ImmutableArray<OrderDraft> WithEveryLodging(ImmutableArray<OrderDraft> drafts)
    {
        LodgingRule[] wanted = drafts.Length < 8 ? [] : [LodgingRule.Only, LodgingRule.Allowed, LodgingRule.No];
        foreach (LodgingRule rule in wanted)
        {
            if (drafts.Any(d => d.Order.Lodging == rule))
            {
                continue;
            }

            // The smallest picking order whose rule is not the only one of its kind.
            int change = drafts.Index()
                .Where(d => d.Item.Order.Skill == Skills.Picking && drafts.Count(e => e.Order.Lodging == d.Item.Order.Lodging) > 1)
                .OrderBy(d => d.Item.Weight).ThenBy(d => d.Index).Select(d => d.Index).DefaultIfEmpty(-1).First();
            if (change >= 0)
            {
                drafts = drafts.SetItem(change, drafts[change] with { Order = drafts[change].Order with { Lodging = rule } });
            }
        }

        return drafts;
    }
}
