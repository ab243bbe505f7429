using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Matching.Model;
using Matching.SeasonSuite.Published;

namespace Matching.Tests.Transport;

/// <summary>A morning drawn at random, small, with everything that can bind: seats, clock, driving, few vehicles.</summary>
public sealed class DrawnMorning
{
    private DrawnMorning(int seed, PublishedInstance instance) => (Seed, Instance) = (seed, instance);

    internal int Seed { get; }

    internal PublishedInstance Instance { get; }

    public override string ToString() => $"seed {Seed}";

    /// <summary>Name this class in <c>[Property(Arbitrary = ...)]</c>.</summary>
    public static Arbitrary<DrawnMorning> Mornings() => Gen.Choose(0, int.MaxValue - 1).Select(Draw).ToArbitrary();

    internal static DrawnMorning Draw(int seed)
    {
        var random = new Random(seed);
        int depots = random.Next(1, 3);
        int sites = random.Next(1, 4);
        int villages = random.Next(1, 7);
        int orders = random.Next(sites, sites + 2);
        int places = 1 + depots + sites + villages;
        int[] minutes = [.. Enumerable.Range(0, places * places).Select(_ => random.Next(0, 40))];
        decimal[] km = [.. Enumerable.Range(0, places * places).Select(_ => random.Next(0, 4000) / 100m)];
        bool free = random.Next(5) == 0;
        return new DrawnMorning(seed, new PublishedInstance
        {
            Name = FormattableString.Invariant($"drawn {seed}"),
            Set = "drawn",
            BestKnown = null,
            Places =
            [
                PublishedInstance.PlaceOf("county", PlaceKind.County),
                .. Enumerable.Range(0, depots).Select(i => PublishedInstance.PlaceOf($"d{i}", PlaceKind.Depot)),
                .. Enumerable.Range(0, sites).Select(i => PublishedInstance.PlaceOf($"s{i}", PlaceKind.Site)),
                .. Enumerable.Range(0, villages).Select(i => PublishedInstance.PlaceOf($"v{i}", PlaceKind.Village)),
            ],
            Leg = (a, b) => (minutes[(a * places) + b], km[(a * places) + b]),
            Orders =
            [
                .. Enumerable.Range(0, orders).Select(o => PublishedInstance.OrderOf(
                    $"o{o}", $"s{(o < sites ? o : random.Next(sites))}", $"skill{o}", TimeOnly.MinValue.AddMinutes(random.Next(300, 540)), 1000m, LodgingRule.No)),
            ],
            Residents =
            [
                .. Enumerable.Range(0, villages).SelectMany(v => Enumerable.Range(0, orders).Where(_ => random.Next(2) == 0)
                    .Select(o => new Residents(1 + depots + sites + v, o, random.Next(1, 8)))),
            ],
            Vehicles =
            [
                .. Enumerable.Range(0, random.Next(1, 7)).Select(k => new Vehicle
                {
                    Id = new($"k{k}"),
                    Depot = new($"d{random.Next(depots)}"),
                    Seats = random.Next(2, 10),
                    CostPerDay = random.Next(0, 3) * 50m,
                    CostPerKm = free ? 0 : random.Next(0, 4) / 2m,
                }),
            ],
            Transport = new TransportSettings
            {
                EarliestDeparture = new(random.Next(3, 6), 0),
                MaxRideMinutes = random.Next(20, 120),
                MaxDriveMinutesPerDay = random.Next(60, 600),
            },
            StopMinutes = random.Next(0, 5),
        });
    }
}
