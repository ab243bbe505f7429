using System.Globalization;

namespace Matching.SeasonSuite.Published;

/// <summary>A routing problem of one depot: customers with demands and coordinates.</summary>
/// <param name="Capacity">Of a vehicle.</param>
/// <param name="Depot">Coordinates.</param>
/// <param name="Customers">Coordinates and demands.</param>
/// <param name="Published">The value in the file, when it holds one.</param>
internal sealed record RoutingText(int Capacity, (double X, double Y) Depot, IReadOnlyList<(double X, double Y, int Demand)> Customers, decimal? Published)
{
    /// <summary>CVRPLIB: keyword lines and sections; the first node is the depot.</summary>
    public static RoutingText ReadCvrplib(string text)
    {
        int capacity = 0;
        decimal? published = null;
        List<(double X, double Y)> nodes = [];
        List<int> demands = [];
        string section = "";
        foreach (string line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            string[] words = line.Split([' ', '\t', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (char.IsLetter(line[0]))
            {
                section = words[0];
                if (section == "CAPACITY")
                {
                    capacity = int.Parse(words[1], CultureInfo.InvariantCulture);
                }
                else if (section == "COMMENT" && words.Length > 1
                    && decimal.TryParse(words[1], NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
                {
                    published = value;
                }
            }
            else if (section == "NODE_COORD_SECTION")
            {
                nodes.Add((Number(words[1]), Number(words[2])));
            }
            else if (section == "DEMAND_SECTION")
            {
                demands.Add(int.Parse(words[1], CultureInfo.InvariantCulture));
            }
        }

        if (capacity < 1 || nodes.Count < 2 || nodes.Count != demands.Count)
        {
            throw new FormatException($"A CVRPLIB file needs a capacity and as many demands as nodes: {capacity}, {demands.Count}, {nodes.Count}.");
        }

        return new(capacity, nodes[0], [.. nodes.Zip(demands, (n, d) => (n.X, n.Y, d)).Skip(1)], published);
    }

    /// <summary>Split delivery: customers, capacity; the demands; the depot; the customers' coordinates.</summary>
    public static RoutingText ReadSplitDelivery(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        int count = int.Parse(words[0], CultureInfo.InvariantCulture);
        if (words.Length != (3 * count) + 4)
        {
            throw new FormatException($"A split-delivery file of {count} customers holds {(3 * count) + 4} numbers, not {words.Length}.");
        }

        int xy = 2 + count;
        return new(
            (int)Number(words[1]),
            (Number(words[xy]), Number(words[xy + 1])),
            [
                .. Enumerable.Range(0, count).Select(i => (
                    Number(words[xy + 2 + (2 * i)]), Number(words[xy + 3 + (2 * i)]), int.Parse(words[2 + i], CultureInfo.InvariantCulture))),
            ],
            null);
    }

    private static double Number(string word) => double.Parse(word, CultureInfo.InvariantCulture);
}
