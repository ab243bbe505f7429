using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Matching.Changes.Tables;
using Matching.Files.Format;

namespace Matching.Changes;

/// <summary>One change as written. Applying gives null, or what was expected instead.</summary>
internal abstract record Change(string File)
{
    private const string Shapes = "an object with 'file' and either 'row' and 'to', 'add', 'remove', or for season.json 'to'";

    /// <summary>Reads a change; what was expected when it is none.</summary>
    public static bool TryRead(JsonElement json, [NotNullWhen(true)] out Change? change, [NotNullWhen(false)] out string? expected)
    {
        (change, expected) = (null, Shapes);
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("file", out JsonElement file) || file.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        string name = file.GetString()!;
        string[] members = [.. json.EnumerateObject().Select(m => m.Name).Where(m => m != "file").Order(StringComparer.Ordinal)];
        if (name == SeasonFormat.SettingsFile)
        {
            if (members is not ["to"] || json.GetProperty("to").ValueKind != JsonValueKind.Object)
            {
                expected = "'to' with an object that is merged into season.json, and nothing else";
                return false;
            }

            change = new SettingsChange(json.GetProperty("to"));
            return true;
        }

        if (SeasonFormat.Files.FirstOrDefault(f => f.Name == name) is not { } spec)
        {
            expected = "a file of the season folder: season.json, " + string.Join(", ", SeasonFormat.Files.Select(f => f.Name));
            return false;
        }

        var cells = new Dictionary<string, CellTexts>(StringComparer.Ordinal);
        foreach (string member in members)
        {
            if (member is not ("row" or "to" or "add" or "remove"))
            {
                expected = Shapes;
                return false;
            }

            if (!CellTexts.TryRead(json.GetProperty(member), spec, member, out CellTexts? texts, out expected))
            {
                return false;
            }

            cells.Add(member, texts);
        }

        change = members switch
        {
            ["row", "to"] => new RowChange(spec, cells["row"], cells["to"]),
            ["add"] => new RowAddition(spec, cells["add"]),
            ["remove"] => new RowRemoval(spec, cells["remove"]),
            _ => null,
        };
        expected = Shapes;
        return change is not null;
    }

    /// <summary>Applies it.</summary>
    /// <param name="tables">The season's tables, which are changed.</param>
    /// <param name="index">The change's position in its set, remembered with what it touches.</param>
    /// <returns>Null, or what was expected.</returns>
    public abstract string? ApplyTo(SeasonTables tables, int index);
}

/// <summary>Sets columns of every row whose given columns are equal.</summary>
internal sealed record RowChange(FileSpec Spec, CellTexts Row, CellTexts To) : Change(Spec.Name)
{
    /// <inheritdoc/>
    public override string? ApplyTo(SeasonTables tables, int index)
    {
        tables.NoteSet(Spec, To.Columns);
        bool found = false;
        foreach (TableRow row in tables[Spec].Rows.Where(r => Row.Match(r.Cells)))
        {
            found = true;
            To.Put(row, index);
        }

        return found ? null : Row.NoSuchRow();
    }
}

/// <summary>Appends a row; columns not given are empty.</summary>
internal sealed record RowAddition(FileSpec Spec, CellTexts Cells) : Change(Spec.Name)
{
    /// <inheritdoc/>
    public override string? ApplyTo(SeasonTables tables, int index)
    {
        tables.NoteAdded(Spec);
        TableRow row = TableRow.Empty(Spec);
        Cells.Put(row, index);
        tables[Spec].Rows.Add(row);
        return null;
    }
}

/// <summary>Takes away every row whose given columns are equal.</summary>
internal sealed record RowRemoval(FileSpec Spec, CellTexts Row) : Change(Spec.Name)
{
    /// <inheritdoc/>
    public override string? ApplyTo(SeasonTables tables, int index)
    {
        tables.NoteRemoved(Spec);
        return tables[Spec].Rows.RemoveAll(r => Row.Match(r.Cells)) > 0 ? null : Row.NoSuchRow();
    }
}

/// <summary>Merges settings; null stands for the default.</summary>
internal sealed record SettingsChange(JsonElement To) : Change(SeasonFormat.SettingsFile)
{
    /// <inheritdoc/>
    public override string? ApplyTo(SeasonTables tables, int index) => tables.Settings.Merge(To, index);
}
