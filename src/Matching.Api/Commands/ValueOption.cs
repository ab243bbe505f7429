using System.CommandLine;

namespace Matching.Api.Commands;

/// <summary>
/// An option with one value. It is read as text and judged by <see cref="ArgumentReader"/>, so that every fault is told in the
/// language of the run.
/// </summary>
internal sealed class ValueOption : Option<string?>
{
    public ValueOption(string name, string valueName, string description)
        : base(name)
    {
        HelpName = valueName;
        Description = description;
        Arity = ArgumentArity.ZeroOrOne;
    }

    /// <summary>What stands for it when it is not given; null when nothing does.</summary>
    public string? DefaultText { get; init; }

    /// <summary>Whether it must be given.</summary>
    public bool IsRequired { get; init; }
}
