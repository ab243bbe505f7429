using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;

namespace Matching.Api.Storage.Migrations;

/// <summary>
/// Seasons, plans, keys, idempotency and the log. Column types are left to the provider, so one migration serves SQLite and
/// PostgreSQL.
/// </summary>
[DbContext(typeof(MatchingDb))]
[Migration("20261124000000_Ground")]
internal sealed class M001Ground : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        CreateSeasons(migrationBuilder);
        CreatePlans(migrationBuilder);
        CreatePlanRows(migrationBuilder);
        CreateHost(migrationBuilder);
        MigrationParts.MakeAppendOnly(migrationBuilder, "log");
    }

    private static void CreateSeasons(MigrationBuilder m)
    {
        m.CreateTable(
            "seasons",
            t => new
            {
                no = MigrationParts.Number(t),
                id = t.Column<string>(),
                tenant = t.Column<string>(),
                name = t.Column<string>(),
                start = t.Column<DateOnly>(),
                end = t.Column<DateOnly>(),
                version = t.Column<int>(),
                counts = t.Column<string>(),
                revision = t.Column<int>(),
                published_plan_no = t.Column<long>(nullable: true),
                published_plan_id = t.Column<string>(nullable: true),
                created_at = t.Column<long>(),
                origin = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("pk_seasons", s => s.no));
        m.CreateIndex("ix_seasons_id", "seasons", "id", unique: true);
        m.CreateIndex("ix_seasons_origin", "seasons", "origin", unique: true);
        m.CreateIndex("ix_seasons_tenant", "seasons", ["tenant", "no"]);

        m.CreateTable(
            "season_versions",
            t => new
            {
                season_no = t.Column<long>(),
                version = t.Column<int>(),
                content = t.Column<byte[]>(),
                name = t.Column<string>(),
                start = t.Column<DateOnly>(),
                end = t.Column<DateOnly>(),
                counts = t.Column<string>(),
                created_at = t.Column<long>(),
                created_by = t.Column<string>(),
                origin = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("pk_season_versions", v => new { v.season_no, v.version }));
        m.CreateIndex("ix_season_versions_origin", "season_versions", "origin", unique: true);
    }

    private static void CreatePlans(MigrationBuilder m)
    {
        m.CreateTable(
            "plans",
            t => new
            {
                no = MigrationParts.Number(t),
                id = t.Column<string>(),
                tenant = t.Column<string>(),
                season_no = t.Column<long>(),
                season_id = t.Column<string>(),
                season_version = t.Column<int>(),
                state = t.Column<string>(),
                kind = t.Column<string>(),
                options = t.Column<string>(),
                attempts = t.Column<int>(),
                created_at = t.Column<long>(),
                started_at = t.Column<long>(nullable: true),
                ended_at = t.Column<long>(nullable: true),
                stage = t.Column<string>(nullable: true),
                seconds = t.Column<double>(nullable: true),
                net_value = t.Column<decimal>(nullable: true),
                upper_bound = t.Column<decimal>(nullable: true),
                gap = t.Column<decimal>(nullable: true),
                parts = t.Column<string>(nullable: true),
                legal = t.Column<bool>(nullable: true),
                error_code = t.Column<string>(nullable: true),
                error_message = t.Column<string>(nullable: true),
                stop_asked = t.Column<bool>(),
                lease_owner = t.Column<string>(nullable: true),
                lease_until = t.Column<long>(nullable: true),
                revision = t.Column<int>(),
                origin = t.Column<string>(nullable: true),
                webhook_url = t.Column<string>(nullable: true),
                webhook_secret = t.Column<string>(nullable: true),
                webhook_tries = t.Column<int>(nullable: true),
                webhook_due = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("pk_plans", p => p.no));
        m.CreateIndex("ix_plans_id", "plans", "id", unique: true);
        m.CreateIndex("ix_plans_origin", "plans", "origin", unique: true);
        m.CreateIndex("ix_plans_season", "plans", ["season_no", "no"]);
        m.CreateIndex("ix_plans_state", "plans", ["state", "lease_until"]);
    }

    private static void CreatePlanRows(MigrationBuilder m)
    {
        m.CreateTable(
            "plan_files",
            t => new { plan_no = t.Column<long>(), name = t.Column<string>(), content = t.Column<byte[]>() },
            constraints: t => t.PrimaryKey("pk_plan_files", f => new { f.plan_no, f.name }));

        m.CreateTable(
            "plan_crews",
            t => new
            {
                plan_no = t.Column<long>(),
                idx = t.Column<int>(),
                crew_id = t.Column<string>(),
                broker_id = t.Column<string>(),
                order_id = t.Column<string>(),
                from = t.Column<DateOnly>(),
                to = t.Column<DateOnly>(),
                mode = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("pk_plan_crews", c => new { c.plan_no, c.idx }));
        m.CreateIndex("ix_plan_crews_crew", "plan_crews", ["plan_no", "crew_id"]);

        m.CreateTable(
            "plan_workers",
            t => new
            {
                plan_no = t.Column<long>(),
                idx = t.Column<int>(),
                worker_id = t.Column<string>(),
                village_id = t.Column<string>(),
                village = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("pk_plan_workers", w => new { w.plan_no, w.idx }));
        m.CreateIndex("ix_plan_workers_worker", "plan_workers", ["plan_no", "worker_id"]);
        m.CreateIndex("ix_plan_workers_village", "plan_workers", ["plan_no", "village_id"]);

        m.CreateTable(
            "worker_days",
            t => new
            {
                plan_no = t.Column<long>(),
                seq = t.Column<int>(),
                day = t.Column<int>(),
                crew = t.Column<int>(),
                worker = t.Column<int>(),
                village = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("pk_worker_days", d => new { d.plan_no, d.seq }));
        m.CreateIndex("ix_worker_days_day", "worker_days", ["plan_no", "day", "seq"]);
        m.CreateIndex("ix_worker_days_crew", "worker_days", ["plan_no", "crew", "seq"]);
        m.CreateIndex("ix_worker_days_worker", "worker_days", ["plan_no", "worker", "seq"]);
        m.CreateIndex("ix_worker_days_village", "worker_days", ["plan_no", "village", "seq"]);

        m.CreateTable(
            "plan_trips",
            t => new
            {
                plan_no = t.Column<long>(),
                idx = t.Column<int>(),
                trip_id = t.Column<string>(),
                date = t.Column<DateOnly>(),
                vehicle_id = t.Column<string>(),
                departs = t.Column<TimeOnly>(),
                stops = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("pk_plan_trips", p => new { p.plan_no, p.idx }));
        m.CreateIndex("ix_plan_trips_date", "plan_trips", ["plan_no", "date", "idx"]);

        m.CreateTable(
            "plan_shortages",
            t => new
            {
                plan_no = t.Column<long>(),
                idx = t.Column<int>(),
                order_id = t.Column<string>(),
                date = t.Column<DateOnly>(),
                required = t.Column<int>(),
                target = t.Column<int>(),
                filled = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("pk_plan_shortages", s => new { s.plan_no, s.idx }));
    }

    private static void CreateHost(MigrationBuilder m)
    {
        m.CreateTable(
            "api_keys",
            t => new
            {
                id = t.Column<string>(),
                hash = t.Column<string>(),
                tenant = t.Column<string>(),
                role = t.Column<string>(),
                broker_id = t.Column<string>(nullable: true),
                created_at = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("pk_api_keys", k => k.id));
        m.CreateIndex("ix_api_keys_hash", "api_keys", "hash", unique: true);

        m.CreateTable(
            "idempotency",
            t => new
            {
                id = t.Column<string>(),
                body_hash = t.Column<string>(),
                status = t.Column<int>(nullable: true),
                body = t.Column<byte[]>(nullable: true),
                headers = t.Column<string>(nullable: true),
                created_at = t.Column<long>(),
                lease_until = t.Column<long>(),
                owner = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("pk_idempotency", i => i.id));
        m.CreateIndex("ix_idempotency_created", "idempotency", "created_at");

        m.CreateTable(
            "log",
            t => new
            {
                seq = MigrationParts.Number(t),
                tenant = t.Column<string>(),
                season_id = t.Column<string>(nullable: true),
                at = t.Column<long>(),
                who = t.Column<string>(),
                what = t.Column<string>(),
                ids = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("pk_log", l => l.seq));
        m.CreateIndex("ix_log_season", "log", ["season_id", "seq"]);

        m.CreateTable(
            "settings",
            t => new { name = t.Column<string>(), value = t.Column<string>() },
            constraints: t => t.PrimaryKey("pk_settings", s => s.name));
    }
}
