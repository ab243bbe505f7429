using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Matching.Api.Storage;

/// <summary>
/// Lets SQLite itself wait for another writer, in steps of milliseconds: left to the driver a busy file is tried again only
/// every 150 ms, which under load is most of the time a booking takes.
/// </summary>
internal sealed class SqlitePatience(int seconds) : DbConnectionInterceptor
{
    /// <inheritdoc/>
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using DbCommand command = Command(connection);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using DbCommand command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(DbConnection connection)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = $"pragma busy_timeout = {seconds * 1000}";
        return command;
    }
}
