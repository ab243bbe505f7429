using Matching.Files.Format;

namespace Matching.Files;

/// <summary>What an output folder holds.</summary>
public enum OutputKind
{
    /// <summary>A plan: an earlier plan at the same path is replaced.</summary>
    Plan,

    /// <summary>A season: an earlier season at the same path is replaced.</summary>
    Season,
}

/// <summary>Writes an output folder aside and moves it into place as a whole; an earlier one is replaced, anything else refused.</summary>
public static class OutputFolder
{
    /// <summary>
    /// Whether a folder can be written at the path; asked before any work. It may be absent, empty, or hold an earlier output of the
    /// same kind and nothing else, and may not be or lie in the season folder.
    /// </summary>
    /// <param name="path">The output folder.</param>
    /// <param name="kind">What it will hold.</param>
    /// <param name="seasonPath">The season folder, zip or workbook the work reads; null when there is none.</param>
    /// <param name="alsoHolds">Names of further files that an output of this kind may hold, such as a report.</param>
    /// <returns>Null when all is well, else one English sentence saying what is wrong.</returns>
    public static string? Check(string path, OutputKind kind, string? seasonPath = null, params ReadOnlySpan<string> alsoHolds)
    {
        if (string.IsNullOrWhiteSpace(path))
        {
            return "The output folder has no name.";
        }

        string target = OutputPath.Resolved(path);
        if (Path.GetDirectoryName(target) is null)
        {
            return $"The output folder '{path}' is the root of a disk.";
        }

        if (seasonPath is not null && Directory.Exists(seasonPath) && OutputPath.LiesIn(target, OutputPath.Resolved(seasonPath)))
        {
            return $"The output folder '{path}' is or lies in the season folder '{seasonPath}'.";
        }

        return WhatStandsInTheWay(path, target, kind, alsoHolds) ?? WhyNotWritable(path, target);
    }

    /// <summary>
    /// Calls <paramref name="fill"/> with an empty folder beside the path, then moves it into place, parents created and an
    /// earlier output replaced. When <paramref name="fill"/> throws, nothing is left behind and an earlier output stays.
    /// </summary>
    /// <param name="path">The output folder.</param>
    /// <param name="kind">What it will hold.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <param name="alsoHolds">Names of further files that an output of this kind may hold, such as a report.</param>
    /// <exception cref="IOException">The folder cannot be written, or holds something else by now.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static void Write(string path, OutputKind kind, Action<string> fill, params ReadOnlySpan<string> alsoHolds)
    {
        ArgumentNullException.ThrowIfNull(fill);
        if (Check(path, kind, null, alsoHolds) is { } refusal)
        {
            throw new IOException(refusal);
        }

        string target = OutputPath.Resolved(path);
        string parent = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(parent);
        string aside = MakeAside(target, parent);
        try
        {
            fill(aside);
            MoveIntoPlace(aside, target);
        }
        finally
        {
            if (Directory.Exists(aside))
            {
                Directory.Delete(aside, recursive: true);
            }
        }
    }

    private static string? WhatStandsInTheWay(string path, string target, OutputKind kind, ReadOnlySpan<string> alsoHolds)
    {
        if (OutputPath.FileAbove(target) is { } file)
        {
            return $"The output folder '{path}' cannot be made: '{file}' is a file.";
        }

        if (!Directory.Exists(target))
        {
            return null;
        }

        string[] holds = [.. Directory.EnumerateFileSystemEntries(target).Order(StringComparer.Ordinal)];
        if (holds.Length == 0)
        {
            return null;
        }

        (string what, HashSet<string> known, string[] marks) = kind == OutputKind.Plan
            ? ("plan", PlanFormat.Files.Select(f => f.Name).Concat([PlanFormat.FactsFile, PlanFormat.DiffFile, PlanFiles.WorkbookFile, PlanFiles.ReportFile]).ToHashSet(StringComparer.Ordinal),
                PlanFormat.Files.Where(f => !f.Optional).Select(f => f.Name).ToArray())
            : ("season", SeasonFormat.Files.Select(f => f.Name).Append(SeasonFormat.SettingsFile).ToHashSet(StringComparer.Ordinal), [SeasonFormat.SettingsFile]);
        foreach (string name in alsoHolds)
        {
            known.Add(name);
        }

        string? stranger = holds.FirstOrDefault(h => Directory.Exists(h) || !known.Contains(Path.GetFileName(h)));
        if (stranger is not null)
        {
            return $"The output folder '{path}' holds '{Path.GetFileName(stranger)}', which is no part of an earlier {what}; choose an empty or new folder.";
        }

        string? missing = marks.FirstOrDefault(m => !File.Exists(Path.Combine(target, m)));
        return missing is null ? null : $"The output folder '{path}' holds files but is no earlier {what}: it has no {missing}; choose an empty or new folder.";
    }

    // Tried before hours of work, not after: makes and removes a folder where the output will be made.
    private static string? WhyNotWritable(string path, string target)
    {
        string existing = target;
        while (!Directory.Exists(existing) && Path.GetDirectoryName(existing) is { } above)
        {
            existing = above;
        }

        try
        {
            string probe = existing == target ? MakeAside(target, Path.GetDirectoryName(target)!) : MakeAside(Path.Combine(existing, Path.GetFileName(target)), existing);
            Directory.Delete(probe);
            return null;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            return $"The output folder '{path}' cannot be written: {broken.Message}";
        }
    }

    private static string MakeAside(string target, string parent)
    {
        string name = $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}";
        string aside = Path.Combine(parent, name);
        try
        {
            Directory.CreateDirectory(aside);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException && Directory.Exists(target))
        {
            // The output is a folder we were given inside one we may not write to, such as a mounted volume.
            aside = Path.Combine(target, name);
            Directory.CreateDirectory(aside);
        }

        return aside;
    }

    private static void MoveIntoPlace(string aside, string target)
    {
        if (!Directory.Exists(target))
        {
            Directory.Move(aside, target);
            return;
        }

        string earlier = aside + ".earlier";
        try
        {
            if (OutputPath.LiesIn(aside, target))
            {
                throw new IOException("The folder cannot be moved: its parent is not ours.");
            }

            Directory.Move(target, earlier);
        }
        catch (IOException)
        {
            // A mount point cannot be moved: its content is replaced file by file.
            ReplaceContent(aside, target);
            return;
        }

        try
        {
            Directory.Move(aside, target);
        }
        catch (IOException)
        {
            Directory.Move(earlier, target);
            throw;
        }

        Directory.Delete(earlier, recursive: true);
    }

    private static void ReplaceContent(string aside, string target)
    {
        foreach (string file in Directory.EnumerateFiles(target))
        {
            File.Delete(file);
        }

        foreach (string file in Directory.EnumerateFiles(aside))
        {
            string place = Path.Combine(target, Path.GetFileName(file));
            File.Copy(file, place);
        }
    }
}
