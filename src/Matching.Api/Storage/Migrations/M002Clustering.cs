using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Matching.Api.Storage.Migrations;

/// <summary>The tables through which several nodes find each other; PostgreSQL only, a SQLite file has one node.</summary>
[DbContext(typeof(MatchingDb))]
[Migration("20261124000100_Clustering")]
internal sealed class M002Clustering : Migration
{
    private const string Script = "Matching.Api.Clustering.sql";

    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        if (migrationBuilder.ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
        {
            return;
        }

        using StreamReader script = new(typeof(M002Clustering).Assembly.GetManifestResourceStream(Script)!);
        migrationBuilder.Sql(script.ReadToEnd());
    }
}
