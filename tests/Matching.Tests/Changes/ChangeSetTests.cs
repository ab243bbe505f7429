using Matching.Changes;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Changes;

public class ChangeSetTests
{
    [Fact]
    public void Settings_are_merged_and_the_others_stay()
    {
        Season changed = Applied("""[{"file":"season.json","to":{"transport":{"maxRideMinutes":98},"name":"New"}}]""");

        Assert.Equal((98, "New"), (changed.Transport.MaxRideMinutes, changed.Name));
        Assert.Equal(Valley().Transport with { MaxRideMinutes = 98 }, changed.Transport);
    }

    [Fact]
    public void A_null_setting_has_its_default_again()
    {
        Season season = Valley() with { Work = new WorkSettings { MinAge = 20 } };

        Season changed = ChangeSet.Apply(season, """[{"file":"season.json","to":{"work":{"minAge":null}}}]""").OrThrow();

        Assert.Equal(new WorkSettings().MinAge, changed.Work.MinAge);
    }

    [Fact]
    public void Columns_of_every_row_that_is_named_are_set()
    {
        Season changed = Applied("""[{"file":"demand.csv","row":{"order_id":"o1"},"to":{"target":"9"}}]""");

        Assert.All(changed.Demand.Where(d => d.Order.Value == "o1"), d => Assert.Equal(9, d.Target));
        Assert.Equal(Valley().Demand.Where(d => d.Order.Value != "o1"), changed.Demand.Where(d => d.Order.Value != "o1"));
    }

    [Fact]
    public void A_row_is_found_by_the_number_whatever_its_zeros()
    {
        decimal fee = Valley().Brokers[0].DailyFee;

        Season changed = Applied($$$"""[{"file":"brokers.csv","row":{"broker_id":"k1","daily_fee":"{{{fee:0.00}}}"},"to":{"daily_fee":77.5}}]""");

        Assert.Equal(77.5m, changed.BrokerById[new("k1")].DailyFee);
    }

    [Fact]
    public void A_row_is_added_to_a_file_that_was_absent()
    {
        Season changed = Applied(
            """[{"file":"absences.csv","add":{"kind":"worker","id":"a1","from":"2026-06-11","to":"2026-06-12","reason":"wedding"}}]""");

        Absence absence = Assert.Single(changed.Absences);
        Assert.Equal(("a1", "wedding"), (absence.Subject, absence.Reason));
    }

    [Fact]
    public void Rows_are_removed()
    {
        Season changed = Applied("""[{"file":"demand.csv","remove":{"order_id":"o2"}}]""");

        Assert.DoesNotContain(changed.Demand, d => d.Order.Value == "o2");
    }

    [Fact]
    public void Later_changes_see_what_earlier_ones_did()
    {
        Season changed = Applied("""
            [{"file":"vehicles.csv","add":{"vehicle_id":"v9","depot_id":"dp","seats":"9","cost_per_day":"1","cost_per_km":"1"}},
             {"file":"vehicles.csv","row":{"vehicle_id":"v9"},"to":{"seats":"19"}}]
            """);

        Assert.Equal(19, changed.VehicleById[new("v9")].Seats);
    }

    [Fact]
    public void An_empty_set_changes_nothing()
    {
        Season changed = Applied("[]");

        Assert.Equal(Valley().Workers, changed.Workers, (a, b) => a.Id == b.Id && a.Name == b.Name);
        Assert.Equal(Valley().Demand, changed.Demand);
    }

    [Theory]
    [InlineData("""[{"file":"demand.csv","row":{"order_id":"o1"},"to":{"target":"9"}},{"file":"vehicles.csv","remove":{"vehicle_id":"none"}}]""", 1, "vehicle_id")]
    [InlineData("""[{"file":"vehicles.csv","row":{"vehicle_id":"none"},"to":{"seats":"1"}}]""", 0, "a row of vehicles.csv")]
    [InlineData("""[{"file":"buses.csv","add":{}}]""", 0, "a file of the season folder")]
    [InlineData("""[{"file":"vehicles.csv","row":{"vehicle_id":"v1"},"to":{"wheels":"4"}}]""", 0, "a column of vehicles.csv")]
    [InlineData("""[{"file":"season.json","to":{"transport":{"wheels":4}}}]""", 0, "a key of season.json")]
    [InlineData("""[{"file":"season.json","to":{"transport":4}}]""", 0, "an object for 'transport'")]
    [InlineData("""[{"file":"season.json","row":{},"to":{}}]""", 0, "'to'")]
    [InlineData("""[{"file":"vehicles.csv","row":{"vehicle_id":"v1"}}]""", 0, "'row' and 'to'")]
    [InlineData("""[{"file":"vehicles.csv","add":{"seats":[1]}}]""", 0, "a text")]
    [InlineData("""[17]""", 0, "'file'")]
    [InlineData("""[{"file":"vehicles.csv","row":{"vehicle_id":"v1"},"to":{"seats":"many"}}]""", 0, "a whole number")]
    [InlineData("""[{"file":"season.json","to":{"end":"2020-01-01"}}]""", 0, "a day not before the start")]
    [InlineData("""[{"file":"vehicles.csv","row":{"vehicle_id":"v1"},"to":{"seats":"30"}},{"file":"brokers.csv","remove":{"broker_id":"k1"}}]""", 1, "broker")]
    public void What_cannot_be_applied_is_refused_with_its_index(string json, int index, string expected)
    {
        ChangeResult result = ChangeSet.Apply(Valley(), json);

        Assert.Null(result.Season);
        Assert.Equal(index, result.Refusal!.Index);
        Assert.Contains(expected, result.Refusal.Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[{]")]
    [InlineData("""[{"file":"season.json","file":"season.json","to":{}}]""")]
    public void What_is_no_change_set_is_refused_without_an_index(string json)
    {
        Assert.Null(ChangeSet.Apply(Valley(), json).Refusal!.Index);
    }

    [Fact]
    public void A_refusal_lists_the_faults_the_season_would_have()
    {
        ChangeRefusal refusal = ChangeSet.Apply(Valley(), """[{"file":"orders.csv","row":{},"to":{"crew_min":"0"}}]""").Refusal!;

        Assert.Equal(Valley().Orders.Length, refusal.Faults.Length);
        Assert.All(refusal.Faults, f => Assert.Equal(("orders.csv", "crew_min", FaultCode.OutOfRange), (f.File, f.Column, f.Code)));
    }

    // With coordinates, as files must have them.
    private static Season Valley() => Tiny.Season() with
    {
        Places = [.. Tiny.Season().Places.Select(p => p with { Latitude = 37.5, Longitude = 105.7 })],
    };

    private static Season Applied(string json) => ChangeSet.Apply(Valley(), json).OrThrow();
}
