using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matching.Api.Storage;

/// <summary>What the two databases say when a constraint refuses a row.</summary>
internal static class DatabaseErrors
{
    private const int SqliteConstraint = 19;

    /// <summary>Whether a unique or key constraint refused the change: somebody else was first.</summary>
    public static bool IsTaken(DbUpdateException e) => IsTaken(e.InnerException);

    /// <inheritdoc cref="IsTaken(DbUpdateException)"/>
    public static bool IsTaken(Exception? e) => e switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteConstraint,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.CheckViolation,
        _ => false,
    };
}
