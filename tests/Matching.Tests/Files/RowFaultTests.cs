using Matching.Files;
using Xunit;

namespace Matching.Tests.Files;

public class RowFaultTests
{
    [Theory]
    [InlineData("travel.csv", "V,X,1,1", "to_id")]
    [InlineData("worker_skills.csv", "W9,picking,1", "worker_id")]
    [InlineData("availability.csv", "W9,,", "worker_id")]
    [InlineData("pairs.csv", "W1,W9,apart", "worker_b")]
    [InlineData("refusals.csv", "W9,S", "worker_id")]
    [InlineData("refusals.csv", "W1,Q", "site_id")]
    [InlineData("brokers.csv", "B2,x,Q,,1,2,3,,", "area_id")]
    [InlineData("sites.csv", "Q,x,1,", "site_id")]
    [InlineData("demand.csv", "Q,2026-06-10,1,1", "order_id")]
    [InlineData("rounds.csv", "Q,2026-06-10,2026-06-11,1,0", "order_id")]
    [InlineData("agreements.csv", "A3,Q,S,,,0,,1", "supplier_id")]
    [InlineData("agreements.csv", "A3,T,Q,,,0,,1", "buyer_id")]
    [InlineData("vehicles.csv", "X2,Q,33,300,2,,", "depot_id")]
    [InlineData("absences.csv", "worker,Q,,,", "id")]
    [InlineData("absences.csv", "broker,Q,,,", "id")]
    [InlineData("absences.csv", "vehicle,Q,,,", "id")]
    [InlineData("absences.csv", "site,Q,,,", "id")]
    [InlineData("pins.csv", "2026-06-10,Q,O,W1", "broker_id")]
    [InlineData("pins.csv", "2026-06-10,B,Q,W1", "order_id")]
    [InlineData("pins.csv", "2026-06-10,B,O,w1", "worker_id")]
    [InlineData("places.csv", "P,x,county,Q,,", "parent_id")]
    public void An_unknown_id_is_a_fault(string file, string row, string column)
    {
        Fault fault = SeasonText.Good().Plus(file, row).OnlyFault();

        Assert.Equal((file, column, FaultCode.UnknownId), (fault.File, fault.Column, fault.Code));
    }

    [Theory]
    [InlineData("workers.csv", "W3,x,T,1990-01-01,,,,,,,,,,", "village_id")]
    [InlineData("vehicles.csv", "X2,V,33,300,2,,", "depot_id")]
    [InlineData("refusals.csv", "W1,V", "site_id")]
    [InlineData("brokers.csv", "B2,x,S,,1,2,3,,", "area_id")]
    [InlineData("absences.csv", "site,V,,,", "id")]
    [InlineData("places.csv", "P,x,township,V,,", "parent_id")]
    [InlineData("places.csv", "P,x,township,T,,", "parent_id")]
    [InlineData("places.csv", "P,x,site,D,1,1", "parent_id")]
    public void A_place_of_the_wrong_kind_is_a_fault(string file, string row, string column)
    {
        Fault fault = SeasonText.Good().Plus(file, row).OnlyFault();

        Assert.Equal((file, column, FaultCode.WrongKind), (fault.File, fault.Column, fault.Code));
    }

    [Fact]
    public void Levels_of_the_tree_may_be_skipped() => Assert.Empty(SeasonText.Good().Plus("places.csv", "P,x,village,C,1,1").Read().Faults);

    [Fact]
    public void A_circle_of_places_is_told_on_each_of_them()
    {
        ReadResult<Matching.Model.Season> result = SeasonText.Good().Plus("places.csv", "P,x,township,Q,,").Plus("places.csv", "Q,x,township,P,,").Plus("places.csv", "R,x,county,R,,").Read();

        Assert.Equal([(7, FaultCode.Cycle), (8, FaultCode.Cycle), (9, FaultCode.Cycle)], result.Faults.Select(f => (f.Line ?? 0, f.Code)));
    }

    [Theory]
    [InlineData("P,x,village,T,,106", "lat")]
    [InlineData("P,x,site,T,37,", "lon")]
    [InlineData("P,x,depot,T,37,", "lon")]
    public void Villages_sites_and_depots_have_coordinates(string row, string column) =>
        SeasonText.Good().Plus("places.csv", row).HasOneFault("places.csv", 7, column, FaultCode.NoCoordinates);

    [Theory]
    [InlineData("places.csv", "V,again,village,T,1,1", "place_id")]
    [InlineData("travel.csv", "V,S,1,1", "to_id")]
    [InlineData("workers.csv", "W1,x,V,1990-01-01,,,,,,,,,,", "worker_id")]
    [InlineData("worker_skills.csv", "W1,picking,1", "skill")]
    [InlineData("brokers.csv", "B,x,T,,1,2,3,,", "broker_id")]
    [InlineData("sites.csv", "S,x,1,", "site_id")]
    [InlineData("orders.csv", "O,S,picking,1,150,07:30,8.5,1,40,300,180,,,,,no", "order_id")]
    [InlineData("demand.csv", "O,2026-06-10,1,1", "date")]
    [InlineData("agreements.csv", "A,T,S,,,0,,1", "agreement_id")]
    [InlineData("vehicles.csv", "X,D,33,300,2,,", "vehicle_id")]
    public void A_key_stands_once(string file, string row, string column)
    {
        Fault fault = SeasonText.Good().Plus(file, row).OnlyFault();

        Assert.Equal((file, column, FaultCode.Duplicate), (fault.File, fault.Column, fault.Code));
        Assert.Contains(file == "places.csv" ? "line 4" : "line 2", fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_back_is_another_row() => Assert.Empty(SeasonText.Good().Plus("travel.csv", "S,V,41,32").Read().Faults);

    [Theory]
    [InlineData("availability.csv", "W1,2026-06-12,2026-06-11")]
    [InlineData("households.csv", "H2,1,2026-06-12,2026-06-11,")]
    [InlineData("rounds.csv", "O,2026-06-19,2026-06-18,1,0")]
    [InlineData("agreements.csv", "A3,T,S,2026-06-12,2026-06-11,0,,1")]
    [InlineData("absences.csv", "worker,W1,2026-06-12,2026-06-11,")]
    [InlineData("brokers.csv", "B2,x,T,,1,2,3,2026-06-12,2026-06-11")]
    [InlineData("vehicles.csv", "X2,D,33,300,2,2026-06-12,2026-06-11")]
    public void A_window_does_not_end_before_it_starts(string file, string row) => Assert.Equal(FaultCode.FromAfterTo, SeasonText.Good().Plus(file, row).OnlyFault().Code);

    [Theory]
    [InlineData("demand.csv", "O,2026-06-09,1,1")]
    [InlineData("demand.csv", "O,2026-06-21,1,1")]
    [InlineData("pins.csv", "2026-06-21,B,O,W1")]
    public void Demand_and_pins_lie_in_the_season(string file, string row)
    {
        Fault fault = SeasonText.Good().Plus(file, row).OnlyFault();

        Assert.Equal(("date", FaultCode.OutsideSeason), (fault.Column, fault.Code));
    }

    [Theory]
    [InlineData("brokers.csv", "B2,x,T,,3,2,3,,", "crew_max", FaultCode.MinOverMax)]
    [InlineData("orders.csv", "O2,S,picking,1,150,07:30,8.5,41,40,300,180,,,,,no", "crew_max", FaultCode.MinOverMax)]
    [InlineData("orders.csv", "O2,S,picking,1,150,07:30,8.5,1,40,300,300.01,,,,,no", "value_target", FaultCode.RequiredAndTarget)]
    [InlineData("demand.csv", "O,2026-06-12,2,1", "target", FaultCode.RequiredAndTarget)]
    [InlineData("agreements.csv", "A3,T,S,,,5,4,1", "max_days", FaultCode.MinOverMax)]
    [InlineData("pairs.csv", "W1,W1,apart", "worker_b", FaultCode.SameWorker)]
    [InlineData("travel.csv", "V,V,0,1", "km", FaultCode.SelfTravel)]
    [InlineData("travel.csv", "V,V,1,0", "minutes", FaultCode.SelfTravel)]
    [InlineData("rounds.csv", "O,2026-06-11,2026-06-12,1,0", "order_id", FaultCode.Overlap)]
    [InlineData("households.csv", "H1,1,2026-07-01,2026-07-01,", "household_id", FaultCode.Overlap)]
    [InlineData("households.csv", "H1,1,,2026-06-12,", "household_id", FaultCode.Overlap)]
    public void Values_of_a_row_and_windows_of_an_owner_fit_together(string file, string row, string column, string code)
    {
        Fault fault = SeasonText.Good().Plus(file, row).OnlyFault();

        Assert.Equal((file, column, code), (fault.File, fault.Column, fault.Code));
    }

    [Fact]
    public void The_site_of_an_order_has_a_row() =>
        SeasonText.Good().Plus("places.csv", "S2,x,site,C,37,105").Replacing("orders.csv", "O,S,", "O,S2,").HasOneFault("orders.csv", 2, "site_id", FaultCode.NoSiteRow);

    [Theory]
    [InlineData("workers.csv", "1980-02-29", "1980-02-30")]
    [InlineData("workers.csv", "W1,马兰花", "W1,\u0001")]
    [InlineData("workers.csv", "W1,马兰花", "W1,x,马兰花")]
    [InlineData("workers.csv", "W1,马兰花", "W1,马\"兰花")]
    [InlineData("workers.csv", "W1,马兰花", "\"W1\"x,马兰花")]
    [InlineData("workers.csv", "W1,马兰花", ",马兰花")]
    [InlineData("places.csv", "V,弘德村,village", "V,弘德村,hamlet")]
    [InlineData("places.csv", "S,枸杞园,site,C,37.50", "S,枸杞园,site,C,x")]
    [InlineData("brokers.csv", "200.50", "x")]
    [InlineData("sites.csv", "20", "many")]
    [InlineData("sites.csv", "绿源公司", "")]
    [InlineData("sites.csv", "S,绿源公司", "S,,绿源公司")]
    [InlineData("orders.csv", "07:30", "7:30")]
    [InlineData("vehicles.csv", "33", "x")]
    [InlineData("season.json", "2026-06-20", "2026-13-20")]
    public void A_bad_cell_causes_no_fault_elsewhere(string file, string old, string text) =>
        Assert.Equal(file, SeasonText.Good().Replacing(file, old, text).OnlyFault().File);

    [Fact]
    public void The_kind_of_a_place_with_another_fault_is_still_checked()
    {
        ReadResult<Matching.Model.Season> result = SeasonText.Good().Replacing("places.csv", "T,红寺堡镇,township,C,37.42", "T,红寺堡镇,township,C,x").Plus("workers.csv", "W3,x,T,1990-01-01,,,,,,,,,,").Read();

        Assert.Equal([FaultCode.NotANumber, FaultCode.WrongKind], result.Faults.Select(f => f.Code));
    }
}
