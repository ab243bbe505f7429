using System.Globalization;
using System.Text.Json;
using Matching.Reporting;
using Matching.Why;

namespace Matching.Api.Output;

/// <summary>What no plan can fill, as a document and as tables.</summary>
internal static class ShortageOutput
{
    private const int MostRows = 20;

    /// <summary>The levels by the names users write.</summary>
    public static readonly IReadOnlyDictionary<string, DemandLevel> Levels = new Dictionary<string, DemandLevel>(StringComparer.Ordinal)
    {
        ["required"] = DemandLevel.Required,
        ["target"] = DemandLevel.Target,
    };

    /// <summary>The document of <c>shortages --json</c>.</summary>
    public static object Document(ReportLanguage language, ShortageAnswer answer) => new
    {
        Level = Name(answer.Level),
        answer.Wanted,
        answer.Missing,
        answer.Proven,
        Certificates = answer.Certificates.Select(c => new
        {
            Resource = Name(c.Certificate.Resource),
            From = Figures.Day(c.Certificate.From),
            To = Figures.Day(c.Certificate.To),
            c.Certificate.Wanted,
            c.Certificate.AtMost,
            c.Certificate.Shortfall,
            c.Missing,
            c.Certificate.KeptHome,
            Message = Sentence(language, c.Certificate),
            OrderDays = c.Certificate.OrderDays.Select(d => new { OrderId = d.Order.Value, Date = Figures.Day(d.Date), d.Wanted }),
            Supplies = c.Certificate.Supplies.Select(s => new { s.Id, s.Count, s.WorkerDays }),
        }),
    };

    /// <summary>Tables for people.</summary>
    public static void Print(CliHost host, ShortageAnswer answer)
    {
        host.Out.WriteLine(host.In(
            OperationTexts.ShortagesLine, Figures.Count(answer.Wanted), Figures.Count(answer.Missing), Figures.Count(answer.Proven), answer.Certificates.Length));
        foreach ((ShortageCertificate certificate, _) in answer.Certificates.Take(MostRows))
        {
            host.Out.WriteLine();
            host.Out.WriteLine(Sentence(host.Language, certificate));
            host.Out.WriteLine("  " + string.Join(", ", certificate.OrderDays.Select(d => $"{d.Order} {d.Date:MM-dd} {d.Wanted}")) + $" = {certificate.Wanted}");
            host.Out.WriteLine("  " + string.Join(", ", certificate.Supplies.Select(s => $"{s.Id} {s.Count}: {s.WorkerDays}"))
                + (certificate.KeptHome > 0 ? $", −{certificate.KeptHome}" : "") + $" = {certificate.AtMost}");
        }
    }

    private static string Sentence(ReportLanguage language, ShortageCertificate certificate)
    {
        Text text = certificate.Resource switch
        {
            ShortageResource.People => OperationTexts.ShortOfPeople,
            ShortageResource.Leaders => OperationTexts.ShortOfLeaders,
            ShortageResource.Seats => OperationTexts.ShortOfSeats,
            ShortageResource.Round => OperationTexts.ShortOfRound,
            _ => throw new InvalidOperationException($"Unknown resource {certificate.Resource}."),
        };
        return string.Format(
            CultureInfo.InvariantCulture, text.In(language), certificate.OrderDays.Length, Figures.Day(certificate.From), Figures.Day(certificate.To), certificate.Wanted, certificate.AtMost,
            certificate.Shortfall, certificate.KeptHome);
    }

    private static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
