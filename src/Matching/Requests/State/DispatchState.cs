using System.Numerics;
using Matching.Planning.Compiled;
using Matching.Plans;

namespace Matching.Requests.State;

/// <summary>
/// The published plan with all live bookings, by positions. Written only between <see cref="Fork"/> and its publication, by
/// one thread; afterwards immutable and free for any number of readers.
/// </summary>
internal sealed class DispatchState
{
    public readonly Ground G;

    public DispatchState(Ground g, Worth worth)
    {
        CompiledSeason c = g.C;
        G = g;
        Worth = worth;
        Rows = new Pages<int[]?>(c.Units.Length, null);
        Worked = new Pages<int>(c.Units.Length, 0);
        Open = new Pages<ulong>(c.Units.Length * g.Words, 0);
        Filled = new Pages<int>(c.Orders * c.Days, 0);
        RoundFilled = new Pages<int>(c.RoundCap.Length, 0);
        Delivered = new Pages<int>(c.Agreements.Length, 0);
        BedUse = new Pages<int>(c.Sites * c.Days, 0);
        PoolLeft = new Pages<int>(c.PoolSlack);
        OpenHeads = new Pages<int>(c.Villages * c.Days, 0);
        Mornings = new Pages<Morning?>(c.Vehicles * c.Days, null);
        Calls = new Pages<int[]?>(c.Villages * c.Days, null);
        ulong[] leads = new ulong[c.Brokers * g.Words];
        for (int b = 0; b < c.Brokers; b++)
        {
            for (int d = 0; d < c.Days; d++)
            {
                leads[(b * g.Words) + (d >> 6)] |= c.CanLead[(b * c.Days) + d] ? 1UL << (d & 63) : 0;
            }
        }

        Leads = new Pages<ulong>(leads);
    }

    private DispatchState(DispatchState origin)
    {
        G = origin.G;
        Worth = origin.Worth;
        Rows = origin.Rows.Fork();
        Worked = origin.Worked.Fork();
        Open = origin.Open.Fork();
        Leads = origin.Leads.Fork();
        Filled = origin.Filled.Fork();
        RoundFilled = origin.RoundFilled.Fork();
        Delivered = origin.Delivered.Fork();
        BedUse = origin.BedUse.Fork();
        PoolLeft = origin.PoolLeft.Fork();
        OpenHeads = origin.OpenHeads.Fork();
        Mornings = origin.Mornings.Fork();
        Calls = origin.Calls.Fork();
    }

    /// <summary>Days of a unit: order + 1 where it works, −(order + 1) where it rests at the site, 0 at home; null: never away.</summary>
    public Pages<int[]?> Rows { get; }

    public Pages<int> Worked { get; }

    /// <summary>One bit per unit and day: available, at home, rested for the shortest day and within the season limit.</summary>
    public Pages<ulong> Open { get; }

    /// <summary>One bit per broker and day: may lead and does not.</summary>
    public Pages<ulong> Leads { get; }

    public Pages<int> Filled { get; }

    public Pages<int> RoundFilled { get; }

    public Pages<int> Delivered { get; }

    public Pages<int> BedUse { get; }

    public Pages<int> PoolLeft { get; }

    /// <summary>People of a village whose bit in <see cref="Open"/> is set, by village × day.</summary>
    public Pages<int> OpenHeads { get; }

    /// <summary>By day × vehicle.</summary>
    public Pages<Morning?> Mornings { get; }

    /// <summary>Vehicles that stop in a village, by village × day.</summary>
    public Pages<int[]?> Calls { get; }

    /// <summary>Exact worth of the whole, not rounded.</summary>
    public Worth Worth { get; set; }

    public DispatchState Fork() => new(this);

    public Morning? MorningOf(int day, int vehicle) => Mornings[(day * G.C.Vehicles) + vehicle];

    public bool IsOpen(int unit, int day) => (Open[(unit * G.Words) + (day >> 6)] >> (day & 63) & 1) != 0;

    public bool MayLead(int broker, int day) => (Leads[(broker * G.Words) + (day >> 6)] >> (day & 63) & 1) != 0;

    public int BedsLeft(int site, int day) => G.C.Beds[site] - BedUse[(site * G.C.Days) + day];

    /// <summary>Worker-days the order can still take on the day: target, round.</summary>
    public int Room(int order, int day)
    {
        int at = (order * G.C.Days) + day;
        int room = G.C.Target[at] - Filled[at];
        int round = G.C.Round[at];
        return round >= 0 ? Math.Min(room, G.C.RoundCap[round] - RoundFilled[round]) : room;
    }

    /// <summary>The crew's people joining (sign 1) or leaving (sign −1); the worth is kept, legality is asked before.</summary>
    public void Apply(Draft draft, int sign)
    {
        Worth = Valuation.Sum(Worth, Valuation.Change(this, draft, sign));
        foreach ((int day, int vehicle) in draft.Rides.Select(r => (r.Day, r.Vehicle)).Distinct().ToArray())
        {
            SetMorning(day, vehicle, MorningAfter(day, vehicle, draft, sign));
        }

        ApplyCrew(draft, sign);
    }

    /// <summary>As <see cref="Apply"/>, without worth and trips.</summary>
    /// <param name="draft">The crew.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="filling">Whether the state is being filled and nobody else knows it: rows are written in place, open days left to <see cref="RefreshOpen"/>.</param>
    public void ApplyCrew(Draft draft, int sign, bool filling = false)
    {
        CompiledSeason c = G.C;
        for (int d = draft.From; d <= draft.To; d++)
        {
            int word = (draft.Broker * G.Words) + (d >> 6);
            ulong bit = 1UL << (d & 63);
            Leads[word] = sign > 0 ? Leads[word] & ~bit : Leads[word] | bit;
        }

        foreach (int a in c.AgreementsOfOrder[draft.Order])
        {
            Delivered[a] += sign * Valuation.Counted(c, c.Agreements[a], draft);
        }

        foreach (DraftMember member in draft.Members)
        {
            ApplyMember(draft, member, sign, filling);
        }
    }

    /// <summary>The vehicle's morning once the crew's people are on it (sign 1) or off it (sign −1).</summary>
    public Morning? MorningAfter(int day, int vehicle, Draft draft, int sign)
    {
        Morning? morning = MorningOf(day, vehicle);
        foreach (DraftRide ride in draft.Rides)
        {
            if (ride.Day != day || ride.Vehicle != vehicle)
            {
                continue;
            }

            int at = morning?.IndexOf(ride.Run.Id) ?? -1;
            if (at < 0)
            {
                if (sign < 0)
                {
                    throw new InvalidOperationException($"Trip {ride.Run.Id} does not run on day {day}.");
                }

                morning = Morning.With(morning, ride.Run.With(ride.Lifts, 1));
                continue;
            }

            Run run = morning!.Runs[at].With(ride.Lifts, sign);
            morning = !run.Published && run.Users == 0 ? morning.Without(at) : morning.Replaced(at, run);
        }

        return morning;
    }

    public void SetMorning(int day, int vehicle, Morning? morning)
    {
        int at = (day * G.C.Vehicles) + vehicle;
        HashSet<int> before = VillagesOf(Mornings[at]);
        HashSet<int> after = VillagesOf(morning);
        Mornings[at] = morning;
        foreach (int v in before)
        {
            if (!after.Contains(v))
            {
                int index = (v * G.C.Days) + day;
                int[] left = Array.FindAll(Calls[index]!, k => k != vehicle);
                Calls[index] = left.Length == 0 ? null : left;
            }
        }

        foreach (int v in after)
        {
            if (!before.Contains(v))
            {
                int index = (v * G.C.Days) + day;
                Calls[index] = [.. Calls[index] ?? [], vehicle];
            }
        }
    }

    /// <summary>Brings a unit's open days and its village's heads up to date.</summary>
    public void RefreshOpen(int unit)
    {
        CompiledSeason c = G.C;
        Unit u = c.Units[unit];
        int[]? row = Rows[unit];
        int quota = u.MaxDays - Worked[unit];
        Span<long> hours = c.Days <= 1024 ? stackalloc long[c.Days + 1] : new long[c.Days + 1];
        Span<int> before = c.Days <= 1024 ? stackalloc int[c.Days] : new int[c.Days];
        int run = 0;
        for (int d = 0; d < c.Days; d++)
        {
            before[d] = run;
            bool works = row is not null && row[d] > 0;
            run = works ? run + 1 : 0;
            hours[d + 1] = hours[d] + (works ? c.Hours[row![d] - 1] : 0);
        }

        int behind = 0;
        for (int d = c.Days - 1; d >= 0; d--)
        {
            bool open = quota > 0 && u.Available[d] && (row is null || row[d] == 0) && before[d] + behind < c.MaxConsecutive;
            for (int s = Math.Max(0, d - 6); open && s <= d; s++)
            {
                open = hours[Math.Min(c.Days, s + 7)] - hours[s] + G.LeastHours <= c.MaxHours;
            }

            behind = row is not null && row[d] > 0 ? behind + 1 : 0;
            int word = (unit * G.Words) + (d >> 6);
            ulong bit = 1UL << (d & 63);
            if (open != ((Open[word] & bit) != 0))
            {
                Open[word] ^= bit;
                OpenHeads[(u.Village * c.Days) + d] += open ? u.Size : -u.Size;
            }
        }
    }

    /// <summary>Open days of the unit among the days, as a count.</summary>
    public int OpenDays(int unit, int from, int to)
    {
        int count = 0;
        int row = unit * G.Words;
        for (int w = from >> 6; w <= to >> 6; w++)
        {
            ulong bits = Open[row + w];
            if (w == from >> 6)
            {
                bits &= ulong.MaxValue << (from & 63);
            }

            if (w == to >> 6)
            {
                bits &= ulong.MaxValue >> (63 - (to & 63));
            }

            count += BitOperations.PopCount(bits);
        }

        return count;
    }

    private void ApplyMember(Draft draft, DraftMember member, int sign, bool filling)
    {
        CompiledSeason c = G.C;
        Unit u = c.Units[member.Unit];
        int[] row = Rows[member.Unit] is not { } known ? new int[c.Days] : filling ? known : [.. known];
        int site = c.OrderSite[draft.Order];
        if (draft.Lodge)
        {
            for (int d = member.Days[0]; d <= member.Days[^1]; d++)
            {
                row[d] = sign > 0 ? -(draft.Order + 1) : 0;
                BedUse[(site * c.Days) + d] += sign * u.Size;
                LeaveHome(u, d, sign);
            }
        }

        foreach (int d in member.Days)
        {
            row[d] = sign > 0 ? draft.Order + 1 : 0;
            int at = (draft.Order * c.Days) + d;
            Filled[at] += sign * u.Size;
            if (c.Round[at] is int round and >= 0)
            {
                RoundFilled[round] += sign * u.Size;
            }

            if (!draft.Lodge)
            {
                LeaveHome(u, d, sign);
            }
        }

        Rows[member.Unit] = Array.TrueForAll(row, d => d == 0) ? null : row;
        Worked[member.Unit] += sign * member.Days.Length;
        if (!filling)
        {
            RefreshOpen(member.Unit);
        }
    }

    private void LeaveHome(Unit u, int day, int sign)
    {
        foreach ((int household, int count) in u.Duties)
        {
            int pool = G.C.DutyPool[household]![day];
            if (pool >= 0)
            {
                PoolLeft[pool] -= sign * count;
            }
        }
    }

    private HashSet<int> VillagesOf(Morning? morning)
    {
        var villages = new HashSet<int>();
        foreach (Run run in morning?.Runs ?? [])
        {
            foreach (int place in run.Places)
            {
                if (G.VillageOfPlace[place] is int village and >= 0)
                {
                    villages.Add(village);
                }
            }
        }

        return villages;
    }
}
