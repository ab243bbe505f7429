using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class SettingsTests
{
    private const string Days = "\"start\":\"2026-06-10\",\"end\":\"2026-06-20\"";

    private static SeasonText Json(string json) => SeasonText.Good().With("season.json", json);

    [Theory]
    [InlineData("{" + Days + "}")]
    [InlineData("{" + Days + ",\"name\":null,\"road\":null,\"work\":{\"minAge\":null},\"transport\":{},\"costs\":{}}")]
    public void Absent_and_null_keys_have_their_defaults(string json)
    {
        Season season = Json(json).Read().OrThrow();

        Assert.Equal("", season.Name);
        Assert.Equal(new RoadSettings { Detour = 1.3m, SpeedKmh = 50, StopMinutes = 3 }, season.Road);
        Assert.Equal(new TransportSettings { MaxRideMinutes = 90, EarliestDeparture = new(4, 30), MaxDriveMinutesPerDay = 480, CoachFarePerKm = 0.35m }, season.Transport);
        Assert.Equal(new WorkSettings { MinAge = 16, AdultAge = 18, MaxConsecutiveDays = 6, MaxHoursPer7Days = 52 }, season.Work);
        Assert.Equal(new CostSettings { EngagementStart = 120, MemberJoin = 5, OtherBroker = 8 }, season.Costs);
    }

    [Fact]
    public void Every_key_is_read()
    {
        Season season = Json("{" + Days + """
            ,"name":"n","road":{"detour":1.25,"speedKmh":40.5,"stopMinutes":0},
            "transport":{"maxRideMinutes":98,"earliestDeparture":"00:00","maxDriveMinutesPerDay":500,"coachFarePerKm":0.123},
            "work":{"minAge":17,"adultAge":19,"maxConsecutiveDays":5,"maxHoursPer7Days":48.5},
            "costs":{"engagementStart":1.25,"memberJoin":0,"otherBroker":2}}
            """).Read().OrThrow();

        Assert.Equal(new RoadSettings { Detour = 1.25m, SpeedKmh = 40.5m, StopMinutes = 0 }, season.Road);
        Assert.Equal(new TransportSettings { MaxRideMinutes = 98, EarliestDeparture = new(0, 0), MaxDriveMinutesPerDay = 500, CoachFarePerKm = 0.123m }, season.Transport);
        Assert.Equal(new WorkSettings { MinAge = 17, AdultAge = 19, MaxConsecutiveDays = 5, MaxHoursPer7Days = 48.5m }, season.Work);
        Assert.Equal(new CostSettings { EngagementStart = 1.25m, MemberJoin = 0, OtherBroker = 2 }, season.Costs);
    }

    [Theory]
    [InlineData("", null, FaultCode.MalformedJson)]
    [InlineData("{\"start\":", null, FaultCode.MalformedJson)]
    [InlineData("{" + Days + ",}", null, FaultCode.MalformedJson)]
    [InlineData("{" + Days + "} x", null, FaultCode.MalformedJson)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":NaN}}", null, FaultCode.MalformedJson)]
    [InlineData("{" + Days + ",\"name\":\"\\ud800\"}", null, FaultCode.MalformedJson)]
    [InlineData("[]", null, FaultCode.WrongType)]
    [InlineData("3", null, FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"name\":\"a\",\"name\":\"b\"}", "name", FaultCode.KeyTwice)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":1,\"detour\":1}}", "road.detour", FaultCode.KeyTwice)]
    [InlineData("{" + Days + ",\"road\":{},\"road\":{}}", "road", FaultCode.KeyTwice)]
    [InlineData("{" + Days + ",\"name\":3}", "name", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"name\":\"a\\u0007\"}", "name", FaultCode.ControlCharacter)]
    [InlineData("{" + Days + ",\"road\":3}", "road", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"road\":[1]}", "road", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":\"1.3\"}}", "road.detour", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":{}}}", "road.detour", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":true}}", "road.detour", FaultCode.WrongType)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":1e1}}", "road.detour", FaultCode.NotANumber)]
    [InlineData("{" + Days + ",\"road\":{\"detour\":-1}}", "road.detour", FaultCode.OutOfRange)]
    [InlineData("{" + Days + ",\"road\":{\"speedKmh\":0}}", "road.speedKmh", FaultCode.OutOfRange)]
    [InlineData("{" + Days + ",\"road\":{\"stopMinutes\":3.0}}", "road.stopMinutes", FaultCode.NotWhole)]
    [InlineData("{" + Days + ",\"costs\":{\"memberJoin\":5.001}}", "costs.memberJoin", FaultCode.TooManyDecimals)]
    [InlineData("{" + Days + ",\"transport\":{\"earliestDeparture\":\"4:30\"}}", "transport.earliestDeparture", FaultCode.NotATime)]
    [InlineData("{\"start\":\"2026-06-10\"}", "end", FaultCode.MissingKey)]
    [InlineData("{\"start\":null,\"end\":\"2026-06-20\"}", "start", FaultCode.MissingKey)]
    [InlineData("{\"start\":\"10.6.2026\",\"end\":\"2026-06-20\"}", "start", FaultCode.NotADate)]
    [InlineData("{\"start\":20260610,\"end\":\"2026-06-20\"}", "start", FaultCode.WrongType)]
    [InlineData("{\"start\":\"2026-06-10\",\"end\":\"2026-06-09\"}", "end", FaultCode.FromAfterTo)]
    [InlineData("{\"start\":\"2026-06-10\",\"end\":\"2036-06-18\"}", "end", FaultCode.SeasonTooLong)]
    public void Faulty_settings_are_told_by_key(string json, string? column, string code)
    {
        Fault fault = Json(json).OnlyFault();

        Assert.Equal(("season.json", column, code), (fault.File, fault.Column, fault.Code));
    }

    [Fact]
    public void A_season_may_have_3660_days() =>
        Assert.Equal(3_660, Json("{\"start\":\"2026-06-10\",\"end\":\"2036-06-16\"}").Read().OrThrow().DayCount);

    [Fact]
    public void Faults_name_the_line() => Assert.Equal(4, Json("{\n" + Days + ",\n\"road\": {\n  \"detour\": -1}}").OnlyFault().Line);

    [Fact]
    public void Unknown_keys_are_notes()
    {
        ReadResult<Season> result = Json("{" + Days + ",\"color\":\"red\",\"x\":{\"y\":{\"z\":[1,{}]}},\"road\":{\"width\":3},\"road.detour\":9}").Read();

        Assert.Empty(result.Faults);
        Assert.Equal(1.3m, result.OrThrow().Road.Detour);
        Assert.Equal(["color", "x", "road.width", "road.detour"], result.Notes.Select(n => n.Split('\'')[1]));
    }
}
