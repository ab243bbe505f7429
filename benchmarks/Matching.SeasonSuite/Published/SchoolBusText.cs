using System.Globalization;

namespace Matching.SeasonSuite.Published;

/// <summary>Schools with their start in seconds of the day, stops with their children; coordinates in feet.</summary>
internal sealed record SchoolBusText(
    IReadOnlyList<(string Id, double X, double Y, double Start)> Schools,
    IReadOnlyList<(string Id, double X, double Y, string School, int Children)> Stops)
{
    /// <summary>The two tab-separated files; times as HMM.</summary>
    public static SchoolBusText Read(string schools, string stops) => new(
        [.. Rows(schools, 5).Select(r => (r[0], Number(r[1]), Number(r[2]), Seconds(r[3])))],
        [.. Rows(stops, 5).Select(r => (r[0], Number(r[1]), Number(r[2]), r[3], int.Parse(r[4], CultureInfo.InvariantCulture)))]);

    private static IEnumerable<string[]> Rows(string text, int cells)
    {
        foreach (string line in text.Split('\n').Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0))
        {
            string[] row = line.Split('\t');
            yield return row.Length >= cells ? row : throw new FormatException($"A row of {cells} cells has {row.Length}: {line}");
        }
    }

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);

    private static double Seconds(string cell)
    {
        int time = int.Parse(cell, CultureInfo.InvariantCulture);
        return ((time / 100) * 3600) + ((time % 100) * 60);
    }
}
