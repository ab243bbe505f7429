using Google.OrTools.Graph;

namespace Matching.Planning.Solver;

/// <summary>A flow network whose minimum cut is asked for: which nodes cannot get all they could pass on to the sink.</summary>
internal sealed class CutGraph
{
    /// <summary>The node everything flows to.</summary>
    public const int Sink = 1;

    /// <summary>The node everything flows from.</summary>
    public const int Source = 0;

    private readonly List<(int From, int To, long Capacity)> _arcs = [];
    private int _nodes = 2;

    /// <summary>A new node.</summary>
    public int AddNode() => _nodes++;

    /// <summary>A new arc.</summary>
    public void AddArc(int from, int to, long capacity) => _arcs.Add((from, to, capacity));

    /// <summary>
    /// The smallest sink side of a minimum cut in its connected parts, without the sink: nodes from which more could still flow
    /// to the sink than reaches them. Empty when the sink gets all it can take.
    /// </summary>
    public IReadOnlyList<List<int>> Parts()
    {
        using var flow = new MaxFlow();
        foreach ((int from, int to, long capacity) in _arcs)
        {
            flow.AddArcWithCapacity(from, to, capacity);
        }

        MaxFlow.Status status = flow.Solve(Source, Sink);
        if (status != MaxFlow.Status.OPTIMAL)
        {
            throw new InvalidOperationException($"The maximum flow ended with {status}.");
        }

        // Backwards from the sink over arcs that could carry more, or give back what they carry.
        var into = new List<int>[_nodes];
        for (int i = 0; i < _nodes; i++)
        {
            into[i] = [];
        }

        for (int a = 0; a < _arcs.Count; a++)
        {
            (int from, int to, long capacity) = _arcs[a];
            long carried = flow.Flow(a);
            if (carried < capacity)
            {
                into[to].Add(from);
            }

            if (carried > 0)
            {
                into[from].Add(to);
            }
        }

        bool[] reaches = new bool[_nodes];
        reaches[Sink] = true;
        var queue = new Queue<int>([Sink]);
        while (queue.TryDequeue(out int node))
        {
            foreach (int from in into[node])
            {
                if (!reaches[from])
                {
                    reaches[from] = true;
                    queue.Enqueue(from);
                }
            }
        }

        return Split(reaches);
    }

    private List<List<int>> Split(bool[] chosen)
    {
        var beside = new List<int>[_nodes];
        foreach ((int from, int to, _) in _arcs)
        {
            if (from != Source && to != Sink && chosen[from] && chosen[to])
            {
                (beside[from] ??= []).Add(to);
                (beside[to] ??= []).Add(from);
            }
        }

        var parts = new List<List<int>>();
        bool[] seen = new bool[_nodes];
        for (int start = Sink + 1; start < _nodes; start++)
        {
            if (!chosen[start] || seen[start])
            {
                continue;
            }

            List<int> part = [start];
            seen[start] = true;
            for (int i = 0; i < part.Count; i++)
            {
                foreach (int next in beside[part[i]] ?? [])
                {
                    if (!seen[next])
                    {
                        seen[next] = true;
                        part.Add(next);
                    }
                }
            }

            parts.Add(part);
        }

        return parts;
    }
}
