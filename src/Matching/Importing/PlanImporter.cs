using System.Collections.Immutable;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;
using Matching.Rules;

namespace Matching.Importing;

/// <summary>
/// Takes back the roster of an exported plan workbook after somebody edited it: marks that came are pins, marks that went are
/// days off, rules they break are named by sheet and cell, and the rest is planned around what can be kept. Thread-safe.
/// </summary>
public static class PlanImporter
{
    /// <summary>Imports an edited workbook.</summary>
    /// <param name="season">The season.</param>
    /// <param name="plan">The plan the workbook was exported from.</param>
    /// <param name="workbook">The workbook; the stream must seek and is closed.</param>
    /// <param name="name">What faults of the whole call it.</param>
    /// <param name="options">How the rest is planned; the defaults when null.</param>
    /// <param name="cancellationToken">Ends the search early.</param>
    public static ImportResult Import(
        Season season, Plan plan, Stream workbook, string name, RepairOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(season);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(name);
        var reader = new RosterReader(season, plan);
        reader.Read(workbook, name);
        if (reader.Faults.Count > 0)
        {
            return new ImportResult { Faults = [.. reader.Faults] };
        }

        ImmutableArray<RosterEdit> edits = Edits(plan, reader);
        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        HashSet<(DateOnly, WorkerId)> comes = [.. edits.Where(e => e.Works).Select(e => (e.Date, e.Worker))];
        Season edited = season with
        {
            Pins =
            [
                .. season.Pins,
                .. edits.Where(e => e.Works && season.Contains(e.Date)).Select(e => new Pin(e.Date, crews[e.Crew].Broker, crews[e.Crew].Order, e.Worker)),
            ],
            Absences =
            [
                .. season.Absences,
                .. edits.Where(e => !e.Works && !comes.Contains((e.Date, e.Worker)))
                    .Select(e => new Absence(AbsenceKind.Worker, e.Worker.Value, new(e.Date, e.Date), "roster")),
            ],
        };
        RepairResult repair = PlanRepairer.Repair(season, plan, edited, options, cancellationToken);
        return new ImportResult { Faults = [], Edits = edits, Broken = Broken(season, plan, edits, repair), Repair = repair };
    }

    private static ImmutableArray<RosterEdit> Edits(Plan plan, RosterReader reader)
    {
        HashSet<(DateOnly, CrewId, WorkerId)> had = [.. plan.WorkerDays.Select(d => (d.Date, d.Crew, d.Worker))];
        var edits = new List<RosterEdit>();
        foreach (((DateOnly date, CrewId crew, WorkerId worker), (string sheet, string cell)) in reader.Marks)
        {
            if (!had.Contains((date, crew, worker)))
            {
                edits.Add(new RosterEdit(sheet, cell, date, crew, worker, true));
            }
        }

        foreach ((DateOnly date, CrewId crew, WorkerId worker) in had)
        {
            if (!reader.Marks.ContainsKey((date, crew, worker)))
            {
                bool there = reader.Cells.TryGetValue((date, crew, worker), out (string Sheet, string Cell) cell);
                edits.Add(new RosterEdit(there ? cell.Sheet : reader.Sheet, there ? cell.Cell : null, date, crew, worker, false));
            }
        }

        return [.. edits.OrderBy(e => e.Date).ThenBy(e => e.Crew.Value, StringComparer.Ordinal).ThenBy(e => e.Worker.Value, StringComparer.Ordinal)];
    }

    /// <summary>What the roster as it stands breaks that the plan did not, each at the edit it is about.</summary>
    private static ImmutableArray<BrokenCell> Broken(Season season, Plan plan, ImmutableArray<RosterEdit> edits, RepairResult repair)
    {
        if (edits.IsEmpty)
        {
            return [];
        }

        HashSet<WorkerDay> gone = [.. edits.Where(e => !e.Works).Select(e => new WorkerDay(e.Date, e.Crew, e.Worker))];
        Plan byHand = plan with
        {
            WorkerDays = [.. plan.WorkerDays.Where(d => !gone.Contains(d)), .. edits.Where(e => e.Works).Select(e => new WorkerDay(e.Date, e.Crew, e.Worker))],
            Shortages = [],
            Facts = null,
        };
        HashSet<Violation> old = [.. PlanChecker.Check(season, plan).Violations];
        var broken = new List<BrokenCell>();
        foreach (Violation violation in PlanChecker.Check(season, byHand).Violations.Where(v => !old.Contains(v) && v.Rule is < RuleCode.T1 or RuleCode.P1))
        {
            RosterEdit? at = edits.FirstOrDefault(e => violation.Date == e.Date && violation.Ids.Contains(e.Worker.Value) && violation.Ids.Contains(e.Crew.Value))
                ?? edits.FirstOrDefault(e => violation.Date == e.Date && violation.Ids.Contains(e.Worker.Value))
                ?? edits.FirstOrDefault(e => violation.Ids.Contains(e.Worker.Value))
                ?? edits.FirstOrDefault(e => violation.Date == e.Date && violation.Ids.Contains(e.Crew.Value))
                ?? edits.FirstOrDefault(e => violation.Date == e.Date) ?? edits[0];
            broken.Add(new BrokenCell(at.Sheet, at.Cell, violation.Rule, violation.Ids, violation.Message, violation.MessageZh));
        }

        foreach (PinConflict conflict in repair.PinConflicts)
        {
            RosterEdit? at = edits.FirstOrDefault(e => e.Works && e.Date == conflict.Pin.Date && e.Worker == conflict.Pin.Worker);
            if (at is not null && !broken.Exists(b => b.Cell == at.Cell && b.Sheet == at.Sheet))
            {
                broken.Add(new BrokenCell(
                    at.Sheet, at.Cell, conflict.Rule, conflict.Ids, conflict.Message,
                    $"{conflict.Pin.Date:yyyy-MM-dd} 工人 {conflict.Pin.Worker} 到订单 {conflict.Pin.Order} 的安排无法保留（{conflict.Rule}）。"));
            }
        }

        return [.. broken];
    }
}
