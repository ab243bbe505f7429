namespace Matching.Planning.Bound;

/// <summary>
/// The multipliers of the relaxed rules in one array: worker-day prices by order-day, agreements, heads led by area and day,
/// beds by site and day, seats by ride class and day, crews by order-day. Any values give a valid bound once
/// <see cref="Clamp"/> has been asked.
/// </summary>
internal sealed class BoundPrices
{
    private readonly BoundData _data;

    public BoundPrices(BoundData data, int areas, int rideClasses)
    {
        _data = data;
        int days = data.C.Days;
        AgreementFrom = data.Count;
        LeadFrom = AgreementFrom + data.C.Agreements.Length;
        BedFrom = LeadFrom + (areas * days);
        SeatFrom = BedFrom + (data.C.Sites * days);
        OpenFrom = SeatFrom + (rideClasses * days);
        Values = new double[OpenFrom + data.Count];
    }

    /// <summary>All values; order-days first.</summary>
    public double[] Values { get; }

    public int AgreementFrom { get; }

    public int LeadFrom { get; }

    public int BedFrom { get; }

    public int SeatFrom { get; }

    public int OpenFrom { get; }

    public ReadOnlySpan<double> WorkerDay => Values.AsSpan(0, AgreementFrom);

    public ReadOnlySpan<double> Agreement => Values.AsSpan(AgreementFrom, LeadFrom - AgreementFrom);

    public ReadOnlySpan<double> Lead => Values.AsSpan(LeadFrom, BedFrom - LeadFrom);

    public ReadOnlySpan<double> Bed => Values.AsSpan(BedFrom, SeatFrom - BedFrom);

    public ReadOnlySpan<double> Seat => Values.AsSpan(SeatFrom, OpenFrom - SeatFrom);

    /// <summary>What an order-day pays each of its crews, by order-day.</summary>
    public ReadOnlySpan<double> Open => Values.AsSpan(OpenFrom);

    /// <summary>Brings every multiplier into the range in which it proves a bound: heads, beds, seats and crews cost nothing or more, an agreement pays no more than its penalty.</summary>
    public void Clamp()
    {
        for (int a = 0; a < _data.C.Agreements.Length; a++)
        {
            double most = _data.C.Agreements[a].Penalty;
            double least = _data.C.Agreements[a].MaxDays == int.MaxValue ? 0 : double.NegativeInfinity;
            Values[AgreementFrom + a] = Math.Min(most, Math.Max(least, Values[AgreementFrom + a]));
        }

        for (int i = LeadFrom; i < Values.Length; i++)
        {
            Values[i] = Math.Max(0, Values[i]);
        }
    }
}
