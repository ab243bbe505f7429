using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Matching.Generating;

/// <summary>A place of the embedded geography.</summary>
/// <param name="Name">Chinese name.</param>
/// <param name="Level">county, township, village, site or base.</param>
/// <param name="Parent">Name of the unit above.</param>
/// <param name="Kind">supply or demand for administrative units; the crop for sites.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
internal sealed record GeoPlace(string Name, string Level, string Parent, string Kind, double Latitude, double Longitude);

/// <summary>
/// The embedded geography of Hongsibu and Zhongning. Names of administrative units are real; positions of villages and
/// everything about work sites are invented (see <c>data/README.md</c>).
/// </summary>
internal static class GeoData
{
    private static readonly Lazy<ImmutableArray<GeoPlace>> SiteRows = new(() => Read("sites.csv"));
    private static readonly Lazy<ImmutableArray<GeoPlace>> VillageRows = new(() => Read("villages.csv"));

    /// <summary>Townships, those of Hongsibu (supply) first.</summary>
    public static IEnumerable<GeoPlace> Townships => SiteRows.Value.Where(p => p.Level == "township");

    /// <summary>The two counties, Hongsibu first.</summary>
    public static IEnumerable<GeoPlace> Counties => SiteRows.Value.Where(p => p.Level == "county");

    /// <summary>Work sites of the two counties, in the order in which a season uses them.</summary>
    public static IEnumerable<GeoPlace> Sites => SiteRows.Value.Where(p => p.Level == "site");

    /// <summary>Village committees by township.</summary>
    public static IEnumerable<GeoPlace> Villages => VillageRows.Value;

    private static ImmutableArray<GeoPlace> Read(string file)
    {
        using Stream stream = typeof(GeoData).Assembly.GetManifestResourceStream("Matching.Generating.Geo." + file)
            ?? throw new InvalidOperationException($"The library was built without its geography ({file}).");
        using StreamReader text = new(stream);
        var rows = ImmutableArray.CreateBuilder<GeoPlace>();
        List<string> header = Cells(text.ReadLine()!);
        (int name, int latitude, int longitude) = (header.IndexOf("name_zh"), header.IndexOf("lat"), header.IndexOf("lon"));
        (int level, int parent, int kind) = (header.IndexOf("level"), header.IndexOf("parent"), header.IndexOf("kind"));
        while (text.ReadLine() is { Length: > 0 } line)
        {
            List<string> cells = Cells(line);
            rows.Add(new(cells[name], cells[level], cells[parent], cells[kind], Number(cells[latitude]), Number(cells[longitude])));
        }

        return rows.ToImmutable();
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    // Our own two files: quoted cells, but neither quotes nor line breaks inside them.
    private static List<string> Cells(string line)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        bool quoted = false;
        foreach (char letter in line)
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (letter == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(letter);
            }
        }

        cells.Add(cell.ToString());
        return cells;
    }
}
