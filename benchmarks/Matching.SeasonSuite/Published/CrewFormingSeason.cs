using Matching.Model;

namespace Matching.SeasonSuite.Published;

/// <summary>
/// Set 3: a facility is a lodging site with one order, a customer a village whose people are chained together, an opened
/// facility needs one of the few foremen, whose coach carries the opening cost.
/// </summary>
internal static class CrewFormingSeason
{
    private const int Foreman = 5;

    public static PublishedInstance Of(string name, CrewFormingText text, decimal? bestKnown)
    {
        int sites = text.Facilities.Count;
        int customers = text.Demands.Count;
        int firstVillage = 1 + sites;
        int foremen = firstVillage + customers;
        decimal value = (2 * (text.Facilities.Max(f => f.Opening) + text.Costs.Max(c => c.Max()))) + 1;
        bool IsSite(int p) => p >= 1 && p < firstVillage;
        (int, decimal) Leg(int a, int b)
        {
            // Coaches go from villages to sites; the way back is not asked for.
            if (!IsSite(b) || a < firstVillage)
            {
                return (0, 0m);
            }

            int site = b - 1;
            return a == foremen
                ? (0, (text.Facilities[site].Opening + value) / 2)
                : (0, Math.Round(text.Costs[site][a - firstVillage] / (2m * text.Demands[a - firstVillage]), 20));
        }

        return new PublishedInstance
        {
            Name = name,
            Set = "sscflp",
            BestKnown = bestKnown,
            Places =
            [
                PublishedInstance.PlaceOf("county", PlaceKind.County),
                .. Enumerable.Range(1, sites).Select(i => PublishedInstance.PlaceOf(FormattableString.Invariant($"site{i}"), PlaceKind.Site)),
                .. Enumerable.Range(1, customers).Select(j => PublishedInstance.PlaceOf(FormattableString.Invariant($"v{j}"), PlaceKind.Village)),
                PublishedInstance.PlaceOf("foremen", PlaceKind.Village),
            ],
            Leg = Leg,
            Orders =
            [
                .. Enumerable.Range(1, sites).Select(i => PublishedInstance.OrderOf(
                    FormattableString.Invariant($"order{i}"), FormattableString.Invariant($"site{i}"), "picking", new(8, 0), value, LodgingRule.Only) with
                {
                    ExperiencedLevel = Foreman,
                    ExperiencedShare = 0.0001m,
                }),
            ],
            Residents = [.. text.Demands.Select((d, j) => new Residents(firstVillage + j, 0, d))],
            Transport = new TransportSettings { CoachFarePerKm = 1 },
            Finish = season => season with
            {
                Workers =
                [
                    .. season.Workers,
                    .. Enumerable.Range(1, sites).Select(i => PublishedInstance.WorkerOf(
                        FormattableString.Invariant($"foreman{i}"), new("foremen"), new("picking"), Foreman)),
                ],
                Pairs =
                [
                    .. season.Workers.GroupBy(w => w.Village).SelectMany(g => g.Zip(g.Skip(1), (a, b) => new WorkerPair(a.Id, b.Id, PairKind.Together))),
                ],
                Sites =
                [
                    .. text.Facilities.Select((f, i) => new Site(new(FormattableString.Invariant($"site{i + 1}")), "published", f.Capacity + 1, [])),
                ],
                Demand =
                [
                    .. text.Facilities.Select((f, i) => new DailyDemand(
                        new(FormattableString.Invariant($"order{i + 1}")), PublishedInstance.Day, f.Capacity + 1, f.Capacity + 1)),
                ],
                Brokers = season.Brokers[..Math.Min(sites, season.Brokers.Length)],
            },
        };
    }
}
