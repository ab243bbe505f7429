using System.IO.Compression;
using Matching.Api.Bookings;
using Matching.Api.Cluster;
using Matching.Api.Http;
using Matching.Api.Jobs;
using Matching.Api.Operations;
using Matching.Api.Plans;
using Matching.Api.Seasons;
using Matching.Api.Security;
using Matching.Api.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

namespace Matching.Api.Hosting;

/// <summary>Puts the HTTP host together.</summary>
internal static class MatchingHost
{
    /// <summary>
    /// Builds the host; the caller starts and disposes it. The database is prepared meanwhile: where that fails, the start throws what it failed with.
    /// </summary>
    /// <param name="options">How to serve.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    /// <param name="configuration">Configuration that comes before all other, or null.</param>
    public static WebApplication Build(
        ServeOptions options, CancellationToken cancellationToken, IReadOnlyDictionary<string, string?>? configuration = null)
    {
        // Made before the host, which takes seconds to put together and to start: the published plan is read meanwhile.
        var memory = new MemoryCache(new MemoryCacheOptions());
        var seasons = new SeasonCache(options.Database, memory);
        var rooms = new BookingRooms(seasons, options.Database);
        var warmer = new RoomWarmer(rooms, options.Database);
        Task<byte[]> secret = Task.Run(() => PrepareAsync(options.Database, warmer, cancellationToken), cancellationToken);

        // Configuration is read once: watching the folder one happens to stand in would cost more than it brings.
        WebApplicationBuilder builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = ["--hostBuilder:reloadConfigOnChange=false"],
            EnvironmentName = options.Dev ? Environments.Development : null,
        });
        if (configuration is not null)
        {
            builder.Configuration.AddInMemoryCollection(configuration);
        }

        AddLogging(builder);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            RequestLimits.Configure(kestrel.Limits, options);
        });
        builder.WebHost.UseUrls([.. options.Urls]);
        builder.Services.AddSingleton<IMemoryCache>(_ => memory);
        builder.Services.AddSingleton(seasons);
        builder.Services.AddSingleton(_ => rooms);

        // A silo alone needs no database; several meet in it.
        if (!options.Cluster)
        {
            builder.AddMatchingCluster(options);
        }

        builder.Services.AddHostedService(_ => new DatabaseGate(secret));
        AddServices(builder.Services, options, secret);
        builder.AddMatchingTelemetry();
        if (options.Cluster)
        {
            builder.AddMatchingCluster(options);
        }

        WebApplication app = builder.Build();
        Use(app, options);
        _ = warmer.WatchAsync(app.Services.GetRequiredService<ILogger<RoomWarmer>>());
        return app;
    }

    /// <summary>Prepares the database, has the warm-up begin and returns the secret of cursors.</summary>
    private static async Task<byte[]> PrepareAsync(DatabaseTarget database, RoomWarmer warmer, CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken);
        warmer.Begin(cancellationToken);
        return await SharedSecret.GetAsync(database, "cursor", cancellationToken);
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddJsonConsole();
        builder.Logging.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("Matching", LogLevel.Information);
        builder.Logging.AddFilter("Matching.Api.Security", LogLevel.Warning);

        // A constraint that refuses a row is an answer here, not an error; one that is not expected ends the request and is logged there.
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.None);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Update", LogLevel.None);

        // Advice about garbage collection and about a machine that was asleep.
        builder.Logging.AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Logging.AddFilter("Orleans.Runtime.Watchdog", LogLevel.Error);

        // A start that fails is told by the command in one line.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
    }

    private static void AddServices(IServiceCollection services, ServeOptions options, Task<byte[]> secret)
    {
        services.AddSingleton(options);
        services.AddSingleton(TimeProvider.System);

        // Nobody asks before the gate is open.
        services.AddSingleton(_ => new Cursors(secret.GetAwaiter().GetResult()));
        services.AddPooledDbContextFactory<MatchingDb>(options.Database.Configure);
        services.AddScoped(s => s.GetRequiredService<IDbContextFactory<MatchingDb>>().CreateDbContext());
        services.AddSingleton<ActionLog>();
        services.AddSingleton<UploadReader>();
        services.AddScoped<SeasonStore>();
        services.AddSingleton<PlanContent>();
        services.AddScoped<PlanStore>();
        services.AddScoped<PlanRemoval>();
        services.AddSingleton<PlanShelf>();
        services.AddScoped<PlanReading>();
        services.AddScoped<RepairVersions>();
        services.AddSingleton<AnswerShelf>();
        services.AddSingleton<InquiryGate>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService<JobDispatcher>();
        services.AddHostedService<WebhookSender>();
        services.AddHostedService<Housekeeping>();
        services.AddScoped<SeasonRemoval>();
        services.AddSingleton<IBookingGuard, BookingGuard>();
        services.AddSingleton<OfferShelf>();
        services.AddHostedService(s => s.GetRequiredService<OfferShelf>());
        services.ConfigureHttpJsonOptions(json => ApiJson.Configured(json.SerializerOptions));
        services.AddMatchingSecurity();

        // Nothing here is encrypted for later; without this, keys would be written into the user's home.
        services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        services.AddMatchingRateLimits(options);
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, "application/problem+json", "application/geo+json"];
        });
        services.Configure<BrotliCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(o => o.Level = CompressionLevel.Fastest);
        services.AddMatchingOpenApi();
    }

    private static void Use(WebApplication app, ServeOptions options)
    {
        app.UseResponseCompression();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<RequestLimits>();
        if (options.Dev)
        {
            app.UseMiddleware<DevDoor>();
        }

        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();

        HealthEndpoints.Map(app);
        app.MapMatchingOpenApi();
        RouteGroupBuilder v1 = app.MapGroup("/v1");
        SeasonEndpoints.Map(v1);
        SeasonChangeEndpoints.Map(v1);
        SeasonLogEndpoint.Map(v1);
        PlanEndpoints.Map(v1);
        PlanListEndpoints.Map(v1);
        PlanFileEndpoints.Map(v1);
        PlanMapEndpoint.Map(v1);
        PlanEventEndpoint.Map(v1);
        RequestEndpoints.Map(v1);
        BookingEndpoints.Map(v1);
        DiffEndpoint.Map(v1);
        TryEndpoint.Map(v1);
        WhyEndpoint.Map(v1);
        RepairEndpoint.Map(v1);
        WhatIfEndpoints.Map(v1);
        ShortageEndpoint.Map(v1);
        PriceEndpoint.Map(v1);
    }
}
