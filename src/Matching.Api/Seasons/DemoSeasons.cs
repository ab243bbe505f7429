using System.IO.Compression;
using System.Reflection;

namespace Matching.Api.Seasons;

/// <summary>The seasons that come with the program, to try it at once.</summary>
internal static class DemoSeasons
{
    private const string Room = "Matching.Api.Demo/";

    /// <summary>The names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(DemoSeasons).Assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Room, StringComparison.Ordinal))
            .Select(n => n.Split('/')[1]).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>A season's folder as a zip.</summary>
    public static MemoryStream Open(string name)
    {
        Assembly assembly = typeof(DemoSeasons).Assembly;
        string folder = $"{Room}{name}/";
        MemoryStream content = new();
        using (ZipArchive zip = new(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (string resource in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder, StringComparison.Ordinal)))
            {
                using Stream file = assembly.GetManifestResourceStream(resource)!;
                using Stream entry = zip.CreateEntry(resource[folder.Length..]).Open();
                file.CopyTo(entry);
            }
        }

        content.Position = 0;
        return content;
    }
}
