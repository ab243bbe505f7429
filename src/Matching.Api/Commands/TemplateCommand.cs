using Matching.Files;

namespace Matching.Api.Commands;

/// <summary><c>matching template</c>: an empty workbook to fill in.</summary>
internal sealed class TemplateCommand : CliCommand
{
    private readonly ValueOption _out;

    public TemplateCommand(CliHost host)
        : base("template", host, HelpTexts.TemplateCommand) =>
        _out = Value("--out", "FILE.xlsx", HelpTexts.TemplateOut, required: true);

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string path = arguments.Required(_out);
        if (path.Length > 0 && SeasonOutput.KindOf(path) != ContainerKind.Workbook)
        {
            arguments.Fault(FaultTexts.NotWorkbook, _out.Name, path);
        }

        return Task.FromResult(arguments.Faults.Count > 0 ? arguments.Refuse(this) : Run(path));
    }

    private int Run(string path)
    {
        SeasonOutput output = new(Host, path, source: null);
        if (!output.IsAccepted())
        {
            return ExitCode.BadInput;
        }

        output.WriteTemplate();
        return ExitCode.Done;
    }
}
