using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Matching.Changes;
using Matching.Checking;
using Matching.Model;
using Matching.Plans;
using Matching.Repairing;
using Matching.Rules;

namespace Matching.Why;

/// <summary>
/// One question about a worker's day: every crew of the day is tried with the worker in it, and what stands in the way is told
/// by the rules broken most rarely together.
/// </summary>
internal sealed class WorkerInquiry(
    Season season, Plan plan, PlanBoard board, Worker worker, DateOnly date, WhyOptions options, CancellationToken cancelled)
{
    private const int MostSets = 6;

    public WorkerAnswer Answer()
    {
        Dictionary<CrewId, Crew> crews = plan.Crews.ToDictionary(c => c.Id);
        CrewId? works = plan.WorkerDays.Where(d => d.Worker == worker.Id && d.Date == date).Select(d => (CrewId?)d.Crew).FirstOrDefault();
        var trials = new List<(Crew Crew, Trial Trial)>();
        foreach (Crew crew in plan.Crews.Where(c => c.From <= date && date <= c.To && c.Id != works))
        {
            cancelled.ThrowIfCancellationRequested();
            trials.Add((crew, board.TryWorker(worker.Id, date, crew.Id)));
        }

        ImmutableArray<Blocking> blocking = works is { } here ? [Here(crews[here]), .. Elsewhere(trials)] : [.. Elsewhere(trials)];
        return new WorkerAnswer(worker.Id, date, works, blocking, Remedies(trials));
    }

    private Blocking Here(Crew crew)
    {
        bool own = worker.Broker == crew.Broker;
        return new Blocking(
            [], [crew.Id.Value, crew.Broker.Value, crew.Order.Value],
            $"Works in crew {crew.Id} at order {crew.Order} under {(own ? "their own broker" : "broker")} {crew.Broker}.",
            $"在班组 {crew.Id}（订单 {crew.Order}）随{(own ? "本人经纪人" : "经纪人")} {crew.Broker} 出工。");
    }

    private IEnumerable<Blocking> Elsewhere(List<(Crew Crew, Trial Trial)> trials)
    {
        if (trials.Count == 0)
        {
            yield return new Blocking([], [worker.Id.Value], "No other crew works that day.", "当天没有别的班组出工。");
            yield break;
        }

        var groups = trials
            .Select(t => (t.Crew, t.Trial, Rules: t.Trial.Breaks.Select(b => b.Rule).Distinct().Order().ToArray()))
            .GroupBy(t => string.Join(' ', t.Rules))
            .OrderBy(g => g.First().Rules.Length).ThenByDescending(g => g.Count());
        foreach (var group in groups.Take(MostSets))
        {
            (Crew crew, Trial trial, RuleCode[] rules) = group.MaxBy(t => t.Trial.NetValue);
            string net = trial.NetValue.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);
            if (rules.Length == 0)
            {
                yield return new Blocking(
                    [], [crew.Id.Value, crew.Broker.Value, crew.Order.Value],
                    $"Nothing forbids {group.Count()} crews, best {crew.Id}: the worth would change by {net} CNY.",
                    $"有 {group.Count()} 个班组可以加入，最好的是 {crew.Id}：净值变化 {net} 元。");
                continue;
            }

            Violation first = trial.Breaks[0];
            yield return new Blocking(
                [.. rules], [.. first.Ids.Append(crew.Id.Value).Distinct()],
                $"{group.Count()} crews are closed by {string.Join(", ", rules)}; such as {crew.Id}: {first.Message}",
                $"{group.Count()} 个班组因 {string.Join("、", rules)} 不能加入；如 {crew.Id}：{first.MessageZh}");
        }
    }

    /// <summary>Where the worker could go legally and with a gain: a pin, really applied and repaired.</summary>
    private ImmutableArray<Remedy> Remedies(List<(Crew Crew, Trial Trial)> trials)
    {
        var remedies = ImmutableArray.CreateBuilder<Remedy>();
        foreach ((Crew crew, Trial trial) in trials.Where(t => t.Trial.Legal && t.Trial.NetValue > 0).OrderByDescending(t => t.Trial.NetValue).Take(1))
        {
            string changes = JsonSerializer.Serialize(new[]
            {
                new { file = "pins.csv", add = new { date = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), broker_id = crew.Broker.Value, order_id = crew.Order.Value, worker_id = worker.Id.Value } },
            });
            if (ChangeSet.Apply(season, changes).Season is { } pinned)
            {
                RepairResult result = PlanRepairer.Repair(
                    season, plan, pinned, new RepairOptions { Seed = options.Seed, FocusOnly = true, Focus = [(crew.Order, date)], SearchSeconds = 0 }, cancelled);
                int gained = result.Diff.WorkerDays.Added - result.Diff.WorkerDays.Removed;
                if (result.PinConflicts.IsEmpty && result.Diff.NetValue > 0)
                {
                    remedies.Add(new Remedy(
                        $"Send {worker.Id} with crew {crew.Id}.", $"让 {worker.Id} 随班组 {crew.Id} 出工。", changes, gained, result.Diff.Parts));
                }
            }
        }

        return remedies.ToImmutable();
    }
}
