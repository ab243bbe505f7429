using Matching.Planning.Compiled;
using Matching.Requests.State;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>Why the last prospect could not be built.</summary>
internal sealed partial class DraftBuilder
{
    private const int MostLookedAt = 400;

    /// <summary>Names the rules that kept people, seats or days from the last crew that failed.</summary>
    public void Explain(RefusalLog log)
    {
        int[] villages = g.VillagesByPrice(_p.Broker, _p.Order) is { Length: > 0 } suited ? suited : g.C.AreaVillages[_p.Broker];
        IEnumerable<int> people = _wish.Among ?? villages.SelectMany(v => g.C.UnitsOfVillage[v]).Take(MostLookedAt);
        foreach (int unit in people)
        {
            if (!_memberDays.ContainsKey(unit))
            {
                ExplainUnit(unit, log);
            }
        }

        string order = g.Season.Orders[_p.Order].Id.Value;
        string broker = g.Season.Brokers[_p.Broker].Id.Value;
        for (int i = 0; i < _length; i++)
        {
            if (_count[i] < _min)
            {
                log.Close(RuleCode.C1, $"A crew of broker {broker} at order {order} reaches {_count[i]} of at least {_min} members on {g.Season.Day(_from + i):yyyy-MM-dd}.", broker, order);
                break;
            }
        }

        for (int i = 0; i < _length; i++)
        {
            if (_count[i] >= _min && !IsLegalDay(i))
            {
                log.Close(RuleCode.C2, $"Too few experienced people are free for order {order} on {g.Season.Day(_from + i):yyyy-MM-dd}.", order);
                break;
            }
        }

        if (_stranded)
        {
            log.Close(RuleCode.T1, $"No vehicle has seats and time for the people of broker {broker} to order {order}.", broker, order);
        }
    }

    private void ExplainUnit(int unit, RefusalLog log)
    {
        Unit u = g.C.Units[unit];
        string id = g.Season.Workers[u.Members[0]].Id.Value;
        if (!g.C.Kinds[u.Kind].Suits(_p.Order))
        {
            log.Close(RuleCode.W3, $"Worker {id} does not suit order {g.Season.Orders[_p.Order].Id}: skill, wage, site, tags or needs.", id);
            return;
        }

        if (_wish.MinLevel > 0 && g.LevelOf(unit, _p.Order) < _wish.MinLevel)
        {
            log.Close(RuleCode.W3, $"Worker {id} has a lower level than the {_wish.MinLevel} asked for.", id);
            return;
        }

        if (!g.Suits(unit, _p.Broker, _p.Order, _p.Lodge))
        {
            bool lodging = _p.Lodge && !u.LodgingOk;
            log.Close(lodging ? RuleCode.C4 : RuleCode.C3, lodging ? $"Worker {id} does not lodge." : $"Worker {id} lives outside the area of broker {g.Season.Brokers[_p.Broker].Id}.", id);
            return;
        }

        bool adult = _p.Lodge || g.Season.Orders[_p.Order].AdultOnly;
        int[]? row = _state.Rows[unit];
        for (int i = 0; i < _length; i++)
        {
            int d = _from + i;
            if (!u.Available[d] || (row is not null && row[d] != 0))
            {
                log.Close(RuleCode.W1, $"Worker {id} is away or works elsewhere on {g.Season.Day(d):yyyy-MM-dd}.", id);
            }
            else if (adult && d < u.AdultFrom)
            {
                log.Close(RuleCode.W2, $"Worker {id} is too young on {g.Season.Day(d):yyyy-MM-dd}.", id);
            }
            else if (!_state.IsOpen(unit, d))
            {
                log.Close(RuleCode.W4, $"Worker {id} needs rest, or has worked their days, on {g.Season.Day(d):yyyy-MM-dd}.", id);
            }
            else if (!HomeAllows(u, d))
            {
                log.Close(RuleCode.H1, $"Worker {id} is needed at home on {g.Season.Day(d):yyyy-MM-dd}.", id);
            }
            else if (!TiesAllow(u, d))
            {
                log.Close(RuleCode.H2, $"Worker {id} is tied to somebody who works elsewhere, or may not meet a member.", id);
            }
            else if (!AgreementsAllow(u, d, 0))
            {
                log.Close(RuleCode.D3, $"An agreement has no days left for worker {id}.", id);
            }
            else
            {
                bool reached = true;
                bool inTime = true;
                foreach ((int village, _) in u.Homes)
                {
                    reached &= _p.Lodge || !double.IsPositiveInfinity(g.Seats[village, _p.Order]) || SpareOf(village)[i] > 0;
                    int ride = g.C.Travel.MinVillageSite[(village * g.C.Sites) + g.C.OrderSite[_p.Order]];
                    inTime &= ride <= g.C.MaxRide && g.C.Earliest + ride <= g.C.StartMinute[_p.Order];
                }

                if (!reached)
                {
                    log.Close(
                        inTime ? RuleCode.T1 : RuleCode.T4,
                        $"{(inTime ? "No vehicle can bring worker" : "Nobody can ride in time from the village of worker")} {id} to order {g.Season.Orders[_p.Order].Id}.", id);
                }
                else if (!ExperienceAllows(unit, u.Size, i))
                {
                    log.Close(RuleCode.C2, $"Worker {id} would leave too few experienced members on {g.Season.Day(d):yyyy-MM-dd}.", id);
                }
                else
                {
                    continue;
                }
            }

            break;
        }
    }
}
