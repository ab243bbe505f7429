using System.CommandLine;
using Matching.Api.Output;
using Matching.Why;

namespace Matching.Api.Commands;

/// <summary><c>matching why SEASON PLAN</c>: why an order is short, or a worker idle or where they are.</summary>
internal sealed class WhyCommand : CliCommand
{
    private readonly Argument<string?> _season;
    private readonly Argument<string?> _plan;
    private readonly ValueOption _order;
    private readonly ValueOption _worker;
    private readonly ValueOption _date;
    private readonly Option<bool> _json;

    public WhyCommand(CliHost host)
        : base("why", host, OperationTexts.WhyCommand)
    {
        _season = Positional("SEASON", HelpTexts.Season);
        _plan = Positional("PLAN", HelpTexts.Plan);
        _order = Value("--order", "O", OperationTexts.WhyOrder);
        _worker = Value("--worker", "W", OperationTexts.WhyWorker);
        _date = Value("--date", "D", OperationTexts.TryDate, required: true);
        _json = Flag("--json", HelpTexts.Json);
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string season = arguments.Required(_season);
        string plan = arguments.Required(_plan);
        arguments.Required(_date);
        DateOnly? date = arguments.Day(_date);
        string? order = arguments.Optional(_order);
        string? worker = arguments.Optional(_worker);
        if (order is null == worker is null && arguments.Faults.Count == 0)
        {
            arguments.Fault(OperationTexts.WhyForms);
        }

        return Task.FromResult(arguments.Faults.Count > 0
            ? arguments.Refuse(this) : Run(season, plan, order, worker, date!.Value, arguments.Has(_json), cancellationToken));
    }

    private int Run(string seasonPath, string planPath, string? order, string? worker, DateOnly date, bool json, CancellationToken stop)
    {
        InputReader reader = new(Host, json);
        if (reader.Season(seasonPath) is not { } season || reader.Plan(planPath, season) is not { } plan)
        {
            return ExitCode.BadInput;
        }

        bool known = order is not null ? season.OrderById.ContainsKey(new(order)) : season.WorkerById.ContainsKey(new(worker!));
        if (!known || !season.Contains(date))
        {
            Host.Error.WriteLine(known
                ? Host.In(OperationTexts.OutsideSeason, Figures.Day(date), Figures.Day(season.Start), Figures.Day(season.End))
                : Host.In(OperationTexts.UnknownId, Host.In(order is null ? RunTexts.Worker : RunTexts.Order), order ?? worker));
            return ExitCode.BadInput;
        }

        if (order is not null)
        {
            OrderAnswer answer = WhyInquiry.AskOrder(season, plan, new(order), date, cancellationToken: stop);
            if (json)
            {
                JsonOutput.Write(Host, WhyOutput.Document(Host.Language, answer));
            }
            else
            {
                WhyOutput.Print(Host, answer);
            }
        }
        else
        {
            WorkerAnswer answer = WhyInquiry.AskWorker(season, plan, new(worker!), date, cancellationToken: stop);
            if (json)
            {
                JsonOutput.Write(Host, WhyOutput.Document(Host.Language, answer));
            }
            else
            {
                WhyOutput.Print(Host, answer);
            }
        }

        return ExitCode.Done;
    }
}
