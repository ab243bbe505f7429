using System.Text.RegularExpressions;

namespace Matching.Tests.Architecture;

/// <summary>The library's sources, for tests that ask who uses whom. Compiled code does not say where a call stands.</summary>
internal static partial class SourceTree
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the library.</summary>
    public static string Library { get; } = Path.Combine(Root, "src", "Matching");

    /// <summary>Every source file of the library with its path inside it, such as <c>Rules/CrewRules.cs</c>.</summary>
    public static IEnumerable<(string Path, string Text)> LibraryFiles() =>
        from file in Directory.EnumerateFiles(Library, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(Library, file).Replace('\\', '/')
        where !path.StartsWith("bin/", StringComparison.Ordinal) && !path.StartsWith("obj/", StringComparison.Ordinal)
        select (path, WithoutComments(File.ReadAllText(file)));

    /// <summary>The room a file lies in; empty for the front door.</summary>
    public static string RoomOf(string path) => path.Contains('/', StringComparison.Ordinal) ? path[..path.IndexOf('/', StringComparison.Ordinal)] : "";

    // Prose may name any room; it depends on none.
    private static string WithoutComments(string text) => Comment().Replace(text, "");

    private static string FindRoot()
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Matching.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the source tree.");
    }

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
