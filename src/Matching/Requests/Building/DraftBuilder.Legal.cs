using Matching.Planning.Compiled;
using Matching.Requests.State;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>What the rules allow to be added to the crew being built.</summary>
internal sealed partial class DraftBuilder
{
    /// <summary>C2 with the unit in the crew.</summary>
    private bool ExperienceAllows(int unit, int size, int i) =>
        _experienced[i] + g.ExperiencedIn(unit, _p.Order) >= g.ExperiencedNeeded(_p.Order, _count[i] + size);

    /// <summary>Whether a full crew would need more experience on the day, and the unit brings some.</summary>
    private bool BringsExperience(int unit, int i) =>
        g.ExperiencedIn(unit, _p.Order) > 0 && _experienced[i] < g.ExperiencedNeeded(_p.Order, _most[i]);

    private bool HomeAllows(Unit u, int day)
    {
        foreach ((int household, int count) in u.Duties)
        {
            int pool = g.C.DutyPool[household]![day];
            if (pool < 0)
            {
                continue;
            }

            // Members of two households may share one pool of a mutual-help group.
            int leaving = count + _poolUse.GetValueOrDefault(pool);
            foreach ((int other, int otherCount) in u.Duties)
            {
                leaving += other != household && g.C.DutyPool[other]![day] == pool ? otherCount : 0;
            }

            if (_state.PoolLeft[pool] < leaving)
            {
                return false;
            }
        }

        return true;
    }

    private bool TiesAllow(Unit u, int day)
    {
        foreach (int other in u.Apart)
        {
            if (_memberDays.TryGetValue(other, out List<int>? days) && days.Contains(day))
            {
                return false;
            }
        }

        foreach (int other in u.SameSite)
        {
            if (_state.Rows[other] is { } row && row[day] > 0 && g.C.OrderSite[row[day] - 1] != g.C.OrderSite[_p.Order])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>D3, counting as many days of the unit as could be picked up to this one.</summary>
    private bool AgreementsAllow(Unit u, int day, int daysBefore)
    {
        foreach (int a in g.C.MostsOfOrder[_p.Order])
        {
            CompiledAgreement agreement = g.C.Agreements[a];
            if (Counted(agreement, u, day) is int people and > 0
                && _state.Delivered[a] + _agreementUse.GetValueOrDefault(a) + (people * (daysBefore + 1)) > agreement.MaxDays)
            {
                return false;
            }
        }

        return true;
    }

    private int Counted(CompiledAgreement agreement, Unit u, int day)
    {
        int people = 0;
        foreach ((int village, int count) in u.Homes)
        {
            people += agreement.Counts(village, _p.Broker, day) ? count : 0;
        }

        return people;
    }
}
