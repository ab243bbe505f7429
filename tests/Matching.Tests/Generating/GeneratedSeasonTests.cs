using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using FsCheck.Xunit;
using Matching.Generating;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Generating;

public sealed class GeneratedSeasonTests
{
    [Property(MaxTest = 60)]
    public void Any_odd_combination_gives_a_season_that_keeps_the_contracts_readings(
        long seed, ushort workers, ushort villages, byte brokers, byte sites, byte orders, byte days, byte vehicles, byte profile) =>
        SeasonValidity.AssertValid(SeasonGenerator.Generate(new()
        {
            Workers = 1 + (workers % 300),
            Villages = 1 + (villages % 230),
            Brokers = 1 + (brokers % 40),
            Sites = 1 + (sites % 50),
            Orders = 1 + (orders % 50),
            Days = 1 + (days % 130),
            Vehicles = vehicles % 20,
            Seed = seed,
            Profile = (SeasonProfile)(profile % 5),
        }));

    [Theory]
    [InlineData(1, SeasonProfile.Mixed)]
    [InlineData(10, SeasonProfile.Lodge)]
    [InlineData(60, SeasonProfile.Commute)]
    [InlineData(700, SeasonProfile.Tight)]
    [InlineData(4_000, SeasonProfile.Slack)]
    public void Sizes_left_open_give_a_valid_season(int workers, SeasonProfile profile)
    {
        Season season = SeasonGenerator.Generate(new() { Workers = workers, Profile = profile });
        SeasonValidity.AssertValid(season);
        Assert.Equal(workers, season.Workers.Length);
    }

    [Fact]
    public void Sizes_given_are_kept()
    {
        Season season = SeasonGenerator.Generate(new()
        {
            Workers = 400,
            Villages = 9,
            Brokers = 21,
            Sites = 30,
            Orders = 17,
            Days = 23,
            Vehicles = 11,
            Seed = 5,
            Name = "Trial",
        });
        Assert.Equal(400, season.Workers.Length);
        Assert.Equal(9, season.Places.Count(p => p.Kind == PlaceKind.Village));
        Assert.Equal(21, season.Brokers.Length);
        Assert.Equal(30, season.Sites.Length);
        Assert.Equal(17, season.Orders.Length);
        Assert.Equal(23, season.DayCount);
        Assert.Equal(11, season.Vehicles.Length);
        Assert.Equal("Trial", season.Name);
    }

    [Fact]
    public void The_same_options_give_the_same_season()
    {
        GeneratorOptions options = new() { Workers = 250, Seed = 42 };
        Assert.Equal(Written(SeasonGenerator.Generate(options)), Written(SeasonGenerator.Generate(options)));
    }

    [Fact]
    public void Another_seed_gives_another_season() => Assert.NotEqual(
        Written(SeasonGenerator.Generate(new() { Workers = 250, Seed = 1 })), Written(SeasonGenerator.Generate(new() { Workers = 250, Seed = 2 })));

    [Fact]
    public void A_season_is_the_same_on_every_machine_and_in_every_version() => Assert.Equal(
        "ae37807444c0cb50e442f687da8d41bd64e6c7b4fae86be89fa73d62b98b1c7e",
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Written(SeasonGenerator.Generate(new() { Workers = 300, Seed = 1 }))))));

    [Theory]
    [InlineData(SeasonProfile.Commute, 0.95)]
    [InlineData(SeasonProfile.Mixed, 0.95)]
    [InlineData(SeasonProfile.Lodge, 0.95)]
    [InlineData(SeasonProfile.Tight, 1.30)]
    [InlineData(SeasonProfile.Slack, 0.60)]
    public void Useful_demand_is_the_profiles_share_of_the_labour_supply(SeasonProfile profile, double ratio)
    {
        foreach (int workers in (int[])[120, 1_500])
        {
            Season season = SeasonGenerator.Generate(new() { Workers = workers, Seed = 3, Profile = profile });
            Assert.Equal(ratio, (double)SeasonMeasures.UsefulDemand(season) / SeasonMeasures.LabourSupply(season), 0.01);
        }
    }

    [Fact]
    public void A_workers_limit_and_the_hours_of_a_week_bound_the_labour_supply()
    {
        Season season = SeasonGenerator.Generate(new() { Workers = 500, Days = 21, Seed = 8 });
        int[] labour = SeasonMeasures.LabourByWorker(season);
        Assert.All(season.Workers.Zip(labour), pair => Assert.InRange(pair.Second, 0, Math.Min(18, pair.First.MaxDays ?? 18)));
        Assert.Contains(labour, d => d > 12);
    }

    [Fact]
    public void No_day_wants_far_more_than_the_average_day()
    {
        Season season = SeasonGenerator.Generate(new() { Workers = 3_000, Days = 90, Seed = 4 });
        long[] targets = new long[season.DayCount];
        foreach (DailyDemand demand in season.Demand)
        {
            targets[season.DayIndex(demand.Date)] += demand.Target;
        }

        Assert.InRange(targets.Max() / targets.Average(), 1.0, 1.6);
    }

    [Theory]
    [InlineData(SeasonProfile.Commute)]
    [InlineData(SeasonProfile.Lodge)]
    public void The_fleets_seats_follow_the_commuters_of_the_fullest_day(SeasonProfile profile)
    {
        Season season = SeasonGenerator.Generate(new() { Workers = 2_500, Days = 40, Seed = 6, Profile = profile });
        double[] commuters = new double[season.DayCount];
        ILookup<OrderId, PickingRound> rounds = season.Rounds.ToLookup(r => r.Order);
        foreach (IGrouping<OrderId, DailyDemand> demand in season.Demand.GroupBy(d => d.Order))
        {
            double rides = season.OrderById[demand.Key].Lodging switch { LodgingRule.No => 1, LodgingRule.Allowed => 0.6, _ => 0 };
            foreach (DailyDemand day in demand)
            {
                PickingRound? round = rounds[demand.Key].FirstOrDefault(r => r.Window.Contains(day.Date));
                double all = demand.Where(d => round is not null && round.Window.Contains(d.Date)).Sum(d => d.Target);
                commuters[season.DayIndex(day.Date)] += day.Target * rides * (round is null ? 1 : Math.Min(1, round.WorkerDays / all));
            }
        }

        Assert.InRange(season.Vehicles.Sum(v => v.Seats) / commuters.Max(), 0.8, 1.2);
    }

    [Fact]
    public void A_hundred_thousand_workers_can_be_drawn()
    {
        Season season = SeasonGenerator.Generate(new() { Workers = 100_000, Days = 30, Seed = 1 });
        Assert.Equal(100_000, season.Workers.Length);
        Assert.Equal(0.95, (double)SeasonMeasures.UsefulDemand(season) / SeasonMeasures.LabourSupply(season), 0.01);
    }

    /// <summary>All lists of the season as text.</summary>
    private static string Written(Season season)
    {
        StringBuilder text = new();
        Write(text, season.Name);
        Write(text, season.Start);
        foreach (PropertyInfo list in typeof(Season).GetProperties().Where(p => p.PropertyType.Name.StartsWith("ImmutableArray", StringComparison.Ordinal)))
        {
            text.Append('\n').Append(list.Name);
            Write(text, list.GetValue(season));
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null or string or IFormattable:
                text.Append('|').Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case IEnumerable items:
                foreach (object item in items)
                {
                    text.Append('\n');
                    Write(text, item);
                }

                break;
            default:
                foreach (PropertyInfo property in value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
                {
                    Write(text, property.GetValue(value));
                }

                break;
        }
    }
}
