using Matching.Api.Storage;

namespace Matching.Api.Commands;

/// <summary>Reads where to store: from the command line, else from the environment.</summary>
internal static class DatabaseArgument
{
    private const string Variable = "MATCHING_DATABASE";

    /// <summary>The database, or null with a fault noted.</summary>
    public static DatabaseTarget? Read(ArgumentReader arguments, ValueOption option, CliHost host)
    {
        string? text = arguments.Optional(option) ?? host.Environment(Variable);
        try
        {
            return DatabaseTarget.Parse(text);
        }
        catch (ArgumentException e)
        {
            // The text may hold a password, so it is not repeated.
            arguments.Fault(FaultTexts.NotDatabase, option.Name, e.GetType().Name);
            return null;
        }
    }
}
