using System.Globalization;
using System.Text;

namespace Matching.SeasonSuite;

/// <summary>Gap over time as an SVG: one line per size, both axes logarithmic.</summary>
internal static class AnytimeChart
{
    private const double Width = 760;
    private const double Height = 420;
    private const double Left = 64;
    private const double Right = 150;
    private const double Top = 40;
    private const double Bottom = 50;
    private const int Samples = 160;
    private static readonly double[] GapTicks = [100, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
    private static readonly double[] TimeTicks = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000, 3000];
    private static readonly string[] Colours = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f"];

    /// <summary>Draws it.</summary>
    /// <param name="series">By name: the curves whose median is drawn, and the seconds they ran.</param>
    /// <param name="title">What was measured.</param>
    public static string Draw(IReadOnlyList<(string Name, IReadOnlyList<GapCurve> Curves, double Seconds)> series, string title)
    {
        double last = Math.Max(1, series.Select(s => s.Seconds).DefaultIfEmpty(1).Max());
        double X(double seconds) => Left + ((Width - Left - Right) * Math.Log(seconds / TimeTicks[0]) / Math.Log(last / TimeTicks[0]));
        double Y(double percent) =>
            Top + ((Height - Top - Bottom) * Math.Log(GapTicks[0] / Math.Clamp(percent, GapTicks[^1], GapTicks[0])) / Math.Log(GapTicks[0] / GapTicks[^1]));

        var svg = new StringBuilder();
        svg.Append(Inv($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">\n"));
        svg.Append(Inv($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#fff\"/>\n<text x=\"{Left}\" y=\"22\" font-size=\"14\">{Escaped(title)}</text>\n"));
        foreach (double tick in GapTicks)
        {
            svg.Append(Inv($"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):F1}\" y2=\"{Y(tick):F1}\" stroke=\"#ddd\"/><text x=\"{Left - 8}\" y=\"{Y(tick) + 4:F1}\" text-anchor=\"end\">{tick} %</text>\n"));
        }

        foreach (double tick in TimeTicks.Where(t => t <= last))
        {
            svg.Append(Inv($"<line x1=\"{X(tick):F1}\" x2=\"{X(tick):F1}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#eee\"/><text x=\"{X(tick):F1}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{tick}</text>\n"));
        }

        svg.Append(Inv($"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">seconds</text>\n"));
        for (int i = 0; i < series.Count; i++)
        {
            (string name, IReadOnlyList<GapCurve> curves, double seconds) = series[i];
            string colour = Colours[i % Colours.Length];
            List<string> points = [];
            for (int s = 0; s <= Samples; s++)
            {
                double at = TimeTicks[0] * Math.Pow(seconds / TimeTicks[0], (double)s / Samples);
                if (Medians.OfReached(curves.Select(c => c.At(at))) is { } gap)
                {
                    points.Add(Inv($"{X(at):F1},{Y(100 * gap):F1}"));
                }
            }

            svg.Append(Inv($"<polyline points=\"{string.Join(' ', points)}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>\n"));
            double row = Top + 12 + (20 * i);
            svg.Append(Inv($"<line x1=\"{Width - Right + 12}\" x2=\"{Width - Right + 36}\" y1=\"{row - 4}\" y2=\"{row - 4}\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{Width - Right + 42}\" y=\"{row}\">{Escaped(name)}</text>\n"));
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Inv(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
