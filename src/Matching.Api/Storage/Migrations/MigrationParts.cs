using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Matching.Api.Storage.Migrations;

/// <summary>What SQLite and PostgreSQL spell differently.</summary>
internal static class MigrationParts
{
    /// <summary>A number the database gives, never given twice.</summary>
    public static OperationBuilder<AddColumnOperation> Number(ColumnsBuilder t) => t.Column<long>()
        .Annotation("Sqlite:Autoincrement", true)
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn);

    /// <summary>Makes the database refuse to change or remove rows of a table.</summary>
    public static void MakeAppendOnly(MigrationBuilder m, string table)
    {
        if (m.ActiveProvider?.EndsWith("Sqlite", StringComparison.Ordinal) == true)
        {
            foreach (string act in (string[])["update", "delete"])
            {
                m.Sql($"create trigger {table}_no_{act} before {act} on {table} begin select raise(abort, 'the {table} is append-only'); end;");
            }

            return;
        }

        m.Sql($"""
            create function {table}_is_append_only() returns trigger language plpgsql as
            $$ begin raise exception 'the {table} is append-only'; end $$;
            create trigger {table}_no_change before update or delete on "{table}" for each row execute function {table}_is_append_only();
            """);
    }
}
