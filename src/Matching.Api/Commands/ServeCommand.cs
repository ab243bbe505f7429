using Matching.Api.Progress;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Commands;

/// <summary><c>matching serve</c>: the HTTP host.</summary>
internal sealed class ServeCommand : CliCommand
{
    private const string DefaultUrls = "http://localhost:5080";
    private readonly ValueOption _urls;

    public ServeCommand(CliHost host)
        : base("serve", host, HelpTexts.ServeCommand) =>
        _urls = Value("--urls", "URLS", HelpTexts.Urls, DefaultUrls);

    /// <inheritdoc/>
    public override async Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string urls = arguments.Optional(_urls) ?? DefaultUrls;
        foreach (string url in urls.Split(';'))
        {
            // Kestrel reads http://*:80 and http://+:80 as any address, which are no URIs.
            string readable = url.Replace("://*", "://localhost", StringComparison.Ordinal).Replace("://+", "://localhost", StringComparison.Ordinal);
            if (!Uri.TryCreate(readable, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                arguments.Fault(FaultTexts.NotUrl, _urls.Name, url);
            }
        }

        if (arguments.Faults.Count > 0)
        {
            return arguments.Refuse(this);
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        // A start that fails is told below in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        await using WebApplication app = builder.Build();
        foreach (string url in urls.Split(';'))
        {
            app.Urls.Add(url);
        }

        HealthEndpoints.Map(app);
        using StopSignals signals = new(Host, cancellationToken);
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (IOException e)
        {
            await Host.Error.WriteLineAsync(Host.In(FaultTexts.CannotListen, urls, e.Message));
            return ExitCode.BadInput;
        }

        await Host.Out.WriteLineAsync(Host.In(RunTexts.Listening, string.Join(' ', app.Urls)));
        await app.WaitForShutdownAsync(signals.Token);
        return ExitCode.Done;
    }
}
