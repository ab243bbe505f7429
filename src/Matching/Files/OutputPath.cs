namespace Matching.Files;

/// <summary>Where an output path really leads.</summary>
internal static class OutputPath
{
    /// <summary>Whether a resolved path is a resolved folder or lies in it.</summary>
    public static bool LiesIn(string path, string folder) => IsSame(path, folder) || IsBelow(path, folder);

    /// <summary>The first file among a path and the folders above it, which then cannot be a folder; null when there is none.</summary>
    public static string? FileAbove(string path)
    {
        for (string? above = path; above is not null; above = Path.GetDirectoryName(above))
        {
            if (File.Exists(above))
            {
                return above;
            }
        }

        return null;
    }

    /// <summary>Whether two resolved paths are the same.</summary>
    public static bool IsSame(string one, string other) => string.Equals(one, other, PathComparison);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, PathComparison);

    private static StringComparison PathComparison => OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;

    /// <summary>The full path with the links of its existing part followed, so that a link cannot hide where it leads.</summary>
    public static string Resolved(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        const int MostLinks = 40;
        string root = Path.GetPathRoot(full) ?? "";
        string resolved = root;
        int links = 0;
        var rest = new Stack<string>(full[root.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
        while (rest.TryPop(out string? part))
        {
            string next = Path.GetFullPath(Path.Combine(resolved, part));
            if (links < MostLinks && new FileInfo(next).LinkTarget is { } leads)
            {
                links++;
                string to = Path.GetFullPath(Path.Combine(resolved, leads));
                resolved = Path.GetPathRoot(to) ?? "";
                foreach (string step in to[resolved.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
                {
                    rest.Push(step);
                }
            }
            else
            {
                resolved = next;
            }
        }

        return resolved;
    }
}
