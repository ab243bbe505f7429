using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Matching.Api.Commands;

/// <summary>Reads what was typed, and collects every fault in it instead of stopping at the first.</summary>
internal sealed class ArgumentReader
{
    private readonly CliHost _host;
    private readonly ParseResult _parse;
    private readonly List<string> _faults = [];

    public ArgumentReader(CliHost host, ParseResult parse)
    {
        (_host, _parse) = (host, parse);
        foreach (string token in parse.UnmatchedTokens.Concat(MistakenOptions(parse.CommandResult)))
        {
            _faults.Add(Unmatched(token));
        }

        foreach (OptionResult given in parse.CommandResult.Children.Concat(parse.RootCommandResult.Children).OfType<OptionResult>().Distinct())
        {
            if (given.Option is not ValueOption)
            {
                continue;
            }

            if (given.IdentifierTokenCount > 1)
            {
                Fault(FaultTexts.OptionTwice, given.Option.Name, given.IdentifierTokenCount);
            }
            else if (!given.Implicit && (given.Tokens.Count == 0 || LooksLikeOption(given.Tokens[0].Value)))
            {
                Fault(FaultTexts.MissingValue, given.Option.Name);
            }
        }

        // What the parser minds and the lines above do not explain is told in its own words.
        if (_faults.Count == 0 && parse.CommandResult.Command is CliCommand)
        {
            _faults.AddRange(parse.Errors.Select(e => e.Message));
        }
    }

    /// <summary>Every fault so far, in the language of the run.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Notes a fault.</summary>
    public void Fault(Text text, params ReadOnlySpan<object?> holes) =>
        _faults.Add(_host.In(text, holes));

    /// <summary>Prints the faults and where help is.</summary>
    /// <returns><see cref="ExitCode.BadInput"/>.</returns>
    public int Refuse(Command command)
    {
        foreach (string fault in _faults)
        {
            _host.Error.WriteLine(fault);
        }

        string path = command is RootCommand ? "matching" : $"matching {command.Name}";
        _host.Error.WriteLine(_host.In(FaultTexts.SeeHelp, path));
        return ExitCode.BadInput;
    }

    /// <summary>Whether a flag is given.</summary>
    public bool Has(Option<bool> flag) => _parse.GetResult(flag) is { Implicit: false };

    /// <summary>A positional argument that must be given; empty with a fault when it is not.</summary>
    public string Required(Argument<string?> argument)
    {
        string? value = _parse.GetResult(argument)?.Tokens is [{ Value: var given }] ? given : null;
        if (value is null)
        {
            Fault(FaultTexts.MissingArgument, argument.Name);
        }
        else if (string.IsNullOrWhiteSpace(value))
        {
            Fault(FaultTexts.EmptyArgument, argument.Name);
        }

        return value ?? "";
    }

    /// <summary>An option that must be given; empty with a fault when it is not.</summary>
    public string Required(ValueOption option)
    {
        string? value = Optional(option);
        if (value is null && _parse.GetResult(option) is null)
        {
            Fault(FaultTexts.MissingOption, option.Name);
        }
        else if (value is not null && string.IsNullOrWhiteSpace(value))
        {
            Fault(FaultTexts.EmptyArgument, option.Name);
        }

        return value ?? "";
    }

    /// <summary>The text of an option, or null.</summary>
    public string? Optional(ValueOption option) => _parse.GetResult(option)?.Tokens is [{ Value: var given }] ? given : null;

    /// <summary>The texts of an option that may be given several times.</summary>
    public IReadOnlyList<string> Many(ManyOption option) => [.. _parse.GetResult(option)?.Tokens.Select(t => t.Value) ?? []];

    /// <summary>A number above a bound.</summary>
    public double NumberAbove(ValueOption option, double bound, double absent)
    {
        if (Optional(option) is not { } text)
        {
            return absent;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;
        if (!double.TryParse(text, Style, CultureInfo.InvariantCulture, out double value) || !double.IsFinite(value))
        {
            Fault(FaultTexts.NotNumber, option.Name, text);
            return absent;
        }

        if (!(value > bound))
        {
            Fault(FaultTexts.NotAbove, option.Name, text, bound);
            return absent;
        }

        return value;
    }

    /// <summary>A number at or above a bound.</summary>
    public double NumberAtLeast(ValueOption option, double bound, double absent)
    {
        double value = NumberAbove(option, double.MinValue, absent);
        if (value >= bound)
        {
            return value;
        }

        Fault(OperationTexts.NotAtLeast, option.Name, Optional(option), bound);
        return absent;
    }

    /// <summary>A whole number in a range, both ends included; null when the option is not given or at fault.</summary>
    public long? Whole(ValueOption option, long least, long most)
    {
        if (Optional(option) is not { } text)
        {
            return null;
        }

        if (!System.Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out Int128 value))
        {
            Fault(FaultTexts.NotWhole, option.Name, text);
            return null;
        }

        if (value < least || value > most)
        {
            Fault(FaultTexts.OutOfRange, option.Name, text, least, most);
            return null;
        }

        return (long)value;
    }

    /// <summary>A calendar day; null when the option is not given or at fault.</summary>
    public DateOnly? Day(ValueOption option)
    {
        if (Optional(option) is not { } text)
        {
            return null;
        }

        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day))
        {
            Fault(OperationTexts.NotDay, option.Name, text);
            return null;
        }

        return day;
    }

    /// <summary>One of some words, in any case of letters; null when the option is not given or at fault.</summary>
    public T? Choice<T>(ValueOption option, IReadOnlyDictionary<string, T> choices)
        where T : struct
    {
        if (Optional(option) is not { } text)
        {
            return null;
        }

        foreach ((string word, T choice) in choices)
        {
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                return choice;
            }
        }

        Fault(FaultTexts.NotChoice, option.Name, text, string.Join(", ", choices.Keys));
        return null;
    }

    /// <summary>
    /// Tokens that the parser took for values although they were meant as options it does not know. Behind <c>--</c> everything
    /// is a value.
    /// </summary>
    private IEnumerable<string> MistakenOptions(CommandResult command) =>
        _parse.Tokens.Any(t => t.Type == TokenType.DoubleDash)
            ? []
            : command.Children
                .SelectMany(c => c is ArgumentResult argument ? argument.Tokens.Where(t => t.Value.StartsWith('-'))
                    : c is OptionResult option ? option.Tokens.Where(t => LooksLikeOption(t.Value))
                    : [])
                .Select(t => t.Value);

    private static bool LooksLikeOption(string value) => value.StartsWith("--", StringComparison.Ordinal);

    private string Unmatched(string token)
    {
        Command command = _parse.CommandResult.Command;
        bool isOption = token.StartsWith('-');
        Text text = isOption ? FaultTexts.UnknownOption
            : command.Subcommands.Count > 0 ? FaultTexts.UnknownCommand : FaultTexts.UnexpectedArgument;
        IEnumerable<string> known = isOption
            ? command.Options.Concat(_parse.RootCommandResult.Command.Options.Where(o => o.Recursive)).Select(o => o.Name)
            : command.Subcommands.Select(c => c.Name);
        string message = _host.In(text, token);
        return Spelling.Nearest(token, known) is { } near
            ? $"{message} {_host.In(FaultTexts.Maybe, near)}"
            : message;
    }
}
