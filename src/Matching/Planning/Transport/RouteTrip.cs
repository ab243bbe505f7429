namespace Matching.Planning.Transport;

/// <summary>
/// A morning run under construction: visits of groups in boarding order, then sites. All that is asked often about it is kept
/// beside it and renewed when its vehicle changes. Minutes count from leaving the first stop.
/// </summary>
internal sealed class RouteTrip
{
    public const int MaxSites = 4;
    public const int Long = -100_000_000;

    /// <summary>Changes with every change of what an insertion into this trip would cost or break.</summary>
    public int Version;
    public int Vehicle;
    public bool IsDirty;

    public int Visits;
    public int[] Group = new int[8];
    public int[] Quantity = new int[8];
    public int[] Place = new int[8];
    public int Load;

    public int SiteStops;
    public int[] Sites = new int[MaxSites];

    /// <summary>Cost of the leg into position p; the last is the leg to the first site.</summary>
    public double[] LegCost = new double[9];
    public int[] Leave = new int[8];

    /// <summary>Longest ride among the visits before position p.</summary>
    public int[] RideBefore = new int[9];
    public int[] Arrive = new int[MaxSites];

    /// <summary>The first visit of somebody bound for the site stop, who rides longest to it; -1 where nobody is.</summary>
    public int[] FirstFor = new int[MaxSites];

    /// <summary>When the first of those who alight at the site stop have to be there.</summary>
    public int[] DueAt = new int[MaxSites];
    public int Duration;
    public int OwnLatest;
    public int OwnDrive;

    /// <summary>Where the vehicle comes from: its depot or the last site of the trip before.</summary>
    public int ComesFrom;

    /// <summary>First village of the next trip, -1 when there is none.</summary>
    public int GoesTo;
    public int EarliestDepart;

    /// <summary>When the vehicle may leave <see cref="ComesFrom"/>, boarding at the next stop included; long ago at its depot.</summary>
    public int Ready;

    /// <summary>Latest departure of the next trip, or latest end of the day when there is none.</summary>
    public int NextLatest;
    public int LatestDepart;

    /// <summary>Driving minutes the vehicle may still add.</summary>
    public int DriveLeft;

    public int First => Place[0];

    public int Last => Sites[SiteStops - 1];

    public void CopyFrom(RouteTrip other)
    {
        Version = other.Version;
        Vehicle = other.Vehicle;
        IsDirty = other.IsDirty;
        Visits = other.Visits;
        Reserve(other.Visits);
        Array.Copy(other.Group, Group, Visits);
        Array.Copy(other.Quantity, Quantity, Visits);
        Array.Copy(other.Place, Place, Visits);
        Array.Copy(other.LegCost, LegCost, Visits + 1);
        Array.Copy(other.Leave, Leave, Visits);
        Array.Copy(other.RideBefore, RideBefore, Visits + 1);
        Load = other.Load;
        SiteStops = other.SiteStops;
        Array.Copy(other.Sites, Sites, MaxSites);
        Array.Copy(other.Arrive, Arrive, MaxSites);
        Array.Copy(other.FirstFor, FirstFor, MaxSites);
        Array.Copy(other.DueAt, DueAt, MaxSites);
        (Duration, OwnLatest, OwnDrive) = (other.Duration, other.OwnLatest, other.OwnDrive);
        (ComesFrom, GoesTo) = (other.ComesFrom, other.GoesTo);
        (Ready, NextLatest) = (other.Ready, other.NextLatest);
        (EarliestDepart, LatestDepart, DriveLeft) = (other.EarliestDepart, other.LatestDepart, other.DriveLeft);
    }

    public void Clear()
    {
        Visits = 0;
        SiteStops = 0;
        Load = 0;
        IsDirty = true;
    }

    public int SiteAt(int site)
    {
        for (int j = 0; j < SiteStops; j++)
        {
            if (Sites[j] == site)
            {
                return j;
            }
        }

        return -1;
    }

    public int VisitOf(int group)
    {
        for (int i = 0; i < Visits; i++)
        {
            if (Group[i] == group)
            {
                return i;
            }
        }

        return -1;
    }

    public void InsertVisit(int at, int group, int place, int quantity)
    {
        Reserve(Visits + 1);
        Array.Copy(Group, at, Group, at + 1, Visits - at);
        Array.Copy(Quantity, at, Quantity, at + 1, Visits - at);
        Array.Copy(Place, at, Place, at + 1, Visits - at);
        (Group[at], Quantity[at], Place[at]) = (group, quantity, place);
        Visits++;
        Load += quantity;
        IsDirty = true;
    }

    public void RemoveVisit(int at)
    {
        Load -= Quantity[at];
        Visits--;
        Array.Copy(Group, at + 1, Group, at, Visits - at);
        Array.Copy(Quantity, at + 1, Quantity, at, Visits - at);
        Array.Copy(Place, at + 1, Place, at, Visits - at);
        IsDirty = true;
    }

    public void InsertSite(int at, int site)
    {
        Array.Copy(Sites, at, Sites, at + 1, SiteStops - at);
        Sites[at] = site;
        SiteStops++;
        IsDirty = true;
    }

    public void RemoveSite(int at)
    {
        SiteStops--;
        Array.Copy(Sites, at + 1, Sites, at, SiteStops - at);
        IsDirty = true;
    }

    /// <summary>Renews the figures that depend on the stops alone; false when a ride is too long.</summary>
    public bool Measure(RoutingModel m)
    {
        int[] min = m.Min;
        int n = m.Places;
        int clock = 0;
        int drive = 0;
        Leave[0] = 0;
        for (int i = 1; i < Visits; i++)
        {
            if (Place[i] != Place[i - 1])
            {
                int leg = min[(Place[i - 1] * n) + Place[i]];
                drive += leg;
                clock += leg + m.Stop;
            }

            Leave[i] = clock;
        }

        int bridge = min[(Place[Visits - 1] * n) + Sites[0]];
        clock += bridge;
        drive += bridge;
        Arrive[0] = clock;
        for (int j = 1; j < SiteStops; j++)
        {
            int leg = min[(Sites[j - 1] * n) + Sites[j]];
            drive += leg;
            clock += leg + m.Stop;
            Arrive[j] = clock;
        }

        (Duration, OwnDrive) = (clock, drive);
        int longest = 0;
        RideBefore[0] = 0;
        Array.Fill(FirstFor, -1);
        Array.Fill(DueAt, int.MaxValue);
        for (int i = 0; i < Visits; i++)
        {
            int g = Group[i];
            int j = SiteStops == 1 ? 0 : SiteAt(m.Site[g]);
            FirstFor[j] = FirstFor[j] < 0 ? i : FirstFor[j];
            DueAt[j] = Math.Min(DueAt[j], m.Latest[g]);
            longest = Math.Max(longest, Arrive[j] - Leave[i]);
            RideBefore[i + 1] = longest;
        }

        int latest = int.MaxValue;
        for (int j = 0; j < SiteStops; j++)
        {
            latest = Math.Min(latest, DueAt[j] - Arrive[j]);
        }

        OwnLatest = latest;
        return longest <= m.MaxRide;
    }

    private void Reserve(int visits)
    {
        if (visits > Group.Length)
        {
            int size = Math.Max(visits, Group.Length * 2);
            Array.Resize(ref Group, size);
            Array.Resize(ref Quantity, size);
            Array.Resize(ref Place, size);
            Array.Resize(ref LegCost, size + 1);
            Array.Resize(ref Leave, size);
            Array.Resize(ref RideBefore, size + 1);
        }
    }
}

/// <summary>A way to add people to a trip.</summary>
/// <param name="Cost">Search cost it adds; infinite when there is no legal way.</param>
/// <param name="At">Position of the visit.</param>
/// <param name="SiteAt">Position of a new site stop, -1 when the trip has it.</param>
internal readonly record struct Placing(double Cost, int At, int SiteAt)
{
    public static readonly Placing None = new(double.PositiveInfinity, -1, -1);
}
