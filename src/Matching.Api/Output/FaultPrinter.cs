using Matching.Files;
using Matching.Reporting;

namespace Matching.Api.Output;

/// <summary>Tells faults and notes of files, one a line.</summary>
internal static class FaultPrinter
{
    /// <summary>Writes every fault, then how many there are.</summary>
    public static void Write(CliHost host, TextWriter writer, string path, IReadOnlyCollection<Fault> faults)
    {
        foreach (Fault fault in faults)
        {
            writer.WriteLine(LineOf(host, fault));
        }

        writer.WriteLine(host.In(FaultTexts.FaultCount, path, faults.Count));
    }

    /// <summary>Writes every note.</summary>
    public static void WriteNotes(CliHost host, TextWriter writer, IEnumerable<string> notes)
    {
        foreach (string note in notes)
        {
            writer.WriteLine(host.In(FaultTexts.Note, note));
        }
    }

    /// <summary>A fault in one line: where, what stands there, what was expected.</summary>
    public static string LineOf(CliHost host, Fault fault)
    {
        List<string> where = [fault.File];
        if (fault.Line is { } line)
        {
            where.Add(host.In(FaultTexts.Line, line));
        }

        if (fault.Column is { } column)
        {
            where.Add(host.In(FaultTexts.Column, column));
        }

        if (fault.Value is { } value)
        {
            where.Add(host.In(FaultTexts.Value, value));
        }

        string place = string.Join(host.In(FaultTexts.Comma), where);
        string name = host.Language == ReportLanguage.Chinese && FaultNames.InChinese(fault.Code) is { } known ? known + host.In(FaultTexts.Comma) : "";
        return $"{place}{host.In(FaultTexts.Colon)}{name}{host.In(FaultTexts.Expected, fault.Expected)} [{fault.Code}]";
    }
}
