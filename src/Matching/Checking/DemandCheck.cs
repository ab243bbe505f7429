using System.Collections.Immutable;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rules D1 to D3, and what they count: shortages and the worker-days each agreement has got.</summary>
internal sealed class DemandCheck(Ledger ledger, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;

    /// <summary>Worker-days delivered by agreement, in the season's order.</summary>
    public long[] Delivered { get; } = new long[ledger.Index.Season.Agreements.Length];

    public void Run()
    {
        for (int order = 0; order < _season.Orders.Length; order++)
        {
            if (ledger.Filled[order] is { } filled)
            {
                CheckDays(order, filled);
                CheckRounds(order, filled);
            }
        }

        CheckAgreements();
    }

    public ImmutableArray<Shortage> Shortages()
    {
        ImmutableArray<Shortage>.Builder shortages = ImmutableArray.CreateBuilder<Shortage>();
        for (int order = 0; order < _season.Orders.Length; order++)
        {
            if (_index.Target[order] is not { } target)
            {
                continue;
            }

            for (int day = 0; day < _index.Days; day++)
            {
                int filled = ledger.FilledOn(order, day);
                if (filled < target[day])
                {
                    shortages.Add(new Shortage(
                        _season.Orders[order].Id, _season.Day(day), _index.Required[order]![day], target[day], filled));
                }
            }
        }

        return shortages.ToImmutable();
    }

    private void CheckDays(int number, int[] filled)
    {
        Order order = _season.Orders[number];
        DayWindow[] closed = _index.SitesOut[_index.OrderSite[number]];
        for (int day = 0; day < filled.Length; day++)
        {
            if (filled[day] == 0)
            {
                continue;
            }

            DateOnly date = _season.Day(day);
            int target = _index.Target[number] is { } targets ? targets[day] : 0;
            if (filled[day] > target)
            {
                findings.Add(RuleCode.D1, date, CrewWording.AboveTarget(order, date, filled[day], target), order.Id.Value);
            }

            if (SeasonIndex.Holds(closed, date))
            {
                findings.Add(
                    RuleCode.D1, date, CrewWording.SiteAbsent(order, date, filled[day]), order.Id.Value, order.Site.Value);
            }
        }
    }

    private void CheckRounds(int order, int[] filled)
    {
        foreach (PickingRound round in _index.Rounds[order] ?? [])
        {
            (int first, int last) = _index.Clip(round.Window);
            long sum = 0;
            int passedOn = -1;
            for (int day = first; day <= last; day++)
            {
                sum += filled[day];
                if (sum > round.WorkerDays && passedOn < 0)
                {
                    passedOn = day;
                }
            }

            if (passedOn >= 0)
            {
                findings.Add(RuleCode.D2, _season.Day(passedOn), CrewWording.AboveRound(round, sum), round.Order.Value);
            }
        }
    }

    private void CheckAgreements()
    {
        int[] start = FirstGroups();
        long[] onDay = new long[_index.Days];
        for (int i = 0; i < _season.Agreements.Length; i++)
        {
            Agreement agreement = _season.Agreements[i];
            Array.Clear(onDay);
            (int first, int last) = _index.Clip(agreement.Window);
            bool[] buys = _index.Buys(i);
            for (int crew = 0; crew < ledger.Crews.Length; crew++)
            {
                if (buys[ledger.CrewSite[crew]] && MayCount(agreement, crew))
                {
                    Count(agreement, ledger.Groups.AsSpan(start[crew]..start[crew + 1]), first, last, onDay);
                }
            }

            long elsewhere = ledger.Scope?.DeliveredElsewhere is { Length: > 0 } others ? others[i] : 0;
            Delivered[i] = onDay.Sum() + elsewhere;
            if (agreement.MaxDays is { } most && Delivered[i] > most)
            {
                DateOnly passedOn = PassedOn(onDay, most - elsewhere);
                findings.Add(RuleCode.D3, passedOn, CrewWording.AboveAgreement(agreement, Delivered[i]), agreement.Id.Value);
            }
        }
    }

    private bool MayCount(Agreement agreement, int crew) =>
        agreement.SupplierKind == SupplierKind.Place
        || string.Equals(ledger.Crews[crew].Broker.Value, agreement.Supplier, StringComparison.Ordinal);

    private void Count(Agreement agreement, ReadOnlySpan<Group> groups, int first, int last, long[] onDay)
    {
        int area = agreement.SupplierKind == SupplierKind.Place ? _index.Places[new PlaceId(agreement.Supplier)] : -1;
        foreach (Group group in groups)
        {
            if (group.Day >= first && group.Day <= last && (area < 0 || _index.LiesIn(group.Village, area)))
            {
                onDay[group.Day] += group.Members;
            }
        }
    }

    // The groups are sorted by crew, so each crew's lie between two entries.
    private int[] FirstGroups()
    {
        int[] start = new int[ledger.Crews.Length + 1];
        foreach (Group group in ledger.Groups)
        {
            start[group.Crew + 1]++;
        }

        for (int i = 1; i < start.Length; i++)
        {
            start[i] += start[i - 1];
        }

        return start;
    }

    private DateOnly PassedOn(long[] onDay, long most)
    {
        long sum = 0;
        int day = 0;
        while (day < onDay.Length && (sum += onDay[day]) <= most)
        {
            day++;
        }

        return _season.Day(Math.Min(day, onDay.Length - 1));
    }
}
