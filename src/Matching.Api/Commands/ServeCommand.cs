using System.CommandLine;
using System.Data.Common;
using System.Net;
using Matching.Api.Hosting;
using Matching.Api.Progress;
using Matching.Api.Security;
using Matching.Api.Storage;

namespace Matching.Api.Commands;

/// <summary><c>matching serve</c>: the HTTP host.</summary>
internal sealed class ServeCommand : CliCommand
{
    private const string DefaultUrls = "http://localhost:5080";
    private readonly ValueOption _urls;
    private readonly ValueOption _database;
    private readonly Option<bool> _dev;
    private readonly Option<bool> _cluster;
    private readonly ValueOption _node;

    public ServeCommand(CliHost host)
        : base("serve", host, HelpTexts.ServeCommand)
    {
        _urls = Value("--urls", "URLS", HelpTexts.Urls, DefaultUrls);
        _database = Value("--database", "DATABASE", HelpTexts.Database, DatabaseTarget.DefaultPath);
        _dev = Flag("--dev", HelpTexts.Dev);
        _cluster = Flag("--cluster", HelpTexts.Cluster);
        _node = Value("--node-address", "IP", HelpTexts.NodeAddress, "127.0.0.1");
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string urls = arguments.Optional(_urls) ?? DefaultUrls;
        bool dev = arguments.Has(_dev);
        foreach (string url in urls.Split(';'))
        {
            // Kestrel reads http://*:80 and http://+:80 as any address, which are no URIs.
            string readable = url.Replace("://*", "://any", StringComparison.Ordinal).Replace("://+", "://any", StringComparison.Ordinal);
            if (!Uri.TryCreate(readable, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                arguments.Fault(FaultTexts.NotUrl, _urls.Name, url);
            }
            else if (dev && !DevDoor.IsLoopback(uri.Host))
            {
                arguments.Fault(FaultTexts.DevNotLoopback, _dev.Name, url);
            }
        }

        DatabaseTarget? database = DatabaseArgument.Read(arguments, _database, Host);
        bool cluster = arguments.Has(_cluster);
        if (cluster && database is { IsPostgres: false })
        {
            arguments.Fault(FaultTexts.ClusterNeedsPostgres, _cluster.Name);
        }

        if (!IPAddress.TryParse(arguments.Optional(_node) ?? "127.0.0.1", out IPAddress? node))
        {
            arguments.Fault(FaultTexts.NotAddress, _node.Name, arguments.Optional(_node));
        }

        if (arguments.Faults.Count > 0 || database is null || node is null)
        {
            return arguments.Refuse(this);
        }

        ServeOptions options = new() { Urls = urls.Split(';'), Dev = dev, Database = database, Cluster = cluster, NodeAddress = node };
        return await ServeAsync(options, cancellationToken);
    }

    private async Task<int> ServeAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        using StopSignals signals = new(Host, cancellationToken);
        string urls = string.Join(';', options.Urls);
        await using WebApplication app = MatchingHost.Build(options, signals.Token);
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested || app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Stopped while it was still coming up.
            await EndAsync(app);
            return ExitCode.Done;
        }
        catch (DbException e)
        {
            await EndAsync(app);
            await Host.Error.WriteLineAsync(Host.In(FaultTexts.CannotOpenDatabase, e.Message));
            return ExitCode.BadInput;
        }
        catch (IOException e)
        {
            await EndAsync(app);
            await Host.Error.WriteLineAsync(Host.In(FaultTexts.CannotListen, urls, e.Message));
            return ExitCode.BadInput;
        }

        await Host.Out.WriteLineAsync(Host.In(RunTexts.Listening, string.Join(' ', app.Urls)));
        await app.WaitForShutdownAsync(signals.Token);
        return ExitCode.Done;
    }

    // A start that failed half way: a silo that runs must end before it is taken apart, one that never ran cannot.
    private static async Task EndAsync(WebApplication app)
    {
        if (app.Services.GetRequiredService<ISiloStatusOracle>().CurrentStatus == SiloStatus.Active)
        {
            await app.StopAsync(CancellationToken.None);
        }
    }
}
