using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class CellFaultTests
{
    [Theory]
    [InlineData("1e5", FaultCode.NotANumber)]
    [InlineData("NaN", FaultCode.NotANumber)]
    [InlineData("Infinity", FaultCode.NotANumber)]
    [InlineData("1,5", FaultCode.NotANumber)]
    [InlineData("１５", FaultCode.NotANumber)]
    [InlineData("+1", FaultCode.NotANumber)]
    [InlineData(" 1", FaultCode.NotANumber)]
    [InlineData("1.", FaultCode.NotANumber)]
    [InlineData(".5", FaultCode.NotANumber)]
    [InlineData("1.2.3", FaultCode.NotANumber)]
    [InlineData("--1", FaultCode.NotANumber)]
    [InlineData("0x10", FaultCode.NotANumber)]
    [InlineData("-1", FaultCode.OutOfRange)]
    [InlineData("1.005", FaultCode.TooManyDecimals)]
    [InlineData("99999999999999999999999999999999", FaultCode.OutOfRange)]
    [InlineData("", FaultCode.EmptyCell)]
    public void An_amount_of_money_is_spelled_as_the_contract_says(string cell, string code) =>
        SeasonText.Good().Replacing("brokers.csv", "200.50", $"\"{cell}\"").HasOneFault("brokers.csv", 2, "daily_fee", code);

    [Theory]
    [InlineData("1.0", FaultCode.NotWhole)]
    [InlineData("-1", FaultCode.OutOfRange)]
    [InlineData("2147483648", FaultCode.OutOfRange)]
    [InlineData("1e2", FaultCode.NotANumber)]
    [InlineData("x", FaultCode.NotANumber)]
    public void A_whole_number_has_no_point_and_is_not_negative(string cell, string code) =>
        SeasonText.Good().Replacing("vehicles.csv", "D,33", "D," + cell).HasOneFault("vehicles.csv", 2, "seats", code);

    [Theory]
    [InlineData("2026-6-10")]
    [InlineData("2026/06/10")]
    [InlineData("2026-06-31")]
    [InlineData("2026-02-29")]
    [InlineData("10.06.2026")]
    [InlineData("2026-06-10T00:00")]
    [InlineData("２０２６-06-10")]
    [InlineData("0000-01-01")]
    public void A_day_is_an_iso_day(string cell) =>
        SeasonText.Good().Replacing("workers.csv", "1980-02-29", cell).HasOneFault("workers.csv", 2, "birth_date", FaultCode.NotADate);

    [Theory]
    [InlineData("7:30")]
    [InlineData("24:00")]
    [InlineData("07:60")]
    [InlineData("07:30:00")]
    [InlineData("7.30 am")]
    public void A_time_is_hours_and_minutes(string cell) =>
        SeasonText.Good().Replacing("orders.csv", "07:30", cell).HasOneFault("orders.csv", 2, "start_time", FaultCode.NotATime);

    [Theory]
    [InlineData("yes")]
    [InlineData("1")]
    [InlineData("truE ")]
    public void A_truth_value_is_true_or_false(string cell) =>
        SeasonText.Good().Replacing("workers.csv", "TRUE", cell).HasOneFault("workers.csv", 2, "lodging_ok", FaultCode.NotATruthValue);

    [Theory]
    [InlineData("fAlSe", false)]
    [InlineData("TrUe", true)]
    public void A_truth_value_may_have_any_case(string cell, bool value) =>
        Assert.Equal(value, SeasonText.Good().Replacing("workers.csv", "TRUE", cell).Read().OrThrow().Workers[0].LodgingOk);

    [Theory]
    [InlineData("places.csv", "C,中宁县,county", "C,中宁县,County", 2, "kind")]
    [InlineData("pairs.csv", "W1,W2,same_site\nW1", "W1,W2,same-site\nW1", 2, "kind")]
    [InlineData("orders.csv", ",allowed", ",maybe", 2, "lodging")]
    [InlineData("absences.csv", "worker,W2", "workers,W2", 2, "kind")]
    public void An_enumerated_column_knows_its_words(string file, string old, string text, int line, string column) =>
        SeasonText.Good().Replacing(file, old, text).HasOneFault(file, line, column, FaultCode.NotAChoice);

    [Theory]
    [InlineData("places.csv", "37.40", "90.1", 4, "lat")]
    [InlineData("places.csv", "106.00", "-180.5", 4, "lon")]
    [InlineData("worker_skills.csv", "W1,picking,5", "W1,picking,6", 2, "level")]
    [InlineData("worker_skills.csv", "W1,picking,5", "W1,picking,0", 2, "level")]
    [InlineData("orders.csv", ",picking,1,", ",picking,6,", 2, "min_level")]
    [InlineData("orders.csv", "07:30,8.5", "07:30,0", 2, "hours")]
    [InlineData("orders.csv", "07:30,8.5", "07:30,24.5", 2, "hours")]
    [InlineData("orders.csv", "4,0.3", "4,1.1", 2, "experienced_share")]
    [InlineData("orders.csv", "4,0.3", "6,0.3", 2, "experienced_level")]
    [InlineData("orders.csv", ",1,40,", ",0,40,", 2, "crew_min")]
    [InlineData("brokers.csv", ",1,30,", ",0,30,", 2, "crew_min")]
    [InlineData("rounds.csv", "0.05", "1.05", 2, "late_loss")]
    [InlineData("rounds.csv", "0.05", "-0.05", 2, "late_loss")]
    [InlineData("travel.csv", "40,31.5", "40,-31.5", 2, "km")]
    [InlineData("households.csv", "H1,1,2026-06-12", "H1,-1,2026-06-12", 2, "keep_home")]
    public void A_number_lies_in_its_range(string file, string old, string text, int line, string column) =>
        SeasonText.Good().Replacing(file, old, text).HasOneFault(file, line, column, FaultCode.OutOfRange);

    [Fact]
    public void Ends_of_ranges_belong_to_them()
    {
        Season season = SeasonText.Good().Replacing("orders.csv", "07:30,8.5", "00:00,24").Replacing("orders.csv", "4,0.3", "5,1").Replacing("rounds.csv", "0.05", "0").Read().OrThrow();

        Assert.Equal((24m, 5, 1m), (season.Orders[0].Hours, season.Orders[0].ExperiencedLevel, season.Orders[0].ExperiencedShare));
    }

    [Fact]
    public void Rates_weights_and_losses_may_have_any_number_of_decimals()
    {
        Season season = SeasonText.Good().Replacing("vehicles.csv", "2.345", "2.3456789").Replacing("workers.csv", "2.555", "0.00001").Read().OrThrow();

        Assert.Equal((2.3456789m, 0.00001m), (season.Vehicles[0].CostPerKm, season.Workers[0].TargetWeight));
    }

    [Fact]
    public void Every_fault_of_every_file_is_told_in_one_run()
    {
        ReadResult<Season> result = SeasonText.Good()
            .Replacing("season.json", "2026-06-20", "2026-06-31")
            .Replacing("places.csv", "37.40", "north")
            .Replacing("workers.csv", "W1,马兰花,V,1980-02-29,H1,F,B,120,", "W1,,X,1980-02-30,H1,F,Q,-1,")
            .Replacing("demand.csv", "1,2", "3,2")
            .Plus("pins.csv", "2026-06-10,B,O,W7")
            .Read();

        Assert.Equal(
            ["demand.csv 2 target", "pins.csv 3 worker_id", "places.csv 4 lat", "season.json 1 end", "workers.csv 2 birth_date", "workers.csv 2 broker_id", "workers.csv 2 min_daily_wage", "workers.csv 2 name", "workers.csv 2 village_id"],
            result.Faults.Select(f => $"{f.File} {f.Line} {f.Column}").Order(StringComparer.Ordinal));
    }
}
