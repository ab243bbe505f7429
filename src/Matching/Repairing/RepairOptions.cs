using Matching.Model;

namespace Matching.Repairing;

/// <summary>How a plan is repaired. Immutable.</summary>
public sealed record RepairOptions
{
    /// <summary>Wall-clock seconds for the whole repair, more than 0. Default 2.</summary>
    public double Seconds { get; init; } = 2;

    /// <summary>Seed of every random choice. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>The first day that may change; days before it are done. Null: all may.</summary>
    public DateOnly? Now { get; init; }

    /// <summary>The time of <see cref="Now"/>: once a vehicle of that day has left, the day counts as done. Null: before anybody leaves.</summary>
    public TimeOnly? Time { get; init; }

    /// <summary>Last day on which nothing moves but what a change makes illegal. Null: none.</summary>
    public DateOnly? FreezeUntil { get; init; }

    /// <summary>
    /// How dear it is to change what people have been told, 0 or more: 1 stands for <see cref="PersonTax"/>,
    /// <see cref="CrewTax"/> and <see cref="TripTax"/> CNY, up to twice as much the nearer the day. Default 1.
    /// </summary>
    public double Stay { get; init; } = 1;

    /// <summary>CNY that a gain must bring to be worth telling one person of one day.</summary>
    public double PersonTax { get; init; } = 12;

    /// <summary>CNY that a gain must bring to be worth opening, closing or moving an engagement.</summary>
    public double CrewTax { get; init; } = 40;

    /// <summary>CNY that a gain must bring to be worth another run of one vehicle's morning.</summary>
    public double TripTax { get; init; } = 15;

    /// <summary>Order-days that may be filled beyond what the plan filled.</summary>
    internal IReadOnlyCollection<(OrderId Order, DateOnly Date)> Focus { get; init; } = [];

    /// <summary>Whether nothing at all may be filled beyond what the plan filled but <see cref="Focus"/>, whatever the changes offer.</summary>
    internal bool FocusOnly { get; init; }

    /// <summary>Whether the whole plan is improved, not only around what was hit: a warm start.</summary>
    internal bool Everywhere { get; init; }

    /// <summary>Seconds of search after loading and filling, whatever those took; null: what <see cref="Seconds"/> leaves.</summary>
    internal double? SearchSeconds { get; init; }

    /// <summary>Most tries in a row without a gain.</summary>
    internal int Patience { get; init; } = 300;

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        if (!(Seconds > 0) || double.IsInfinity(Seconds))
        {
            throw new ArgumentOutOfRangeException(nameof(Seconds), Seconds, "The seconds of a repair must be a positive number.");
        }

        foreach ((string name, double value) in new[] { (nameof(Stay), Stay), (nameof(PersonTax), PersonTax), (nameof(CrewTax), CrewTax), (nameof(TripTax), TripTax) })
        {
            if (!(value >= 0) || double.IsInfinity(value))
            {
                throw new ArgumentOutOfRangeException(name, value, "A tax on changes must be 0 or more.");
            }
        }
    }
}
