using System.Collections.Immutable;

namespace Matching.Planning.Transport;

/// <summary>People who ride one morning from one village to one site. Groups may be split over vehicles.</summary>
/// <param name="Village">Place where they board, an index of the <see cref="TravelGrid"/>.</param>
/// <param name="Site">Place where they alight.</param>
/// <param name="LatestArrival">Latest minute of the day to arrive at the site: the order's start of work.</param>
/// <param name="Count">How many they are, at least 1.</param>
public readonly record struct Passengers(int Village, int Site, int LatestArrival, int Count);

/// <summary>A vehicle that can run that morning.</summary>
/// <param name="Depot">Place where it stands, an index of the <see cref="TravelGrid"/>.</param>
/// <param name="Seats">Seats without the driver's, at least 1.</param>
/// <param name="CostPerDay">CNY when it has at least one trip.</param>
/// <param name="CostPerKm">CNY per kilometre; the evening doubles the morning's kilometres.</param>
public readonly record struct TransportVehicle(int Depot, int Seats, double CostPerDay, double CostPerKm);

/// <summary>Minutes and kilometres between all places of a task. The arrays are not copied: leave them alone.</summary>
public sealed class TravelGrid
{
    /// <summary>A grid of <paramref name="places"/> × <paramref name="places"/> legs, row by row: the leg from a to b is at a × places + b.</summary>
    /// <exception cref="ArgumentException">An array has another length, or a leg is negative.</exception>
    public TravelGrid(int places, int[] minutes, double[] km)
    {
        ArgumentNullException.ThrowIfNull(minutes);
        ArgumentNullException.ThrowIfNull(km);
        if (minutes.Length != places * places || km.Length != places * places)
        {
            throw new ArgumentException($"A grid of {places} places needs {places * places} legs, not {minutes.Length} minutes and {km.Length} km.");
        }

        if (Array.Exists(minutes, m => m < 0) || Array.Exists(km, k => !(k >= 0)))
        {
            throw new ArgumentException("Minutes and kilometres of a leg must be 0 or more.");
        }

        (Places, MinuteTable, KmTable) = (places, minutes, km);
    }

    /// <summary>Number of places.</summary>
    public int Places { get; }

    internal int[] MinuteTable { get; }

    internal double[] KmTable { get; }

    /// <summary>Whole minutes of a leg.</summary>
    public int Minutes(int from, int to) => MinuteTable[(from * Places) + to];

    /// <summary>Kilometres of a leg.</summary>
    public double Km(int from, int to) => KmTable[(from * Places) + to];
}

/// <summary>
/// One morning's transport: who rides where, with what. The rules are T1 to T5 of the contract: seats, longest ride, earliest
/// departure, start of work, minutes per stop, trips of a vehicle one after another, driving minutes per day. Immutable.
/// </summary>
public sealed record TransportTask
{
    /// <summary>Who rides; several entries of the same village and site may stand beside one another.</summary>
    public required ImmutableArray<Passengers> Passengers { get; init; }

    /// <summary>The vehicles that may be used.</summary>
    public required ImmutableArray<TransportVehicle> Vehicles { get; init; }

    /// <summary>Ways between the places.</summary>
    public required TravelGrid Travel { get; init; }

    /// <summary>Minutes a stop takes. Default 3.</summary>
    public int StopMinutes { get; init; } = 3;

    /// <summary>First minute of the day at which a trip may leave its first stop. Default 270, that is 04:30.</summary>
    public int EarliestDeparture { get; init; } = 270;

    /// <summary>Longest ride in minutes, from leaving the village to arriving at the site. Default 90.</summary>
    public int MaxRideMinutes { get; init; } = 90;

    /// <summary>Most driving minutes of a vehicle and day, morning and evening together. Default 480.</summary>
    public int MaxDriveMinutesPerDay { get; init; } = 480;

    /// <summary>Throws when a number is out of range or names a place that is not in the grid.</summary>
    /// <exception cref="ArgumentException">The message says what and where.</exception>
    public void Validate()
    {
        for (int i = 0; i < Passengers.Length; i++)
        {
            Passengers p = Passengers[i];
            if (p.Count < 1)
            {
                throw new ArgumentException($"Passengers {i} are {p.Count}; there must be at least 1.");
            }

            if ((uint)p.Village >= (uint)Travel.Places || (uint)p.Site >= (uint)Travel.Places || p.Village == p.Site)
            {
                throw new ArgumentException($"Passengers {i} ride from place {p.Village} to place {p.Site}; both must be different places of the grid (0 to {Travel.Places - 1}).");
            }
        }

        for (int k = 0; k < Vehicles.Length; k++)
        {
            TransportVehicle v = Vehicles[k];
            if (v.Seats < 1 || !(v.CostPerDay >= 0) || !(v.CostPerKm >= 0) || (uint)v.Depot >= (uint)Travel.Places)
            {
                throw new ArgumentException($"Vehicle {k} must have seats, costs of 0 or more and a depot in the grid: {v}.");
            }
        }

        if (StopMinutes < 0 || EarliestDeparture is < 0 or >= 1440 || MaxRideMinutes < 0 || MaxDriveMinutesPerDay < 0)
        {
            throw new ArgumentException("Minutes of stops, rides and driving must be 0 or more, the earliest departure a minute of the day.");
        }
    }
}
