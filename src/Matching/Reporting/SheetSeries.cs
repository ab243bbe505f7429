namespace Matching.Reporting;

/// <summary>One table over as many sheets as its rows need; each sheet has the header. Rows are begun here and ended by the caller.</summary>
internal sealed class SheetSeries(
    WorkbookPackage package, string name, IReadOnlyList<SheetColumn> columns, int frozenColumns,
    double headerHeight = 32, int mostRows = SheetWriter.MostRows) : IDisposable
{
    private SheetWriter _sheet = package.Sheet(name, columns, frozenColumns, headerHeight);
    private int _sheets = 1;

    /// <summary>Begins a row in a sheet that has room for it.</summary>
    public SheetWriter BeginRow()
    {
        if (_sheet.Rows >= mostRows)
        {
            _sheet.Dispose();
            _sheets++;
            _sheet = package.Sheet($"{name} {_sheets}", columns, frozenColumns, headerHeight);
        }

        _sheet.BeginRow();
        return _sheet;
    }

    /// <inheritdoc/>
    public void Dispose() => _sheet.Dispose();
}
