using System.Collections.Immutable;
using System.Text.Json;
using Matching.Changes.Tables;
using Matching.Files;
using Matching.Files.Reading;
using Matching.Model;

namespace Matching.Changes;

/// <summary>Reads the changed season, and finds the change that is to blame when it has faults.</summary>
internal sealed class ChangeJudge(Season season, JsonElement changes, SeasonTables changed)
{
    // Beyond this, trying prefix by prefix would take too long; the last change is named then.
    private const int MostTried = 64;

    /// <summary>The verdict on a set of that many changes.</summary>
    public ChangeResult Result(int count)
    {
        var log = new FaultLog();
        ReadResult<Season> read = log.Result(changed.Read(log));
        if (read.Value is { } good)
        {
            return new ChangeResult(good, null);
        }

        Fault first = read.Faults.FirstOrDefault(f => ChangeAt(f) is not null) ?? read.Faults[0];
        int? index = count == 0 ? null : ChangeAt(first) ?? FirstWith(first, count);
        string where = first.Line is null ? first.Column is null ? first.File : $"{first.File}, {first.Column}" : $"{first.File}, {first.Column ?? "row"}";
        return ChangeResult.Refused(index, $"{where}: {first.Expected}", read.Faults);
    }

    private int? ChangeAt(Fault fault) => changed.ChangeAt(fault.File, fault.Line, fault.Column);

    // No change touched the row at fault: it names something that a change took away. The first change after which the row is at
    // fault is to blame.
    private int FirstWith(Fault fault, int count)
    {
        if (count > MostTried)
        {
            return count - 1;
        }

        var tables = SeasonTables.Of(season);
        int index = 0;
        foreach (JsonElement json in changes.EnumerateArray())
        {
            if (Change.TryRead(json, out Change? change, out _))
            {
                change.ApplyTo(tables, index);
            }

            var log = new FaultLog();
            ImmutableArray<Fault> faults = log.Result(tables.Read(log)).Faults;
            if (faults.Any(f => f.File == fault.File && f.Code == fault.Code && f.Value == fault.Value))
            {
                return index;
            }

            index++;
        }

        return count - 1;
    }
}
