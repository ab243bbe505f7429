using Matching.Model;

namespace Matching.Rules;

/// <summary>What a filled worker-day counts for: the late factor of rounds and the reach of agreements.</summary>
public static class DemandRules
{
    /// <summary>max(0, 1 − late_loss × days since the round's own first day); the day lies in the round.</summary>
    public static decimal LateFactor(PickingRound round, DateOnly day) =>
        Math.Max(0m, 1m - (round.LateLoss * (day.DayNumber - round.From.DayNumber)));

    /// <summary>Whether the agreement counts work at that site.</summary>
    public static bool Buys(Season season, Agreement agreement, Site site) => agreement.BuyerKind == BuyerKind.Employer
        ? string.Equals(site.Employer, agreement.Buyer, StringComparison.Ordinal)
        : season.LiesIn(site.Id, new PlaceId(agreement.Buyer));

    /// <summary>Whether the agreement counts a member of that village in a crew led by that broker.</summary>
    public static bool Supplies(Season season, Agreement agreement, PlaceId village, BrokerId leader) =>
        agreement.SupplierKind == SupplierKind.Broker
            ? string.Equals(leader.Value, agreement.Supplier, StringComparison.Ordinal)
            : season.LiesIn(village, new PlaceId(agreement.Supplier));
}
