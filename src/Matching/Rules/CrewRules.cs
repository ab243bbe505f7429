using Matching.Model;
using Matching.Plans;

namespace Matching.Rules;

/// <summary>What a broker and an order allow a crew to be: rules C1 to C4, asked of one broker, order and day.</summary>
public static class CrewRules
{
    /// <summary>C1: the members a crew of that broker at that order has on a day; empty (Min &gt; Max) when the two cannot work together.</summary>
    public static (int Min, int Max) SizeRange(Order order, Broker broker) =>
        (Math.Max(order.CrewMin, broker.CrewMin), Math.Min(order.CrewMax, broker.CrewMax));

    /// <summary>C2: whether the order asks for experienced members: both the level and the share are given.</summary>
    public static bool AsksExperience(Order order) => order.ExperiencedLevel is not null && order.ExperiencedShare is not null;

    /// <summary>C2: ⌈share × members⌉ in exact decimals; 0 when the order does not ask.</summary>
    public static int ExperiencedNeeded(Order order, int members) =>
        AsksExperience(order) ? (int)Math.Ceiling(order.ExperiencedShare!.Value * members) : 0;

    /// <summary>C3: whether the broker is certified and available on the day. Absences are asked apart.</summary>
    public static bool MayLead(Broker broker, DateOnly day) =>
        broker.CertificateUntil is { } until && day <= until && broker.Availability.Contains(day);

    /// <summary>C4: whether a crew of the order may work in that mode.</summary>
    public static bool AllowsMode(Order order, CrewMode mode) =>
        mode == CrewMode.Commute ? order.Lodging != LodgingRule.Only : order.Lodging != LodgingRule.No;
}
