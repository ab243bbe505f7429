using Matching.Model;

namespace Matching.Requests.State;

/// <summary>
/// A trip that stands as it is: its stops and times never change, only who is on board. Immutable. A published run stays
/// when empty; a booked one lives as long as a booking uses it.
/// </summary>
internal sealed class Run
{
    public Run(TripId id, bool published, int departs, int[] places, int[] arrives, int[] aboard, int users)
    {
        (Id, Published, Departs, Places, Arrives, Aboard, Users) = (id, published, departs, places, arrives, aboard, users);
    }

    public TripId Id { get; }

    public bool Published { get; }

    /// <summary>Minute of day at which it leaves its first stop.</summary>
    public int Departs { get; }

    public int[] Places { get; }

    /// <summary>Minute of day of each arrival.</summary>
    public int[] Arrives { get; }

    /// <summary>People on board when leaving each stop.</summary>
    public int[] Aboard { get; }

    /// <summary>Live bookings with people on it.</summary>
    public int Users { get; }

    public int First => Places[0];

    public int Last => Places[^1];

    public int Leaves(int stop, int stopMinutes) => stop == 0 ? Departs : Arrives[stop] + stopMinutes;

    /// <summary>Most people on board anywhere from leaving one stop to reaching another.</summary>
    public int Fullest(int from, int to)
    {
        int most = 0;
        for (int i = from; i < to; i++)
        {
            most = Math.Max(most, Aboard[i]);
        }

        return most;
    }

    /// <summary>The run with people added (or taken off, with a negative sign) between stops.</summary>
    public Run With(IReadOnlyList<Lift> lifts, int sign)
    {
        int[] aboard = [.. Aboard];
        foreach (Lift lift in lifts)
        {
            for (int i = lift.BoardAt; i < lift.AlightAt; i++)
            {
                aboard[i] += sign * lift.Count;
            }
        }

        return new Run(Id, Published, Departs, Places, Arrives, aboard, Users + sign);
    }
}

/// <summary>People of one village who ride from one stop of a run to another.</summary>
/// <param name="Village">Place index of the village.</param>
/// <param name="BoardAt">Position of the stop where they board.</param>
/// <param name="AlightAt">Position of the stop where they alight.</param>
/// <param name="Count">How many.</param>
internal readonly record struct Lift(int Village, int BoardAt, int AlightAt, int Count);

/// <summary>All runs of one vehicle on one day, in order of departure. Immutable.</summary>
internal sealed class Morning
{
    public Morning(Run[] runs) => Runs = runs;

    public Run[] Runs { get; }

    public int IndexOf(TripId id) => Array.FindIndex(Runs, r => r.Id == id);

    /// <summary>The morning with a run in its place by departure.</summary>
    public static Morning With(Morning? morning, Run run)
    {
        Run[] runs = morning?.Runs ?? [];
        int at = 0;
        while (at < runs.Length && runs[at].Departs <= run.Departs)
        {
            at++;
        }

        return new Morning([.. runs[..at], run, .. runs[at..]]);
    }

    public Morning Replaced(int at, Run run)
    {
        Run[] runs = [.. Runs];
        runs[at] = run;
        return new Morning(runs);
    }

    /// <summary>The morning without the run, or null when none is left.</summary>
    public Morning? Without(int at) => Runs.Length == 1 ? null : new Morning([.. Runs[..at], .. Runs[(at + 1)..]]);
}
