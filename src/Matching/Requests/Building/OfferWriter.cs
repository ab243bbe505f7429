using System.Collections.Immutable;
using System.Globalization;
using Matching.Model;
using Matching.Plans;
using Matching.Requests.State;

namespace Matching.Requests.Building;

/// <summary>Writes a draft as an offer: ids instead of positions, what it is worth, and why.</summary>
internal static class OfferWriter
{
    public static Offer Write(DispatchState state, BidPrices bids, Draft draft)
    {
        Ground g = state.G;
        Worth change = Valuation.Change(state, draft, 1);
        decimal net = Valuation.Sum(state.Worth, change).Rounded().NetValue - state.Worth.Rounded().NetValue;
        decimal displaced = Displaced(g, bids, draft);
        return new Offer
        {
            Broker = g.Season.Brokers[draft.Broker].Id,
            Order = g.Season.Orders[draft.Order].Id,
            From = g.Season.Day(draft.From),
            To = g.Season.Day(draft.To),
            Mode = draft.Lodge ? CrewMode.Lodge : CrewMode.Commute,
            Members = Members(g, draft),
            Trips = [.. draft.Rides.OrderBy(r => r.Day).ThenBy(r => r.Run.Departs).Select(r => Ride(g, draft, r))],
            NetValue = net,
            Displaced = displaced,
            Reasons = Reasons(g, draft, change, displaced),
        };
    }

    private static decimal Displaced(Ground g, BidPrices bids, Draft draft)
    {
        double sum = 0;
        int site = g.C.OrderSite[draft.Order];
        for (int d = draft.From; d <= draft.To; d++)
        {
            sum += bids.Lead(draft.Broker, d);
        }

        foreach (DraftMember member in draft.Members)
        {
            int size = g.C.Units[member.Unit].Size;
            sum += bids.Person(member.Unit) * size * member.Days.Length;
            if (draft.Lodge)
            {
                for (int d = member.Days[0]; d <= member.Days[^1]; d++)
                {
                    sum += bids.Bed(site, d) * size;
                }
            }
            else
            {
                foreach (int d in member.Days)
                {
                    sum += bids.Seat(d) * size;
                }
            }
        }

        return Math.Round((decimal)Math.Max(0, sum), 2, MidpointRounding.AwayFromZero);
    }

    private static ImmutableArray<MemberDays> Members(Ground g, Draft draft)
    {
        var members = ImmutableArray.CreateBuilder<MemberDays>();
        foreach (DraftMember member in draft.Members)
        {
            ImmutableArray<DateOnly> dates = [.. member.Days.Select(g.Season.Day)];
            foreach (int w in g.C.Units[member.Unit].Members)
            {
                members.Add(new MemberDays(g.Season.Workers[w].Id, dates));
            }
        }

        return members.DrainToImmutable();
    }

    private static CrewRide Ride(Ground g, Draft draft, DraftRide ride)
    {
        Run run = ride.Run;
        ImmutableArray<TripStop> published = run.Published ? g.PublishedTrips[run.Id].Stops : [];
        PlaceId any = g.Season.Places[ride.Lifts[0].Village].Id;
        var stops = ImmutableArray.CreateBuilder<RideStop>();
        for (int i = 0; i < run.Places.Length; i++)
        {
            int seq = run.Published ? published[i].Seq : i + 1;
            PlaceId place = g.Season.Places[run.Places[i]].Id;
            TimeOnly arrives = At(run.Arrives[i]);
            int before = stops.Count;
            foreach (Lift lift in ride.Lifts)
            {
                if (lift.BoardAt == i || lift.AlightAt == i)
                {
                    stops.Add(new RideStop(
                        seq, place, arrives, g.Season.Places[lift.Village].Id,
                        lift.BoardAt == i ? lift.Count : 0, lift.AlightAt == i ? lift.Count : 0));
                }
            }

            if (stops.Count == before)
            {
                stops.Add(new RideStop(seq, place, arrives, any, 0, 0));
            }
        }

        return new CrewRide(
            g.Season.Day(ride.Day), g.Season.Vehicles[ride.Vehicle].Id, ride.IsNew ? null : run.Id, At(run.Departs), stops.DrainToImmutable());
    }

    private static ImmutableArray<string> Reasons(Ground g, Draft draft, Worth change, decimal displaced)
    {
        int days = 0;
        int own = 0;
        foreach (DraftMember member in draft.Members)
        {
            days += member.Days.Length * g.C.Units[member.Unit].Size;
            own += g.C.Units[member.Unit].OwnBroker.Count(b => b == draft.Broker || b < 0);
        }

        var reasons = ImmutableArray.CreateBuilder<string>();
        reasons.Add(Say($"{days} worker-days bring {change.RequiredValue:0.00} within required and {change.TargetValue:0.00} beyond it."));
        if (draft.Lodge)
        {
            reasons.Add(Say($"The crew lodges: coaches cost {-change.Coaches:0.00} and no seats are taken."));
        }
        else
        {
            int joined = draft.Rides.Where(r => !r.IsNew).Sum(r => r.Lifts.Sum(l => l.Count));
            int carried = draft.Rides.Sum(r => r.Lifts.Sum(l => l.Count));
            reasons.Add(Say($"{joined} of {carried} seats are free on trips that run already; new trips cost {-change.Vehicles:0.00}."));
        }

        reasons.Add(Say($"Leading costs {-(change.Brokers + change.Starts + change.Joins):0.00}; {own} members have no other broker of their own."));
        if (change.Agreements != 0 || change.WorkShare != 0)
        {
            reasons.Add(Say($"Agreements and work shares gain {change.Agreements + change.WorkShare:0.00}."));
        }

        reasons.Add(Say($"Its people, seats, beds and broker-days are expected to earn {displaced:0.00} otherwise."));
        return reasons.DrainToImmutable();
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static TimeOnly At(int minute) => new(minute / 60, minute % 60);
}
