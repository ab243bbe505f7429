namespace Matching.Requests.State;

/// <summary>T2, T3 and T5 of one vehicle's morning.</summary>
internal static class MorningRules
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>Booked runs of one vehicle and day beyond which no more are added.</summary>
    private const int MostBooked = 6;

    /// <summary>
    /// Whether the runs can be driven one after another, also when any of the booked ones is released: without the triangle
    /// inequality a shorter morning is not always an easier one.
    /// </summary>
    public static bool Holds(Ground g, int vehicle, Run[] runs)
    {
        int[] booked = [.. Enumerable.Range(0, runs.Length).Where(i => !runs[i].Published)];
        if (booked.Length > MostBooked)
        {
            return false;
        }

        for (int gone = 0; gone < 1 << booked.Length; gone++)
        {
            Run[] some = gone == 0 ? runs : [.. runs.Where((_, i) => Array.IndexOf(booked, i) is var at && (at < 0 || (gone >> at & 1) == 0))];
            if (!Fits(g, vehicle, some))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The times of a run by themselves: T3 and the earliest departure.</summary>
    public static bool TimesHold(Ground g, Run run)
    {
        int stop = g.C.StopMinutes;
        if (run.Places.Length == 0 || run.Departs < g.C.Earliest || run.Arrives[0] < 0 || run.Arrives[0] + stop != run.Departs
            || run.Arrives[^1] >= MinutesOfDay)
        {
            return false;
        }

        for (int i = 1; i < run.Places.Length; i++)
        {
            int leg = g.Roads.Minutes(run.Places[i - 1], run.Places[i]);
            if (leg < 0 || run.Arrives[i] != run.Leaves(i - 1, stop) + leg)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Fits(Ground g, int vehicle, Run[] runs)
    {
        int drive = 0;
        int at = g.DepotPlace[vehicle];
        for (int i = 0; i < runs.Length; i++)
        {
            Run run = runs[i];
            int move = g.Roads.Minutes(at, run.First);
            if (move < 0 || (i > 0 && run.Arrives[0] < runs[i - 1].Arrives[^1] + g.C.StopMinutes + move))
            {
                return false;
            }

            drive += move;
            for (int s = 1; s < run.Places.Length; s++)
            {
                drive += g.Roads.Minutes(run.Places[s - 1], run.Places[s]);
            }

            at = run.Last;
        }

        return 2 * drive <= g.C.MaxDrive;
    }
}
