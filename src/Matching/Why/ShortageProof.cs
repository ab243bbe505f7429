using System.Collections.Immutable;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Plans;
using Matching.Why.Shortages;

namespace Matching.Why;

/// <summary>
/// Finds order-days that no plan can fill together, and recounts such a proof. Minimum cuts of what could go where propose the
/// order-days; what can reach them is then counted from the season alone, and only what that count proves is told. Thread-safe.
/// </summary>
public static class ShortageProof
{
    /// <summary>The certificates of a season beside what a plan leaves unfilled.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">A plan of it; <see cref="Plan.Empty"/> where none is asked about.</param>
    /// <param name="level">Whether what is required or the target is proven out of reach.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static ShortageAnswer Find(
        Season season, Plan plan, DemandLevel level = DemandLevel.Required, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        var count = new SupplyCount(season);
        Dictionary<CrewId, OrderId> orderOf = plan.Crews.ToDictionary(c => c.Id, c => c.Order);
        var filled = new Dictionary<(OrderId, DateOnly), int>();
        foreach (WorkerDay day in plan.WorkerDays.Distinct())
        {
            (OrderId, DateOnly) key = (orderOf[day.Crew], day.Date);
            filled[key] = filled.GetValueOrDefault(key) + 1;
        }

        long MissingOn(WantedDay day) => Math.Max(0, day.Wanted - filled.GetValueOrDefault((day.Order, day.Date)));
        var found = new List<ShortageCertificate>();
        var counted = new HashSet<string>(StringComparer.Ordinal);
        foreach ((ShortageResource resource, ImmutableArray<WantedDay> days) in new ShortageSearch(new CompiledSeason(season), level, cancellationToken).Suspects())
        {
            // Cuts of people and of leaders often propose the same.
            if (counted.Add($"{resource} {string.Join(' ', days)}") && count.Certify(resource, level, days) is { Shortfall: > 0 } certificate)
            {
                found.Add(certificate);
            }
        }

        WantedDay[] open = [.. season.Demand.Where(d => count.IsOpen(d.Order, d.Date)).Select(d => new WantedDay(d.Order, d.Date, SupplyCount.Of(d, level)))];
        ShortageCertificate[] sorted =
        [
            .. found.Where(c => SaysMore(c, found)).OrderByDescending(c => c.Shortfall).ThenBy(c => c.From).ThenBy(c => c.To).ThenBy(c => c.OrderDays[0].Order.Value, StringComparer.Ordinal),
        ];
        return new ShortageAnswer
        {
            Level = level,
            Wanted = open.Sum(d => (long)d.Wanted),
            Missing = open.Sum(MissingOn),
            Proven = Apart(sorted),
            Certificates = [.. sorted.Select(c => (c, c.OrderDays.Sum(MissingOn)))],
        };
    }

    /// <summary>Recounts a certificate from the season: whether it holds as it is written.</summary>
    /// <param name="season">The season.</param>
    /// <param name="certificate">The certificate.</param>
    public static bool Verify(Season season, ShortageCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(certificate);
        var wanted = season.Demand.ToDictionary(d => (d.Order, d.Date), d => SupplyCount.Of(d, certificate.Level));
        var count = new SupplyCount(season);
        return certificate.Shortfall > 0
            && certificate.OrderDays.Select(d => (d.Order, d.Date)).Distinct().Count() == certificate.OrderDays.Length
            && certificate.OrderDays.All(d => wanted.GetValueOrDefault((d.Order, d.Date)) == d.Wanted && count.IsOpen(d.Order, d.Date))
            && count.Certify(certificate.Resource, certificate.Level, certificate.OrderDays) is { } again
            && again.KeptHome == certificate.KeptHome && again.Supplies.SequenceEqual(certificate.Supplies);
    }

    /// <summary>Whether a certificate of several days proves more than those of single days do within it.</summary>
    private static bool SaysMore(ShortageCertificate certificate, List<ShortageCertificate> all)
    {
        if (certificate.From == certificate.To)
        {
            return true;
        }

        HashSet<WantedDay> mine = [.. certificate.OrderDays];
        return certificate.Shortfall > Apart(all.Where(c => c.From == c.To && c.OrderDays.All(mine.Contains)).OrderByDescending(c => c.Shortfall));
    }

    /// <summary>The sum of shortfalls, largest first, that share no order-day.</summary>
    private static long Apart(IEnumerable<ShortageCertificate> sorted)
    {
        var taken = new HashSet<(OrderId, DateOnly)>();
        long proven = 0;
        foreach (ShortageCertificate certificate in sorted)
        {
            if (!certificate.OrderDays.Any(d => taken.Contains((d.Order, d.Date))))
            {
                taken.UnionWith(certificate.OrderDays.Select(d => (d.Order, d.Date)));
                proven += certificate.Shortfall;
            }
        }

        return proven;
    }
}
