using System.Text;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class SeasonFolderTests
{
    [Fact]
    public void A_good_season_is_read_without_a_note()
    {
        ReadResult<Season> result = SeasonText.Good().Read();

        Assert.Empty(result.Faults);
        Assert.Empty(result.Notes);
        Season season = result.OrThrow();
        Assert.Equal("Zhongning goji 2026", season.Name);
        Assert.Equal(11, season.DayCount);
        Worker worker = season.Workers[0];
        Assert.Equal(("马兰花", new DateOnly(1980, 2, 29), "F"), (worker.Name, worker.BirthDate, worker.Sex));
        Assert.Equal((120m, 60, 40, 2.555m, true), (worker.MinDailyWage, worker.MaxDays, worker.TargetDays, worker.TargetWeight, worker.LodgingOk));
        Assert.Equal(["driver", "first-aid"], worker.Tags);
        Assert.Equal(["halal-canteen"], worker.Needs);
        Assert.Equal([new SkillLevel(new Skill("picking"), 5), new SkillLevel(new Skill("pruning"), 2)], worker.Skills);
        Assert.Equal(2, worker.Availability.Length);
        Assert.Null(worker.Availability[1].To);
    }

    [Fact]
    public void Empty_and_absent_optional_columns_have_their_defaults()
    {
        Season season = SeasonText.Good()
            .With("workers.csv", "worker_id,village_id,name,birth_date\nW1,V,a,1980-01-01\nW2,V,b,1980-01-01\n")
            .With("sites.csv", "site_id,employer\nS,绿源公司\n")
            .Read().OrThrow();

        Worker worker = season.Workers[1];
        Assert.Equal((null, null, null, null, null), (worker.Household, worker.Sex, worker.Broker, worker.MinDailyWage, worker.MaxDays));
        Assert.Equal((0, 0m, false), (worker.TargetDays, worker.TargetWeight, worker.LodgingOk));
        Assert.Equal(0, season.Sites[0].Beds);
        Assert.Empty(season.Sites[0].Tags);
    }

    [Theory]
    [InlineData("places.csv")]
    [InlineData("workers.csv")]
    [InlineData("worker_skills.csv")]
    [InlineData("brokers.csv")]
    [InlineData("sites.csv")]
    [InlineData("orders.csv")]
    [InlineData("demand.csv")]
    [InlineData("vehicles.csv")]
    [InlineData("season.json")]
    public void A_missing_file_is_one_fault_and_causes_none_elsewhere(string file) =>
        SeasonText.Good().Without(file).HasOneFault(file, null, null, FaultCode.MissingFile);

    [Fact]
    public void Optional_files_may_be_absent()
    {
        SeasonText text = SeasonText.Good();
        foreach (string file in new[] { "travel", "availability", "households", "pairs", "refusals", "rounds", "agreements", "absences", "pins" })
        {
            text.Without(file + ".csv");
        }

        Season season = text.Read().OrThrow();
        Assert.Empty(season.Pins);
        Assert.Empty(season.Workers[0].Availability);
    }

    [Fact]
    public void A_file_with_only_a_header_has_no_rows() =>
        Assert.Empty(SeasonText.Good().With("vehicles.csv", "vehicle_id,depot_id,seats,cost_per_day,cost_per_km\n").Without("absences.csv").Read().OrThrow().Vehicles);

    [Fact]
    public void An_empty_file_lacks_its_header() =>
        SeasonText.Good().With("vehicles.csv", "").Without("absences.csv").HasOneFault("vehicles.csv", null, null, FaultCode.MissingHeader);

    [Fact]
    public void Columns_may_come_in_any_order_with_any_line_ends_and_a_mark()
    {
        byte[] bytes = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes("\r\nlevel,worker_id,skill\r\n\r\n5,W1,picking\r\n  \r\n1,W2,picking")];

        Season season = SeasonText.Good().With("worker_skills.csv", bytes).Read().OrThrow();

        Assert.Equal(5, season.Workers[0].Skills[0].Level);
        Assert.Equal(1, season.Workers[1].Skills[0].Level);
    }

    [Fact]
    public void A_mark_is_accepted_in_season_json() =>
        Assert.Equal("x", SeasonText.Good().With("season.json", [.. Encoding.UTF8.Preamble, .. """{"name":"x","start":"2026-06-10","end":"2026-06-20"}"""u8]).Read().OrThrow().Name);

    [Fact]
    public void Unknown_columns_files_and_folders_are_notes()
    {
        using var folder = new TempFolder();
        SeasonText.Good().With("refusals.csv", "worker_id,why,site_id\nW2,far,S\n").With("readme.txt", "hello").WriteTo(folder.Path);
        Directory.CreateDirectory(folder["maps"]);

        ReadResult<Season> result = SeasonFiles.Read(folder.Path);

        Assert.Empty(result.Faults);
        Assert.Equal(
            ["refusals.csv: the column 'why' is unknown and ignored.", "maps: this file is unknown and ignored.", "readme.txt: this file is unknown and ignored."],
            result.Notes);
    }

    [Fact]
    public void A_path_that_names_nothing_is_a_fault()
    {
        using var folder = new TempFolder();
        Assert.Equal(FaultCode.NotFound, Assert.Single(SeasonFiles.Read(folder["nowhere"]).Faults).Code);
    }

    [Fact]
    public void Half_of_the_experience_rule_is_ignored_with_a_note()
    {
        ReadResult<Season> result = SeasonText.Good().Replacing("orders.csv", "4,0.3", ",0.3").Read();

        Assert.Null(result.OrThrow().Orders[0].ExperiencedShare);
        Assert.Contains("experienced_level", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_whose_skill_nobody_has_is_noted()
    {
        ReadResult<Season> result = SeasonText.Good().Replacing("orders.csv", "picking", "welding").Read();

        Assert.Empty(result.Faults);
        Assert.Contains("welding", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Agreements_look_up_places_before_brokers_and_employers()
    {
        Season season = SeasonText.Good()
            .Replacing("sites.csv", "绿源公司", "T")
            .With("agreements.csv", "agreement_id,supplier_id,buyer_id,from,to,min_days,penalty\nA,T,T,,,1,50\nA2,B,S,,,1,50\n")
            .Read().OrThrow();

        Assert.Equal((SupplierKind.Place, BuyerKind.Place), (season.Agreements[0].SupplierKind, season.Agreements[0].BuyerKind));
        Assert.Equal((SupplierKind.Broker, BuyerKind.Place), (season.Agreements[1].SupplierKind, season.Agreements[1].BuyerKind));
    }

    [Theory]
    [InlineData("refusals.csv", "W2,S")]
    [InlineData("pins.csv", "2026-06-10,B,O,W1")]
    [InlineData("availability.csv", "W1,2026-06-01,2026-06-15")]
    [InlineData("pairs.csv", "W2,W1,apart")]
    [InlineData("absences.csv", "worker,W2,2026-06-18,,again")]
    [InlineData("households.csv", "H9,3,2026-01-01,2026-01-02,")]
    [InlineData("pins.csv", "2026-06-10,B,O,W2")]
    public void Harmless_rows_are_read(string file, string row) => Assert.Empty(SeasonText.Good().Plus(file, row).Read().Faults);

    [Fact]
    public void A_broker_and_an_order_whose_crew_sizes_do_not_meet_are_no_fault() =>
        Assert.Empty(SeasonText.Good().Replacing("brokers.csv", ",1,30,", ",50,60,").Read().Faults);

    [Fact]
    public void Ids_are_case_sensitive_and_taken_as_they_stand()
    {
        Season season = SeasonText.Good().Plus("workers.csv", "w1,x,V,1990-01-01,,,,,,,,,,").Plus("workers.csv", " W1,x,V,1990-01-01,,,,,,,,,,").Read().OrThrow();

        Assert.Equal([" W1", "W1", "W2", "w1"], season.Workers.Select(w => w.Id.Value).Order(StringComparer.Ordinal));
    }
}
