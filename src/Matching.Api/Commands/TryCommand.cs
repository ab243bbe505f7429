using System.CommandLine;
using Matching.Api.Output;
using Matching.Model;
using Matching.Plans;
using Matching.Why;

namespace Matching.Api.Commands;

/// <summary><c>matching try SEASON PLAN</c>: what a single change would do; nothing is written.</summary>
internal sealed class TryCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _worker;
    private readonly ValueOption _date;
    private readonly ValueOption _crew;
    private readonly ValueOption _order;
    private readonly ValueOption _vehicle;
    private readonly ValueOption _trip;
    private readonly Option<bool> _json;

    public TryCommand(CliHost host)
        : base("try", host, OperationTexts.TryCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _worker = Value("--worker", "W", OperationTexts.TryWorker);
        _date = Value("--date", "D", OperationTexts.TryDate);
        _crew = Value("--crew", "C", OperationTexts.TryCrew);
        _order = Value("--order", "O", OperationTexts.TryOrder);
        _vehicle = Value("--vehicle", "V", OperationTexts.TryVehicle);
        _trip = Value("--trip", "T", OperationTexts.TryTrip);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        DateOnly? date = arguments.Day(_date);
        ValueOption[] given = [.. new[] { _worker, _date, _crew, _order, _vehicle, _trip }.Where(o => arguments.Optional(o) is not null)];
        if (!given.SequenceEqual([_worker, _date, _crew]) && !given.SequenceEqual([_crew, _order]) && !given.SequenceEqual([_vehicle, _trip])
            && arguments.Faults.Count == 0)
        {
            arguments.Fault(OperationTexts.TryForms);
        }

        if (arguments.Faults.Count > 0)
        {
            return Task.FromResult(arguments.Refuse(this));
        }

        bool json = arguments.Has(_json);
        string Given(ValueOption option) => arguments.Optional(option) ?? "";
        return Task.FromResult(Run(season, plan, json, (reading, laid) =>
            arguments.Optional(_worker) is { } worker ? Worker(reading, laid, worker, date!.Value, Given(_crew))
            : arguments.Optional(_order) is { } order ? Order(reading, laid, Given(_crew), order)
            : Vehicle(reading, laid, Given(_vehicle), Given(_trip))));
    }

    private int Run(string seasonPath, string planPath, bool json, Func<Season, Plan, Func<PlanBoard, Trial>?> question)
    {
        InputReader reader = new(Host, json);
        if (reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan
            || question(season, plan) is not { } ask)
        {
            return ExitCode.BadInput;
        }

        Trial trial = ask(PlanBoard.Open(season, plan));
        if (json)
        {
            JsonOutput.Write(Host, TrialOutput.Document(Host.Language, trial));
        }
        else
        {
            TrialOutput.Print(Host, trial);
        }

        return trial.Legal ? ExitCode.Done : ExitCode.Illegal;
    }

    private Func<PlanBoard, Trial>? Worker(Season season, Plan plan, string worker, DateOnly date, string crew) =>
        Knows(season.WorkerById.ContainsKey(new(worker)), RunTexts.Worker, worker) && KnowsCrew(plan, crew)
            ? board => board.TryWorker(new(worker), date, new CrewId(crew)) : null;

    private Func<PlanBoard, Trial>? Order(Season season, Plan plan, string crew, string order) =>
        KnowsCrew(plan, crew) && Knows(season.OrderById.ContainsKey(new(order)), RunTexts.Order, order)
            ? board => board.TryOrder(new(crew), new(order)) : null;

    private Func<PlanBoard, Trial>? Vehicle(Season season, Plan plan, string vehicle, string trip) =>
        Knows(season.VehicleById.ContainsKey(new(vehicle)), OperationTexts.Vehicle, vehicle)
        && Knows(plan.Trips.Any(t => t.Id.Value == trip), OperationTexts.Trip, trip)
            ? board => board.TryVehicle(new(vehicle), new(trip)) : null;

    private bool KnowsCrew(Plan plan, string crew) => Knows(plan.Crews.Any(c => c.Id.Value == crew), OperationTexts.Crew, crew);

    private bool Knows(bool known, Text kind, string id)
    {
        if (!known)
        {
            Host.Error.WriteLine(Host.In(OperationTexts.UnknownId, Host.In(kind), id));
        }

        return known;
    }
}
