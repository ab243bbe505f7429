using System.CommandLine;
using System.Data.Common;
using Matching.Api.Security;
using Matching.Api.Storage;

namespace Matching.Api.Commands;

/// <summary><c>matching key add</c>: makes a key for a machine and prints it once.</summary>
internal sealed class KeyCommand : CliCommand
{
    private static readonly Dictionary<string, int> Words = Roles.All.Select((role, i) => (role, i)).ToDictionary(r => r.role, r => r.i);

    private readonly Argument<string?> _deed;
    private readonly ValueOption _tenant;
    private readonly ValueOption _role;
    private readonly ValueOption _broker;
    private readonly ValueOption _database;

    public KeyCommand(CliHost host)
        : base("key", host, HelpTexts.KeyCommand)
    {
        _deed = Positional("add", HelpTexts.KeyDeed);
        _tenant = Value("--tenant", "T", HelpTexts.KeyTenant, required: true);
        _role = Value("--role", string.Join('|', Roles.All), HelpTexts.KeyRole, required: true);
        _broker = Value("--broker", "B", HelpTexts.KeyBroker);
        _database = Value("--database", "DATABASE", HelpTexts.Database, DatabaseTarget.DefaultPath);
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        if (arguments.Required(_deed) is { Length: > 0 } deed && deed != "add")
        {
            arguments.Fault(FaultTexts.NotChoice, "KEY", deed, "add");
        }

        string tenant = arguments.Required(_tenant);
        string? role = arguments.Required(_role).Length > 0 && arguments.Choice(_role, Words) is { } word ? Roles.All[word] : null;
        string? broker = arguments.Optional(_broker);
        if (role == Roles.Broker && string.IsNullOrWhiteSpace(broker))
        {
            arguments.Fault(FaultTexts.MissingOption, _broker.Name);
        }

        DatabaseTarget? database = DatabaseArgument.Read(arguments, _database, Host);
        if (arguments.Faults.Count > 0 || database is null || role is null)
        {
            return arguments.Refuse(this);
        }

        try
        {
            await database.PrepareAsync(cancellationToken);
            await using MatchingDb db = database.Open();
            await Host.Out.WriteLineAsync(await ApiKeys.AddAsync(db, tenant, role, broker, Host.Time.GetUtcNow(), cancellationToken));
            return ExitCode.Done;
        }
        catch (DbException e)
        {
            await Host.Error.WriteLineAsync(Host.In(FaultTexts.CannotOpenDatabase, e.Message));
            return ExitCode.BadInput;
        }
    }
}
