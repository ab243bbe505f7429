using System.CommandLine;
using Matching.Api.Commands;

namespace Matching.Api.Output;

/// <summary>Writes the help of the program or of one command.</summary>
internal static class HelpPage
{
    private const int TextWidth = 72;

    /// <summary>Writes it.</summary>
    public static void Write(CliHost host, RootPage root, Command command)
    {
        bool isRoot = command == root;
        host.Out.WriteLine(command.Description);
        host.Out.WriteLine();
        host.Out.WriteLine($"{host.In(HelpTexts.Usage)}: {UsageOf(command, isRoot)}");

        Section(host, HelpTexts.Commands, command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        Section(host, HelpTexts.Arguments, command.Arguments.Select(a => (a.Name, a.Description ?? "")));
        IEnumerable<Option> shared = isRoot ? [] : [root.Help, root.Language];
        Section(host, HelpTexts.Options, command.Options.Concat(shared).Select(o => (LabelOf(o), DescriptionOf(host, o))));
        Section(host, HelpTexts.ExitCodes,
        [
            ($"{ExitCode.Done}", host.In(HelpTexts.ExitDone)),
            ($"{ExitCode.Illegal}", host.In(HelpTexts.ExitIllegal)),
            ($"{ExitCode.BadInput}", host.In(HelpTexts.ExitBadInput)),
            ($"{ExitCode.Cancelled}", host.In(HelpTexts.ExitCancelled)),
            ($"{ExitCode.Failed}", host.In(HelpTexts.ExitFailed)),
        ]);
        if (isRoot)
        {
            host.Out.WriteLine();
            host.Out.WriteLine(host.In(HelpTexts.More));
        }
    }

    private static string UsageOf(Command command, bool isRoot)
    {
        List<string> words = isRoot ? ["matching", "COMMAND"] : ["matching", command.Name];
        words.AddRange(command.Arguments.Select(a => a.Name));
        words.AddRange(command.Options.OfType<ValueOption>().Where(o => o.IsRequired).Select(o => $"{o.Name} {o.HelpName}"));
        words.Add("[…]");
        return string.Join(' ', words);
    }

    private static string LabelOf(Option option)
    {
        string names = string.Join(", ", option.Aliases.Where(a => a.StartsWith('-')).Order().Append(option.Name));
        return option is ValueOption or ManyOption ? $"{names} {option.HelpName}" : names;
    }

    private static string DescriptionOf(CliHost host, Option option) => option switch
    {
        ValueOption { IsRequired: true } => $"{option.Description} [{host.In(HelpTexts.Required)}]",
        ValueOption { DefaultText: { } text } => $"{option.Description} [{host.In(HelpTexts.Default)}: {text}]",
        _ => option.Description ?? "",
    };

    private static void Section(CliHost host, Text title, IEnumerable<(string Label, string Text)> rows)
    {
        List<(string Label, string Text)> list = [.. rows];
        if (list.Count == 0)
        {
            return;
        }

        host.Out.WriteLine();
        host.Out.WriteLine($"{host.In(title)}:");
        int width = list.Max(r => CellWidth.Of(r.Label));
        foreach ((string label, string text) in list)
        {
            string head = $"  {CellWidth.PadRight(label, width)}  ";
            foreach (string line in CellWidth.Wrap(text, TextWidth))
            {
                host.Out.WriteLine(head + line);
                head = new string(' ', width + 4);
            }
        }
    }
}
