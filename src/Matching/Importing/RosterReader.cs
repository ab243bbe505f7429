using System.Globalization;
using System.IO.Compression;
using Matching.Files;
using Matching.Files.Reading;
using Matching.Model;
using Matching.Plans;

namespace Matching.Importing;

/// <summary>Reads the roster sheets of an exported workbook: a row per crew and worker, a column per day, a mark where they work.</summary>
internal sealed class RosterReader(Season season, Plan plan)
{
    private const string SheetWord = "Roster";

    /// <summary>Marks by day, crew and worker, with their cells.</summary>
    public Dictionary<(DateOnly Date, CrewId Crew, WorkerId Worker), (string Sheet, string Cell)> Marks { get; } = [];

    /// <summary>Cells of rows that are there, marked or not.</summary>
    public Dictionary<(DateOnly Date, CrewId Crew, WorkerId Worker), (string Sheet, string Cell)> Cells { get; } = [];

    /// <summary>The first roster sheet, where rows that are gone are told.</summary>
    public string Sheet { get; private set; } = SheetWord;

    public List<Fault> Faults { get; } = [];

    public void Read(Stream workbook, string name)
    {
        var log = new FaultLog();
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(workbook, ZipArchiveMode.Read);
        }
        catch (InvalidDataException damage)
        {
            Faults.Add(new Fault(name, null, null, null, "an Excel workbook: " + damage.Message, FaultCode.DamagedContainer));
            return;
        }

        using WorkbookSource? source = WorkbookSource.Open(zip, name, log);
        if (source is null)
        {
            Faults.AddRange(log.Result<Season>(null).Faults);
            return;
        }

        bool any = false;
        foreach ((string sheet, TableReader table) in source.Sheets())
        {
            if (sheet.Contains(SheetWord, StringComparison.Ordinal))
            {
                Sheet = any ? Sheet : sheet;
                any = true;
                ReadSheet(sheet, table);
            }
        }

        if (!any)
        {
            Faults.Add(new Fault(name, null, null, null, $"a sheet whose name holds '{SheetWord}', as the plan's workbook has", FaultCode.MissingFile));
        }
    }

    private void ReadSheet(string sheet, TableReader table)
    {
        if (!table.Read())
        {
            return;
        }

        int crewColumn = -1;
        int workerColumn = -1;
        var days = new List<(int Column, DateOnly Date)>();
        for (int i = 0; i < table.Count; i++)
        {
            string[] lines = table[i].ToString().Split('\n', StringSplitOptions.TrimEntries);
            crewColumn = lines.Contains("crew_id") ? i : crewColumn;
            workerColumn = lines.Contains("worker_id") ? i : workerColumn;
            if (DateOnly.TryParseExact(lines[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            {
                days.Add((i, date));
            }
        }

        if (crewColumn < 0 || workerColumn < 0)
        {
            Faults.Add(new Fault(sheet, 1, null, null, "the columns crew_id and worker_id", FaultCode.MissingColumn));
            return;
        }

        HashSet<CrewId> crews = [.. plan.Crews.Select(c => c.Id)];
        while (table.Read())
        {
            var crew = new CrewId(CellOf(table, crewColumn));
            var worker = new WorkerId(CellOf(table, workerColumn));
            if (!crews.Contains(crew))
            {
                Faults.Add(new Fault(sheet, table.Line, Letters(crewColumn), crew.Value, "the id of a crew of the plan", FaultCode.UnknownId));
                continue;
            }

            if (!season.WorkerById.ContainsKey(worker))
            {
                Faults.Add(new Fault(sheet, table.Line, Letters(workerColumn), worker.Value, "the id of a worker", FaultCode.UnknownId));
                continue;
            }

            foreach ((int column, DateOnly date) in days)
            {
                (string, string) cell = (sheet, Letters(column) + table.Line.ToString(CultureInfo.InvariantCulture));
                Cells[(date, crew, worker)] = cell;
                string mark = CellOf(table, column).Trim();
                if (mark.Length > 0 && mark != "0")
                {
                    Marks[(date, crew, worker)] = cell;
                }
            }
        }
    }

    private static string CellOf(TableReader table, int column) => column < table.Count ? table[column].ToString() : "";

    private static string Letters(int column)
    {
        string letters = "";
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }

        return letters;
    }
}
