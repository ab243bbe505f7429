namespace Matching.Planning.State;

/// <summary>One engagement while it is being planned. Counts are by day, offset by <see cref="From"/>.</summary>
internal sealed class CrewSlot
{
    public required int Broker { get; init; }

    public required int Order { get; init; }

    public required bool Lodge { get; init; }

    /// <summary>Hours of a day's work, in the units of the compiled season.</summary>
    public required long Hours { get; init; }

    public required int Min { get; init; }

    public required int Max { get; init; }

    public int From { get; set; }

    public int To { get; set; }

    /// <summary>Members working, by day.</summary>
    public required int[] Count { get; set; }

    /// <summary>Experienced members working, by day.</summary>
    public required int[] Experienced { get; set; }

    /// <summary>Pinned worker-days in the crew; a crew with pins is not given up.</summary>
    public int Pins { get; set; }

    /// <summary>Units with at least one day in the crew.</summary>
    public List<int> Members { get; private init; } = [];

    /// <summary>The same engagement, to be changed by itself.</summary>
    public CrewSlot Copy() => new()
    {
        Broker = Broker,
        Order = Order,
        Lodge = Lodge,
        Hours = Hours,
        Min = Min,
        Max = Max,
        From = From,
        To = To,
        Count = [.. Count],
        Experienced = [.. Experienced],
        Pins = Pins,
        Members = [.. Members],
    };
}
