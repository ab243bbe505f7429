namespace Matching.Planning.Transport;

/// <summary>Which vehicles stand still, and the cheapest of them of every type.</summary>
internal sealed class IdleVehicles
{
    private readonly RoutingModel _m;
    private readonly bool[] _isDriven;
    private readonly int[] _placeInType;

    // By type the place of its first member that stands still; members come by their price.
    private readonly int[] _first;

    /// <summary>All stand still.</summary>
    public IdleVehicles(RoutingModel m)
    {
        _m = m;
        _isDriven = new bool[m.Vehicles];
        _placeInType = new int[m.Vehicles];
        _first = new int[m.Types];
        foreach (int[] members in m.Members)
        {
            for (int i = 0; i < members.Length; i++)
            {
                _placeInType[members[i]] = i;
            }
        }
    }

    /// <summary>The cheapest vehicle of the type that stands still, -1 when there is none.</summary>
    public int Cheapest(int type) => _first[type] == _m.Members[type].Length ? -1 : _m.Members[type][_first[type]];

    /// <summary>Notes that a vehicle stands still from now on, or is driven.</summary>
    public void Set(int vehicle, bool idle)
    {
        _isDriven[vehicle] = !idle;
        int type = _m.TypeOf[vehicle];
        int[] members = _m.Members[type];
        if (idle)
        {
            _first[type] = Math.Min(_first[type], _placeInType[vehicle]);
            return;
        }

        while (_first[type] < members.Length && _isDriven[members[_first[type]]])
        {
            _first[type]++;
        }
    }
}
