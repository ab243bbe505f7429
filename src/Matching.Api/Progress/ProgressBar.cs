using Matching.Api.Output;
using Matching.Search;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Matching.Api.Progress;

/// <summary>
/// Progress drawn anew in place on a terminal: a bar over the time, and the stage with net value, bound and gap. Reproducible
/// runs have no clock to show, so their bar only says that work goes on.
/// </summary>
internal sealed class ProgressBar(CliHost host, PlanOptions options, CancellationToken stopping) : IProgress<PlanProgress>
{
    private const int MostBarCells = 60;
    private const int ColumnCells = 18;
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(150);
    private readonly long _start = host.Time.GetTimestamp();
    private volatile PlanProgress? _latest;
    private int _beat;

    /// <inheritdoc/>
    public void Report(PlanProgress value) => _latest = value;

    /// <summary>Waits for the run, drawing how it goes.</summary>
    public async Task WatchAsync(Task run)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(host.Error) });
        await console.Live(Draw(console)).StartAsync(async live =>
        {
            while (!run.IsCompleted)
            {
                await Task.WhenAny(run, Task.Delay(Redraw, host.Time));
                _beat++;
                live.UpdateTarget(Draw(console));
            }
        });
        await run;
    }

    private Rows Draw(IAnsiConsole console)
    {
        PlanProgress? latest = _latest;
        Grid figures = new();
        for (int column = 0; column < 4; column++)
        {
            // Fixed, so that nothing jumps while numbers grow.
            figures.AddColumn(new GridColumn().Width(ColumnCells));
        }

        figures.AddRow([.. new[] { RunTexts.Stage, RunTexts.Incumbent, RunTexts.Bound, RunTexts.Gap }
            .Select(name => new Spectre.Console.Text(host.In(name), new Style(Color.Grey)))]);
        figures.AddRow(
            new Spectre.Console.Text(host.In(latest is null ? RunTexts.Starting : RunTexts.StageName(latest.Stage))),
            new Spectre.Console.Text(latest?.Incumbent is { } net ? Figures.Money(net) : "-", new Style(Color.Green)),
            new Spectre.Console.Text(latest?.UpperBound is { } bound ? Figures.Money(bound) : "-"),
            new Spectre.Console.Text(latest?.Gap is { } gap ? Figures.Percent(gap) : "-"));

        List<IRenderable> rows = [Bar(console.Profile.Width), figures];
        if (stopping.IsCancellationRequested)
        {
            rows.Add(new Spectre.Console.Text(host.In(RunTexts.Stopping), new Style(Color.Yellow)));
        }

        return new Rows(rows);
    }

    private Markup Bar(int width)
    {
        double seconds = host.Time.GetElapsedTime(_start).TotalSeconds;
        string clock = options.Reproducible
            ? ""
            : host.In(RunTexts.SecondsOf, Figures.Count((long)seconds), Figures.Short((decimal)Math.Min(options.Seconds, 1e9)));
        int cells = Math.Clamp(width - CellWidth.Of(clock) - 3, 10, MostBarCells);
        if (options.Reproducible)
        {
            int at = _beat % cells;
            return new Markup($"[grey]{new string('─', at)}[/][green]━[/][grey]{new string('─', cells - at - 1)}[/]");
        }

        int done = (int)(cells * Math.Min(1, seconds / options.Seconds));
        return new Markup($"[green]{new string('━', done)}[/][grey]{new string('─', cells - done)}[/] {Markup.Escape(clock)}");
    }
}
