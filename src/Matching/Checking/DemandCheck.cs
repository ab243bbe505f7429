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

    private List<(int Crew, int Start, int End)> CrewsWithGroups { get; } = Spans(ledger.Groups);

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
        Deliver();
        for (int i = 0; i < _season.Agreements.Length; i++)
        {
            Agreement agreement = _season.Agreements[i];
            if (agreement.MaxDays is { } most && Delivered[i] > most)
            {
                long[] onDay = new long[_index.Days];
                Count(i, onDay);
                DateOnly passedOn = PassedOn(onDay, most - Elsewhere(i));
                findings.Add(RuleCode.D3, passedOn, CrewWording.AboveAgreement(agreement, Delivered[i]), agreement.Id.Value);
            }
        }
    }

    /// <summary>Counts what each agreement has got.</summary>
    public long[] Deliver()
    {
        for (int i = 0; i < _season.Agreements.Length; i++)
        {
            Delivered[i] = Elsewhere(i) + Count(i, null);
        }

        return Delivered;
    }

    private long Elsewhere(int agreement) => ledger.Scope?.DeliveredElsewhere is { Length: > 0 } others ? others[agreement] : 0;

    /// <summary>Worker-days of the rows that count for the agreement, added up by day too where that is asked for.</summary>
    private long Count(int number, long[]? onDay)
    {
        Agreement agreement = _season.Agreements[number];
        (int first, int last) = _index.Clip(agreement.Window);
        bool[] buys = _index.Buys(number);
        int area = agreement.SupplierKind == SupplierKind.Place ? _index.Places[new PlaceId(agreement.Supplier)] : -1;
        long sum = 0;
        foreach ((int crew, int start, int end) in CrewsWithGroups)
        {
            if (!buys[ledger.CrewSite[crew]]
                || (area < 0 && !string.Equals(ledger.Crews[crew].Broker.Value, agreement.Supplier, StringComparison.Ordinal)))
            {
                continue;
            }

            foreach (Group group in ledger.Groups.AsSpan(start..end))
            {
                if (group.Day >= first && group.Day <= last && (area < 0 || _index.LiesIn(group.Village, area)))
                {
                    sum += group.Members;
                    if (onDay is not null)
                    {
                        onDay[group.Day] += group.Members;
                    }
                }
            }
        }

        return sum;
    }

    /// <summary>Crews with members, and where their groups stand: these are sorted by crew.</summary>
    private static List<(int Crew, int Start, int End)> Spans(Group[] groups)
    {
        var spans = new List<(int Crew, int Start, int End)>();
        int start = 0;
        for (int i = 1; i <= groups.Length; i++)
        {
            if (i == groups.Length || groups[i].Crew != groups[start].Crew)
            {
                spans.Add((groups[start].Crew, start, i));
                start = i;
            }
        }

        return spans;
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
