using OrTools = Google.OrTools.Graph;

namespace Matching.Planning.Solver;

/// <summary>
/// Minimum-cost flow by OR-Tools, with the node prices its C# face does not give: shortest distances in the residual graph.
/// Costs are whole numbers. One instance, one solve.
/// </summary>
internal sealed class MinCostFlow(int nodes)
{
    private readonly List<(int From, int To, int Capacity, int Cost)> _arcs = [];
    private readonly int[] _supply = new int[nodes];
    private int[] _flow = [];

    /// <summary>The version of OR-Tools, for the record.</summary>
    public static string Version => Google.OrTools.Init.OrToolsVersion.VersionString();

    public int AddArc(int from, int to, int capacity, int cost)
    {
        _arcs.Add((from, to, capacity, cost));
        return _arcs.Count - 1;
    }

    public void AddSupply(int node, int units) => _supply[node] += units;

    public int Flow(int arc) => _flow[arc];

    /// <summary>Solves; false when the supplies cannot reach the demands.</summary>
    public bool Solve()
    {
        using var solver = new OrTools.MinCostFlow(nodes, _arcs.Count);
        foreach ((int from, int to, int capacity, int cost) in _arcs)
        {
            solver.AddArcWithCapacityAndUnitCost(from, to, capacity, cost);
        }

        for (int n = 0; n < nodes; n++)
        {
            solver.SetNodeSupply(n, _supply[n]);
        }

        if (solver.Solve() != OrTools.MinCostFlowBase.Status.OPTIMAL)
        {
            return false;
        }

        _flow = new int[_arcs.Count];
        for (int a = 0; a < _flow.Length; a++)
        {
            _flow[a] = (int)solver.Flow(a);
        }

        return true;
    }

    /// <summary>
    /// Cost of sending one more unit from each node to <paramref name="sink"/> in the residual graph (label-correcting; an
    /// optimal flow leaves no negative cycle). <see cref="long.MaxValue"/> where there is no way.
    /// </summary>
    public long[] DistancesTo(int sink)
    {
        // Residual arcs grouped by head, since labels spread backwards from the sink.
        int[] count = new int[nodes + 1];
        foreach ((int from, int to, _, _) in _arcs)
        {
            count[to]++;
            count[from]++;
        }

        int[] start = new int[nodes + 1];
        for (int n = 0; n < nodes; n++)
        {
            start[n + 1] = start[n] + count[n];
        }

        int[] at = [.. start];
        int[] tails = new int[start[nodes]];
        int[] costs = new int[start[nodes]];
        bool[] usable = new bool[start[nodes]];
        for (int a = 0; a < _arcs.Count; a++)
        {
            (int from, int to, int capacity, int cost) = _arcs[a];
            (tails[at[to]], costs[at[to]], usable[at[to]]) = (from, cost, _flow[a] < capacity);
            at[to]++;
            (tails[at[from]], costs[at[from]], usable[at[from]]) = (to, -cost, _flow[a] > 0);
            at[from]++;
        }

        long[] distance = new long[nodes];
        Array.Fill(distance, long.MaxValue);
        distance[sink] = 0;
        var queue = new Queue<int>();
        bool[] queued = new bool[nodes];
        queue.Enqueue(sink);
        while (queue.TryDequeue(out int node))
        {
            queued[node] = false;
            for (int i = start[node]; i < start[node + 1]; i++)
            {
                if (usable[i] && distance[node] + costs[i] < distance[tails[i]])
                {
                    distance[tails[i]] = distance[node] + costs[i];
                    if (!queued[tails[i]])
                    {
                        queued[tails[i]] = true;
                        queue.Enqueue(tails[i]);
                    }
                }
            }
        }

        return distance;
    }
}
