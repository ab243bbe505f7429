using System.Numerics;
using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>The exact sums behind the parts of a plan's worth, each a sum of whole products; costs are negative.</summary>
internal sealed class WorthCount
{
    private ExactSum _required;
    private ExactSum _target;
    private ExactSum _vehicles;
    private ExactSum _coaches;
    private ExactSum _brokers;
    private ExactSum _starts;
    private ExactSum _joins;
    private ExactSum _otherBroker;
    private ExactSum _agreements;
    private ExactSum _workShare;
    private bool _vehiclesMeasured;
    private bool _coachesMeasured;

    public WorthCount(Ledger ledger, Fleet fleet, long[] delivered)
    {
        CountValue(ledger);
        CountVehicles(ledger.Index, fleet);
        CountCrews(ledger);
        CountMembers(ledger);
        CountPromises(ledger, delivered);
    }

    /// <summary>The parts, each rounded to cents.</summary>
    public Worth Worth => new(
        _required.ToCents(), _target.ToCents(), _vehicles.ToCents(), _coaches.ToCents(), _brokers.ToCents(), _starts.ToCents(),
        _joins.ToCents(), _otherBroker.ToCents(), _agreements.ToCents(), _workShare.ToCents());

    /// <summary>The parts rounded to cents after a change that took what <paramref name="before"/> counts and gave what <paramref name="after"/> counts.</summary>
    public Worth After(WorthCount before, WorthCount after) => new(
        _required.Changed(before._required, after._required), _target.Changed(before._target, after._target),
        _vehicles.Changed(before._vehicles, after._vehicles), _coaches.Changed(before._coaches, after._coaches),
        _brokers.Changed(before._brokers, after._brokers), _starts.Changed(before._starts, after._starts),
        _joins.Changed(before._joins, after._joins), _otherBroker.Changed(before._otherBroker, after._otherBroker),
        _agreements.Changed(before._agreements, after._agreements), _workShare.Changed(before._workShare, after._workShare));

    /// <summary>The part as it may be rounded too, where great-circle kilometres put it next to half a cent; else null.</summary>
    public decimal? OtherVehicles => _vehiclesMeasured ? _vehicles.OtherWay : null;

    /// <inheritdoc cref="OtherVehicles"/>
    public decimal? OtherCoaches => _coachesMeasured ? _coaches.OtherWay : null;

    /// <summary>Whether a part is too large for a plan's figures.</summary>
    public bool IsBeyondFigures =>
        _required.IsBeyondFigures || _target.IsBeyondFigures || _vehicles.IsBeyondFigures || _coaches.IsBeyondFigures
        || _brokers.IsBeyondFigures || _starts.IsBeyondFigures || _joins.IsBeyondFigures || _otherBroker.IsBeyondFigures
        || _agreements.IsBeyondFigures || _workShare.IsBeyondFigures;

    private void CountValue(Ledger ledger)
    {
        SeasonIndex index = ledger.Index;
        IEnumerable<int> days = ledger.Scope?.Days ?? Enumerable.Range(0, index.Days);
        for (int number = 0; number < index.Season.Orders.Length; number++)
        {
            if (ledger.Filled[number] is not { } filled || index.Target[number] is not { } target)
            {
                continue;
            }

            Order order = index.Season.Orders[number];
            int[] required = index.Required[number]!;
            long within = 0;
            long beyond = 0;
            foreach (int day in days)
            {
                int asked = Math.Min(filled[day], required[day]);
                int more = Math.Min(filled[day], target[day]) - asked;
                within += asked;
                if (more != 0 && index.Rounds[number] is not null)
                {
                    _target.Add(order.ValueTarget, LateFactor(index, number, day), more);
                }
                else
                {
                    beyond += more;
                }
            }

            _required.Add(order.ValueRequired, within);
            _target.Add(order.ValueTarget, beyond);
        }
    }

    private static decimal LateFactor(SeasonIndex index, int order, int day)
    {
        if (index.Rounds[order] is { } rounds)
        {
            DateOnly date = index.Season.Day(day);
            foreach (PickingRound round in rounds)
            {
                if (round.Window.Contains(date))
                {
                    return DemandRules.LateFactor(round, date);
                }
            }
        }

        return 1m;
    }

    private void CountVehicles(SeasonIndex index, Fleet fleet)
    {
        foreach (Morning morning in fleet.Mornings)
        {
            Vehicle vehicle = index.Season.Vehicles[morning.Vehicle];
            _vehicles.Add(vehicle.CostPerDay, -1);
            int at = index.Places[vehicle.Depot];
            foreach (int next in morning.Places)
            {
                if (index.WayBetween(at, next) is { } way)
                {
                    _vehicles.Add(vehicle.CostPerKm, way.Km, -2);
                    _vehiclesMeasured |= !way.Exact;
                }

                at = next;
            }
        }
    }

    private void CountCrews(Ledger ledger)
    {
        CostSettings costs = ledger.Index.Season.Costs;
        for (int crew = 0; crew < ledger.Crews.Length; crew++)
        {
            int days = ledger.Crews[crew].To.DayNumber - ledger.Crews[crew].From.DayNumber + 1;
            _brokers.Add(ledger.Index.Season.Brokers[ledger.CrewBroker[crew]].DailyFee, -Math.Max(0, days));
            _starts.Add(costs.EngagementStart, -1);
        }
    }

    private void CountMembers(Ledger ledger)
    {
        SeasonIndex index = ledger.Index;
        var rides = new Dictionary<(int Village, int Site), long>();
        foreach (Membership part in ledger.Memberships)
        {
            if (ledger.Crews[part.Crew].Mode == CrewMode.Lodge)
            {
                var ride = (index.WorkerVillage[part.Worker], index.SitePlace[ledger.CrewSite[part.Crew]]);
                rides[ride] = rides.GetValueOrDefault(ride) + 1;
            }
        }

        foreach (((int village, int site), long members) in rides)
        {
            if (index.WayBetween(village, site) is { } way)
            {
                _coaches.Add(index.Season.Transport.CoachFarePerKm, way.Km, -2 * (BigInteger)members);
                _coachesMeasured |= !way.Exact;
            }
        }

        _joins.Add(index.Season.Costs.MemberJoin, -ledger.Memberships.Length);
        long led = 0;
        for (int row = 0; row < ledger.RowWorker.Length; row++)
        {
            int own = index.WorkerBroker[ledger.RowWorker[row]];
            if (own >= 0 && own != ledger.CrewBroker[ledger.RowCrew[row]])
            {
                led++;
            }
        }

        _otherBroker.Add(index.Season.Costs.OtherBroker, -led);
    }

    private void CountPromises(Ledger ledger, long[] delivered)
    {
        Season season = ledger.Index.Season;
        for (int i = 0; i < delivered.Length; i++)
        {
            Agreement agreement = season.Agreements[i];
            _agreements.Add(agreement.Penalty, -Math.Max(0, agreement.MinDays - delivered[i]));
        }

        foreach (int number in ledger.Scope?.Workers ?? Enumerable.Range(0, season.Workers.Length))
        {
            Worker worker = season.Workers[number];
            int days = 0;
            (int first, int end) = ledger.RowsOf(number);
            for (int row = first; row < end; row++)
            {
                if (row == first || ledger.RowDay[row] != ledger.RowDay[row - 1])
                {
                    days++;
                }
            }

            _workShare.Add(worker.TargetWeight, -Math.Max(0, worker.TargetDays - days));
        }
    }
}
