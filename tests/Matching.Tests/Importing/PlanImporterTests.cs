using System.IO.Compression;
using System.Text.RegularExpressions;
using Matching.Checking;
using Matching.Importing;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;
using Matching.Reporting;
using Matching.Rules;
using Xunit;

namespace Matching.Tests.Importing;

public class PlanImporterTests
{
    private static readonly RepairOptions Quick = new() { Seconds = 0.05, Patience = 10 };

    [Fact]
    public void An_unedited_workbook_changes_nothing()
    {
        ImportResult result = Import(Tiny.Season(), xml => xml);

        Assert.Empty(result.Faults);
        Assert.Empty(result.Edits);
        Assert.Empty(result.Broken);
        Assert.True(result.Repair!.Diff.IsEmpty);
    }

    [Fact]
    public void A_mark_taken_away_is_a_day_off()
    {
        // The second row of the roster is a1 in c1; column L is the first day.
        ImportResult result = Import(Tiny.Season(), xml => Cell("L2").Replace(xml, "", 1));

        RosterEdit edit = Assert.Single(result.Edits);
        Assert.Equal(("L2", "a1", false), (edit.Cell, edit.Worker.Value, edit.Works));
        Assert.DoesNotContain(result.Repair!.Plan.WorkerDays, d => d.Worker.Value == "a1" && d.Date == Tiny.Day(0));
        Assert.Empty(PlanChecker.Check(Tiny.Season(), result.Repair.Plan).Violations);
    }

    [Fact]
    public void A_mark_that_breaks_a_rule_is_named_by_its_cell()
    {
        Season season = Tiny.Season().WithAbsence(AbsenceKind.Worker, "a1", 5, 5);

        // Day 5 is column Q; the crew is not engaged then either.
        ImportResult result = Import(season, xml => Cell("M2").Replace(xml, m => m.Value + m.Value.Replace("\"M2\"", "\"Q2\"", StringComparison.Ordinal), 1));

        Assert.Equal("Q2", Assert.Single(result.Edits).Cell);
        Assert.Contains(result.Broken, b => b.Rule == RuleCode.W1 && b.Cell == "Q2");
        Assert.Contains(result.Broken, b => b.Rule == RuleCode.C1 && b.Cell == "Q2");
        Assert.Empty(PlanChecker.Check(season, result.Repair!.Plan).Violations);
    }

    [Fact]
    public void An_unknown_worker_is_a_fault_with_its_cell()
    {
        ImportResult result = Import(Tiny.Season(), xml => xml.Replace(">a1<", ">zz<", StringComparison.Ordinal));

        Assert.Contains(result.Faults, f => f.Value == "zz" && f.Column == "B" && f.Line == 2);
        Assert.Null(result.Repair);
    }

    [Fact]
    public void What_is_no_workbook_is_a_fault()
    {
        ImportResult result = PlanImporter.Import(Tiny.Season(), Tiny.Plan(), new MemoryStream([1, 2, 3]), "x.xlsx", Quick, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(result.Faults);
    }

    private static Regex Cell(string name) => new($"<(x:)?c r=\"{name}\"[^>]*>.*?</(x:)?c>", RegexOptions.Singleline);

    private static ImportResult Import(Season season, Func<string, string> edit)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("matching-").FullName, "plan.xlsx");
        try
        {
            PlanWorkbook.Write(Tiny.Season(), Tiny.Plan(), path, ReportLanguage.English);
            using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update))
            {
                // The roster is the third sheet.
                ZipArchiveEntry entry = zip.GetEntry("xl/worksheets/sheet3.xml")!;
                string xml;
                using (StreamReader reader = new(entry.Open()))
                {
                    xml = reader.ReadToEnd();
                }

                entry.Delete();
                using StreamWriter writer = new(zip.CreateEntry("xl/worksheets/sheet3.xml").Open());
                writer.Write(edit(xml));
            }

            return PlanImporter.Import(season, Tiny.Plan(), File.OpenRead(path), "plan.xlsx", Quick, cancellationToken: TestContext.Current.CancellationToken);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }
}
