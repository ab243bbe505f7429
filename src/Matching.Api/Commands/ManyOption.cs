using System.CommandLine;

namespace Matching.Api.Commands;

/// <summary>An option that may be given several times, each time with one value.</summary>
internal sealed class ManyOption : Option<string[]>
{
    public ManyOption(string name, string valueName, string description)
        : base(name)
    {
        HelpName = valueName;
        Description = description;
        Arity = ArgumentArity.OneOrMore;
        AllowMultipleArgumentsPerToken = false;
    }
}
