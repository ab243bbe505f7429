using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rule H1: who stays at home on the days of farm duty, alone or pooled in a mutual-help group.</summary>
internal sealed class HouseholdCheck(Ledger ledger, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;
    private readonly long[] _home = new long[ledger.Index.Days];
    private readonly long[] _needed = new long[ledger.Index.Days];
    private readonly int[] _seen = new int[ledger.Index.Days];
    private int _seenBy;

    public void Run()
    {
        if (ledger.Scope is { } scope)
        {
            foreach ((HouseholdDuty[] duties, MutualHelpGroupId? group) in scope.Pools)
            {
                CheckPool(duties, group, scope.Households);
            }

            return;
        }

        Dictionary<HouseholdId, List<int>> members = MembersOf(_season);
        foreach (HouseholdDuty duty in _season.HouseholdDuties.Where(d => d.Group is null))
        {
            CheckPool([duty], null, members);
        }

        foreach (var pool in _season.HouseholdDuties.Where(d => d.Group is not null).GroupBy(d => d.Group!.Value))
        {
            CheckPool([.. pool], pool.Key, members);
        }
    }

    /// <summary>The workers of each household.</summary>
    public static Dictionary<HouseholdId, List<int>> MembersOf(Season season)
    {
        var members = new Dictionary<HouseholdId, List<int>>();
        for (int worker = 0; worker < season.Workers.Length; worker++)
        {
            if (season.Workers[worker].Household is { } household)
            {
                if (!members.TryGetValue(household, out List<int>? list))
                {
                    members.Add(household, list = []);
                }

                list.Add(worker);
            }
        }

        return members;
    }

    private void CheckPool(HouseholdDuty[] duties, MutualHelpGroupId? group, IReadOnlyDictionary<HouseholdId, List<int>> membersOf)
    {
        Array.Clear(_home);
        Array.Clear(_needed);
        foreach (HouseholdDuty duty in duties)
        {
            (int first, int last) = _index.Clip(duty.Window);
            List<int> members = membersOf.GetValueOrDefault(duty.Household) ?? [];
            for (int day = first; day <= last; day++)
            {
                _home[day] += members.Count;
                _needed[day] += Math.Min(duty.KeepHome, members.Count);
            }

            foreach (int member in members)
            {
                SubtractAway(member, first, last);
            }
        }

        for (int day = 0; day < _index.Days; day++)
        {
            if (_home[day] < _needed[day])
            {
                Report(duties, group, _season.Day(day), _home[day], _needed[day]);
            }
        }
    }

    // A day both worked and stayed is one day away, however many crews it is in.
    private void SubtractAway(int worker, int first, int last)
    {
        _seenBy++;
        (int from, int to) = ledger.RowsOf(worker);
        for (int row = from; row < to; row++)
        {
            MarkAway(ledger.RowDay[row], first, last);
        }

        foreach (Membership part in ledger.MembershipsOf(worker))
        {
            if (ledger.Crews[part.Crew].Mode == CrewMode.Lodge)
            {
                for (int day = part.First; day <= part.Last; day++)
                {
                    MarkAway(day, first, last);
                }
            }
        }
    }

    private void MarkAway(int day, int first, int last)
    {
        if (day >= first && day <= last && _seen[day] != _seenBy)
        {
            _seen[day] = _seenBy;
            _home[day]--;
        }
    }

    private void Report(HouseholdDuty[] duties, MutualHelpGroupId? group, DateOnly date, long home, long needed)
    {
        string[] households = [.. duties.Where(d => d.Window.Contains(date))
            .Select(d => d.Household.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (group is { } pooled)
        {
            Text text = PeopleWording.TooFewHomeInGroup(pooled.Value, string.Join(", ", households), date, home, needed);
            findings.Add(RuleCode.H1, date, text, [pooled.Value, .. households]);
        }
        else
        {
            findings.Add(RuleCode.H1, date, PeopleWording.TooFewHome(households[0], date, home, needed), households[0]);
        }
    }
}
