using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Matching.Api.Storage.Migrations;

/// <summary>
/// Offers, holds and bookings. What must not be promised twice is a key: a worker's day, a broker's day; seats and beds are
/// counted in rows that refuse to pass what there is.
/// </summary>
[DbContext(typeof(MatchingDb))]
[Migration("20261124000200_Bookings")]
internal sealed class M003Bookings : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable(
            "offer_sets",
            t => new
            {
                id = t.Column<string>(),
                tenant = t.Column<string>(),
                season_no = t.Column<long>(),
                season_id = t.Column<string>(),
                plan_no = t.Column<long>(),
                only_broker = t.Column<string>(nullable: true),
                content = t.Column<byte[]>(),
                created_at = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("pk_offer_sets", o => o.id));
        migrationBuilder.CreateIndex("ix_offer_sets_created_at", "offer_sets", "created_at");
        migrationBuilder.CreateTable(
            "holds",
            t => new
            {
                no = MigrationParts.Number(t),
                id = t.Column<string>(),
                tenant = t.Column<string>(),
                season_no = t.Column<long>(),
                season_id = t.Column<string>(),
                offer_id = t.Column<string>(),
                crew_id = t.Column<string>(),
                broker_id = t.Column<string>(),
                order_id = t.Column<string>(),
                from = t.Column<DateOnly>(),
                to = t.Column<DateOnly>(),
                workers = t.Column<int>(),
                state = t.Column<string>(),
                content = t.Column<byte[]>(),
                created_at = t.Column<long>(),
                expires_at = t.Column<long>(),
                booking_id = t.Column<string>(nullable: true),
                changed = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("pk_holds", h => h.no));
        migrationBuilder.CreateIndex("ix_holds_id", "holds", "id", unique: true);
        migrationBuilder.CreateIndex("ix_holds_booking_id", "holds", "booking_id", unique: true);
        migrationBuilder.CreateIndex("ix_holds_crew_id", "holds", ["season_no", "crew_id"], unique: true);
        migrationBuilder.CreateIndex("ix_holds_changed", "holds", ["season_no", "changed"]);
        migrationBuilder.CreateIndex("ix_holds_state", "holds", ["state", "expires_at"]);
        migrationBuilder.CreateIndex("ix_holds_season_state", "holds", ["season_no", "state", "no"]);
        migrationBuilder.CreateTable(
            "booking_states",
            t => new { season_no = t.Column<long>(), version = t.Column<long>() },
            constraints: t => t.PrimaryKey("pk_booking_states", s => s.season_no));
        migrationBuilder.Sql("""
            create table promised_worker_days (season_no bigint not null, worker_id text not null, day integer not null, hold_no bigint not null, primary key (season_no, worker_id, day))
            """);
        migrationBuilder.Sql("create index ix_promised_worker_days_hold on promised_worker_days (hold_no)");
        migrationBuilder.Sql("""
            create table promised_broker_days (season_no bigint not null, broker_id text not null, day integer not null, hold_no bigint not null, primary key (season_no, broker_id, day))
            """);
        migrationBuilder.Sql("create index ix_promised_broker_days_hold on promised_broker_days (hold_no)");
        migrationBuilder.Sql("""
            create table promised_capacity (season_no bigint not null, resource text not null, used integer not null, most integer not null, primary key (season_no, resource), check (used >= 0 and used <= most))
            """);
    }
}
