using System.Globalization;
using Matching.Api.Output;
using Matching.Changes;
using Matching.Files;
using Matching.Model;
using Matching.Plans;

namespace Matching.Api.Commands;

/// <summary>Reads seasons and plans for a command, and tells their faults.</summary>
internal sealed class InputReader(CliHost host, bool json)
{
    private readonly List<string> _notes = [];

    /// <summary>The harmless remarks of everything read.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The season, or null when its faults have been told.</summary>
    public Season? Season(string path) => Told(path, SeasonFiles.Read(path));

    /// <summary>The plan, or null when its faults have been told.</summary>
    public Plan? Plan(string path, Season season) => Told(path, PlanFiles.Read(path, season));

    /// <summary>The season with a change set applied, or null when the refusal has been told.</summary>
    public Season? Changed(string path, Season season)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine(host.In(OperationTexts.CannotRead, path, missing.Message));
            return null;
        }

        ChangeResult result = ChangeSet.Apply(season, text);
        if (result.Refusal is { } refusal)
        {
            string index = refusal.Index?.ToString(CultureInfo.InvariantCulture) ?? "-";
            host.Error.WriteLine(host.In(OperationTexts.ChangeRefused, path, index, refusal.Expected));
            if (json)
            {
                JsonOutput.Write(host, JsonOutput.Refusal(refusal));
            }
        }

        return result.Season;
    }

    private T? Told<T>(string path, ReadResult<T> read)
        where T : class
    {
        _notes.AddRange(read.Notes);
        if (!json)
        {
            FaultPrinter.WriteNotes(host, host.Error, read.Notes);
        }

        if (read.Value is null)
        {
            FaultPrinter.Write(host, host.Error, path, read.Faults);
            if (json)
            {
                JsonOutput.Write(host, JsonOutput.Reading(read.Faults, _notes));
            }
        }

        return read.Value;
    }
}
