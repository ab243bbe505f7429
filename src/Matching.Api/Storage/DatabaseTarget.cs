using System.Runtime.ExceptionServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Matching.Api.Storage;

/// <summary>Where the host stores: a SQLite file, or a PostgreSQL database.</summary>
/// <param name="IsPostgres">Whether it is PostgreSQL.</param>
/// <param name="ConnectionString">The whole connection string.</param>
internal sealed record DatabaseTarget(bool IsPostgres, string ConnectionString) : IDbContextFactory<MatchingDb>
{
    /// <summary>The file used when nothing is said.</summary>
    public const string DefaultPath = "matching.db";

    private const int BusySeconds = 30;
    private static readonly SqlitePatience Patience = new(BusySeconds);
    private const string AutoPrepareKey = "Max Auto Prepare";
    private const int MostPrepared = 100;
    private const long MigrationTurn = 7_204_116_351;

    /// <summary>Reads a connection string of PostgreSQL or the path of a SQLite file.</summary>
    /// <exception cref="ArgumentException">It looks like a connection string and is none.</exception>
    public static DatabaseTarget Parse(string? text)
    {
        string given = string.IsNullOrWhiteSpace(text) ? DefaultPath : text.Trim();
        if (Uri.TryCreate(given, UriKind.Absolute, out Uri? uri) && uri.Scheme is "postgres" or "postgresql")
        {
            return OfPostgres(new NpgsqlConnectionStringBuilder(OfUri(uri)));
        }

        if (given.Contains("Host=", StringComparison.OrdinalIgnoreCase) || given.Contains("Server=", StringComparison.OrdinalIgnoreCase))
        {
            return OfPostgres(new NpgsqlConnectionStringBuilder(given));
        }

        SqliteConnectionStringBuilder sqlite = given.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase)
            ? new SqliteConnectionStringBuilder(given)
            : new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(given) };
        sqlite.DefaultTimeout = BusySeconds;
        return new DatabaseTarget(false, sqlite.ConnectionString);
    }

    /// <summary>Points a context at it.</summary>
    public void Configure(DbContextOptionsBuilder builder)
    {
        if (IsPostgres)
        {
            builder.UseNpgsql(ConnectionString);
        }
        else
        {
            builder.UseSqlite(ConnectionString).AddInterceptors(Patience);
        }

        // The migrations leave column types to the provider and keep no snapshot; tests on both databases hold model and tables together.
        builder.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
    }

    /// <summary>A context of its own.</summary>
    public MatchingDb Open()
    {
        DbContextOptionsBuilder<MatchingDb> builder = new();
        Configure(builder);
        return new MatchingDb(builder.Options);
    }

    /// <inheritdoc/>
    MatchingDb IDbContextFactory<MatchingDb>.CreateDbContext() => Open();

    /// <summary>Creates the database when it is not there and brings its tables up to date.</summary>
    /// <exception cref="System.Data.Common.DbException">It cannot be opened.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (!IsPostgres && new SqliteConnectionStringBuilder(ConnectionString).DataSource is { Length: > 0 } file && Path.GetDirectoryName(file) is { Length: > 0 } folder)
        {
            try
            {
                Directory.CreateDirectory(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new SqliteException(e.Message, SQLitePCL.raw.SQLITE_CANTOPEN);
            }
        }

        await using MatchingDb db = Open();
        if (IsPostgres)
        {
            try
            {
                await PreparePostgresAsync(db, cancellationToken);
            }
            catch (InvalidOperationException e) when (e.InnerException is NpgsqlException cause)
            {
                // What may pass is wrapped in advice to try again.
                ExceptionDispatchInfo.Throw(cause);
            }

            return;
        }

        // Readers go on while somebody writes; the file remembers it.
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancellationToken);
        await MigrateAsync(db, cancellationToken);
    }

    // Tables that are up to date are left alone: asking takes a part of the time of a migration that does nothing.
    private static async Task MigrateAsync(MatchingDb db, CancellationToken cancellationToken)
    {
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }
    }

    // Several nodes may start at once: one after the other looks at the tables.
    private async Task PreparePostgresAsync(MatchingDb db, CancellationToken cancellationToken)
    {
        IRelationalDatabaseCreator creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellationToken))
        {
            try
            {
                await creator.CreateAsync(cancellationToken);
            }
            catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
            {
                // Another node was first.
            }
        }

        await using NpgsqlConnection turn = new(ConnectionString);
        await turn.OpenAsync(cancellationToken);
        await using NpgsqlCommand command = new($"select pg_advisory_lock({MigrationTurn})", turn);
        await command.ExecuteNonQueryAsync(cancellationToken);
        await MigrateAsync(db, cancellationToken);
        command.CommandText = $"select pg_advisory_unlock({MigrationTurn})";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    // The same few statements come again and again: once prepared, the server need not parse and plan them each time.
    private static DatabaseTarget OfPostgres(NpgsqlConnectionStringBuilder builder)
    {
        if (!builder.ShouldSerialize(AutoPrepareKey))
        {
            builder.MaxAutoPrepare = MostPrepared;
        }

        return new DatabaseTarget(true, builder.ConnectionString);
    }

    private static string OfUri(Uri uri)
    {
        string[] user = uri.UserInfo.Split(':', 2);
        NpgsqlConnectionStringBuilder builder = new()
        {
            Host = uri.Host,
            Port = uri.Port > 0 ? uri.Port : NpgsqlConnection.DefaultPort,
            Database = uri.AbsolutePath.TrimStart('/'),
        };
        if (user[0].Length > 0)
        {
            builder.Username = Uri.UnescapeDataString(user[0]);
        }

        if (user.Length > 1)
        {
            builder.Password = Uri.UnescapeDataString(user[1]);
        }

        return builder.ConnectionString;
    }
}
