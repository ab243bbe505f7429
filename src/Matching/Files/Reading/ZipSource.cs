using System.Globalization;
using System.IO.Compression;
using Matching.Files.Format;

namespace Matching.Files.Reading;

/// <summary>A zip that holds the files at its root or in one top folder.</summary>
internal sealed class ZipSource : FileSource
{
    private readonly ZipArchive _zip;
    private readonly Dictionary<string, ZipArchiveEntry> _files = new(StringComparer.Ordinal);
    private readonly string _folder;
    private long _inflated;

    private ZipSource(ZipArchive zip, string folder)
    {
        (_zip, _folder) = (zip, folder);
        foreach (ZipArchiveEntry entry in zip.Entries.Where(e => !IsFolder(e)))
        {
            _files.TryAdd(Normal(entry.FullName), entry);
        }
    }

    /// <inheritdoc/>
    protected override IEnumerable<string> Names => _files.Keys
        .Select(n => n.StartsWith(_folder, StringComparison.Ordinal) ? n[_folder.Length..] : n)
        .Order(StringComparer.Ordinal);

    /// <summary>Opens the zip, which it then owns; null when an entry is hostile or the files lie in several folders, which is reported.</summary>
    public static ZipSource? Open(ZipArchive zip, string name, FaultLog log)
    {
        if (!CheckEntries(zip, name, log))
        {
            return null;
        }

        var known = PlanFormat.Files.Concat(SeasonFormat.Files).Select(f => f.Name).Append(SeasonFormat.SettingsFile).Append(PlanFormat.FactsFile).ToHashSet(StringComparer.Ordinal);
        string[] folders = [.. zip.Entries.Where(e => !IsFolder(e)).Select(e => Normal(e.FullName)).Select(n => (Name: n, Cut: n.IndexOf('/', StringComparison.Ordinal) + 1))
            .Where(f => known.Contains(f.Name[f.Cut..])).Select(f => f.Name[..f.Cut]).Distinct(StringComparer.Ordinal)];
        if (folders.Length > 1 && !folders.Contains(""))
        {
            log.Add(name, "the files at the root or in one top folder, not in " + CellText.Shown(string.Join(", ", folders)), FaultCode.SeveralFolders);
            return null;
        }

        return new ZipSource(zip, folders.Contains("") || folders.Length == 0 ? "" : folders[0]);
    }

    /// <summary>Reports entries that climb out, stand twice or inflate beyond sane limits. Also for workbooks, which are zips.</summary>
    public static bool CheckEntries(ZipArchive zip, string name, FaultLog log)
    {
        bool good = true;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long total = 0;
        if (zip.Entries.Count > ZipLimits.MostEntries)
        {
            Report(name, $"at most {ZipLimits.MostEntries} entries", FaultCode.TooLarge);
        }

        foreach (ZipArchiveEntry entry in zip.Entries)
        {
            string shown = CellText.Shown(entry.FullName);
            total += entry.Length;
            if (ClimbsOut(entry))
            {
                Report(shown, "an entry inside the zip: no .., no absolute path, no link", FaultCode.EntryClimbsOut);
            }
            else if (!seen.Add(Normal(entry.FullName).TrimEnd('/')))
            {
                Report(shown, "each entry once", FaultCode.EntryTwice);
            }

            if (ZipLimits.IsBeyond(entry.Length, entry.CompressedLength))
            {
                Report(shown, string.Create(CultureInfo.InvariantCulture, $"an entry that inflates to at most {ZipLimits.MostBytes >> 20} MiB and {ZipLimits.MostRatio} times its size"), FaultCode.TooLarge);
            }
        }

        if (good && total > ZipLimits.MostBytes)
        {
            Report(name, string.Create(CultureInfo.InvariantCulture, $"entries of at most {ZipLimits.MostBytes >> 20} MiB in all"), FaultCode.TooLarge);
        }

        return good;

        void Report(string entry, string expected, string code)
        {
            good = false;
            log.Add(entry, expected, code);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _zip.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override byte[]? LoadOrNull(string name)
    {
        if (!_files.TryGetValue(_folder + name, out ZipArchiveEntry? entry))
        {
            return null;
        }

        using Stream packed = entry.Open();
        using var limited = new LimitedStream(packed, ZipLimits.MostBytes - _inflated);
        using var content = new MemoryStream();
        limited.CopyTo(content);
        _inflated += content.Length;
        return content.ToArray();
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') || entry.FullName.EndsWith('\\');

    // Some tools write backslashes and a leading "./".
    private static string Normal(string name)
    {
        string slashed = name.Replace('\\', '/');
        return slashed.StartsWith("./", StringComparison.Ordinal) ? slashed[2..] : slashed;
    }

    private static bool ClimbsOut(ZipArchiveEntry entry)
    {
        const int UnixTypeMask = 0xF000;
        const int UnixLink = 0xA000;
        string name = Normal(entry.FullName);
        return name.StartsWith('/')
            || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0]))
            || name.Split('/').Contains("..")
            || ((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink;
    }
}
