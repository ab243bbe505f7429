using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Matching.Api.Storage;

/// <summary>Everything the host stores. The same model on SQLite and PostgreSQL; instants are whole milliseconds in both.</summary>
internal sealed class MatchingDb(DbContextOptions<MatchingDb> options) : DbContext(options)
{
    public DbSet<SeasonRow> Seasons => Set<SeasonRow>();

    public DbSet<SeasonVersionRow> SeasonVersions => Set<SeasonVersionRow>();

    public DbSet<PlanRow> Plans => Set<PlanRow>();

    public DbSet<PlanFileRow> PlanFiles => Set<PlanFileRow>();

    public DbSet<PlanCrewRow> PlanCrews => Set<PlanCrewRow>();

    public DbSet<PlanWorkerRow> PlanWorkers => Set<PlanWorkerRow>();

    public DbSet<WorkerDayRow> WorkerDays => Set<WorkerDayRow>();

    public DbSet<PlanTripRow> PlanTrips => Set<PlanTripRow>();

    public DbSet<PlanShortageRow> PlanShortages => Set<PlanShortageRow>();

    public DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();

    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();

    public DbSet<LogRow> Log => Set<LogRow>();

    public DbSet<SettingRow> Settings => Set<SettingRow>();

    public DbSet<OfferSetRow> OfferSets => Set<OfferSetRow>();

    public DbSet<HoldRow> Holds => Set<HoldRow>();

    public DbSet<BookingStateRow> BookingStates => Set<BookingStateRow>();

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<SeasonRow>(season =>
        {
            season.ToTable("seasons").HasKey(s => s.No);
            season.HasIndex(s => s.Id).IsUnique();
            season.HasIndex(s => s.Origin).IsUnique();
            season.HasIndex(s => new { s.Tenant, s.No });
        });
        modelBuilder.Entity<SeasonVersionRow>(version =>
        {
            version.ToTable("season_versions").HasKey(v => new { v.SeasonNo, v.Version });
            version.HasIndex(v => v.Origin).IsUnique();
        });
        modelBuilder.Entity<PlanRow>(plan =>
        {
            plan.ToTable("plans").HasKey(p => p.No);
            plan.HasIndex(p => p.Id).IsUnique();
            plan.HasIndex(p => p.Origin).IsUnique();
            plan.HasIndex(p => new { p.SeasonNo, p.No });
            plan.HasIndex(p => new { p.State, p.LeaseUntil });
        });
        modelBuilder.Entity<PlanFileRow>().ToTable("plan_files").HasKey(f => new { f.PlanNo, f.Name });
        modelBuilder.Entity<PlanCrewRow>().ToTable("plan_crews").HasKey(c => new { c.PlanNo, c.Idx });
        modelBuilder.Entity<PlanCrewRow>().HasIndex(c => new { c.PlanNo, c.CrewId });
        modelBuilder.Entity<PlanWorkerRow>().ToTable("plan_workers").HasKey(w => new { w.PlanNo, w.Idx });
        modelBuilder.Entity<PlanWorkerRow>().HasIndex(w => new { w.PlanNo, w.WorkerId });
        modelBuilder.Entity<PlanWorkerRow>().HasIndex(w => new { w.PlanNo, w.VillageId });
        modelBuilder.Entity<WorkerDayRow>(day =>
        {
            day.ToTable("worker_days").HasKey(d => new { d.PlanNo, d.Seq });
            day.HasIndex(d => new { d.PlanNo, d.Day, d.Seq });
            day.HasIndex(d => new { d.PlanNo, d.Crew, d.Seq });
            day.HasIndex(d => new { d.PlanNo, d.Worker, d.Seq });
            day.HasIndex(d => new { d.PlanNo, d.Village, d.Seq });
        });
        modelBuilder.Entity<PlanTripRow>().ToTable("plan_trips").HasKey(t => new { t.PlanNo, t.Idx });
        modelBuilder.Entity<PlanTripRow>().HasIndex(t => new { t.PlanNo, t.Date, t.Idx });
        modelBuilder.Entity<PlanShortageRow>().ToTable("plan_shortages").HasKey(s => new { s.PlanNo, s.Idx });
        modelBuilder.Entity<ApiKeyRow>().ToTable("api_keys").HasKey(k => k.Id);
        modelBuilder.Entity<ApiKeyRow>().HasIndex(k => k.Hash).IsUnique();
        modelBuilder.Entity<IdempotencyRow>().ToTable("idempotency").HasKey(i => i.Id);
        modelBuilder.Entity<IdempotencyRow>().HasIndex(i => i.CreatedAt);
        modelBuilder.Entity<LogRow>().ToTable("log").HasKey(l => l.Seq);
        modelBuilder.Entity<LogRow>().HasIndex(l => new { l.SeasonId, l.Seq });
        modelBuilder.Entity<SettingRow>().ToTable("settings").HasKey(s => s.Name);
        modelBuilder.Entity<OfferSetRow>().ToTable("offer_sets").HasKey(o => o.Id);
        modelBuilder.Entity<HoldRow>(hold =>
        {
            hold.ToTable("holds").HasKey(h => h.No);
            hold.HasIndex(h => h.Id).IsUnique();
            hold.HasIndex(h => h.BookingId).IsUnique();
            hold.HasIndex(h => new { h.SeasonNo, h.CrewId }).IsUnique();
        });
        modelBuilder.Entity<BookingStateRow>().ToTable("booking_states").HasKey(s => s.SeasonNo);
        modelBuilder.Entity<BookingStateRow>().Property(s => s.SeasonNo).ValueGeneratedNever();
        NameColumns(modelBuilder);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();

    private static void NameColumns(ModelBuilder modelBuilder)
    {
        foreach (IMutableProperty property in modelBuilder.Model.GetEntityTypes().SelectMany(e => e.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    private static string SnakeCase(string name)
    {
        StringBuilder snake = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && snake.Length > 0)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLower(letter, CultureInfo.InvariantCulture));
        }

        return snake.ToString();
    }

    private sealed class InstantConverter() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
