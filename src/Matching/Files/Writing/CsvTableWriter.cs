using CsvHelper;
using Matching.Files.Format;

namespace Matching.Files.Writing;

/// <summary>Writes CSV: RFC 4180 quoting where it is needed, UTF-8 without a mark, LF. Cells are written as they stand.</summary>
internal sealed class CsvTableWriter : TableWriter
{
    private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { NewLine = "\n", Injection = CsvInjection.None };

    private readonly CsvWriter _csv;

    /// <summary>Begins the file with its header; the stream is closed at the end.</summary>
    public CsvTableWriter(FileSpec file, Stream stream)
        : base(file)
    {
        _csv = CsvWriter.Create(stream, Options, leaveOpen: false);
        foreach (Column column in file.Columns)
        {
            _csv.WriteField(column.Name);
        }

        _csv.EndRecord();
    }

    /// <inheritdoc/>
    public override void Dispose() => _csv.Dispose();

    /// <inheritdoc/>
    protected override void WriteCell(string text, Column column) => _csv.WriteField(text);

    /// <inheritdoc/>
    protected override void WriteRowEnd() => _csv.EndRecord();
}
