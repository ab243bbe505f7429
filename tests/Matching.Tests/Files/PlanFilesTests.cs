using System.Collections.Immutable;
using System.Text;
using Matching.Files;
using Matching.Model;
using Matching.Plans;
using Xunit;

namespace Matching.Tests.Files;

public sealed class PlanFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Season _season = SeasonText.Good().Read().OrThrow();

    public void Dispose() => _folder.Dispose();

    private static Plan Sample() => new()
    {
        Crews = [new(new("K1"), new("B"), new("O"), new(2026, 6, 10), new(2026, 6, 11), CrewMode.Commute)],
        WorkerDays = [new(new(2026, 6, 10), new("K1"), new("W1")), new(new(2026, 6, 11), new("K1"), new("W1"))],
        Trips =
        [
            new(new("T1"), new(2026, 6, 10), new("X"), new(6, 5),
            [
                new(1, new("V"), new(6, 2), [new(new("K1"), new("V"), 1, 0)]),
                new(4, new("S"), new(6, 45), [new(new("K1"), new("V"), 0, 1)]),
            ]),
        ],
        Shortages = [new(new("O"), new(2026, 6, 10), 1, 2, 1), new(new("O"), new(2026, 6, 11), 0, 2, 1)],
        Facts = new PlanFacts
        {
            Worth = new Worth(300, 180.25m, -310.5m, 0, -401, -120, -5, 0, -50, -0.01m),
            UpperBound = 500.25m,
            Gap = 0.123456m,
            Settings = ImmutableSortedDictionary<string, string>.Empty.Add("seconds", "120"),
            Seed = 7,
            Seconds = 1.5,
            Versions = ImmutableSortedDictionary<string, string>.Empty.Add("matching", "0.1.0"),
        },
    };

    private ReadResult<Plan> ReadWith(string file, Func<string, string> change)
    {
        PlanFiles.WriteFolder(Sample(), _season, _folder["plan"]);
        string path = Path.Combine(_folder["plan"], file);
        File.WriteAllText(path, change(File.ReadAllText(path)));
        return PlanFiles.Read(_folder["plan"], _season);
    }

    [Fact]
    public void A_plan_comes_back_from_its_folder_and_its_zip()
    {
        PlanFiles.WriteFolder(Sample(), _season, _folder["plan"]);
        var zip = new MemoryStream();
        PlanFiles.WriteZip(Sample(), _season, zip);
        zip.Position = 0;

        ReadResult<Plan> fromFolder = PlanFiles.Read(_folder["plan"], _season);
        Assert.Empty(fromFolder.Notes);
        Assert.Equal(SeasonPrint.Of(Sample()), SeasonPrint.Of(fromFolder.OrThrow()));
        Assert.Equal(SeasonPrint.Of(Sample()), SeasonPrint.Of(PlanFiles.Read(zip, "plan.zip", _season).OrThrow()));
    }

    [Fact]
    public void The_files_are_those_of_the_contract()
    {
        PlanFiles.WriteFolder(Sample(), _season, _folder["plan"]);

        Assert.Equal("crew_id,broker_id,order_id,from,to,mode\nK1,B,O,2026-06-10,2026-06-11,commute\n", File.ReadAllText(_folder["plan/crews.csv"]));
        Assert.Equal("date,crew_id,worker_id\n2026-06-10,K1,W1\n2026-06-11,K1,W1\n", File.ReadAllText(_folder["plan/assignments.csv"]));
        Assert.Equal("trip_id,date,vehicle_id,departs\nT1,2026-06-10,X,06:05\n", File.ReadAllText(_folder["plan/trips.csv"]));
        Assert.Equal("trip_id,seq,place_id,arrives,crew_id,village_id,board,alight\nT1,1,V,06:02,K1,V,1,0\nT1,4,S,06:45,K1,V,0,1\n", File.ReadAllText(_folder["plan/trip_stops.csv"]));
        Assert.Equal("order_id,date,required,target,filled\nO,2026-06-10,1,2,1\nO,2026-06-11,0,2,1\n", File.ReadAllText(_folder["plan/shortages.csv"]));
        Assert.Equal(
            """
            {
              "netValue": -406.26,
              "upperBound": 500.25,
              "gap": 0.123456,
              "parts": {
                "requiredValue": 300,
                "targetValue": 180.25,
                "vehicles": -310.5,
                "coaches": 0,
                "brokers": -401,
                "starts": -120,
                "joins": -5,
                "otherBroker": 0,
                "agreements": -50,
                "workShare": -0.01
              },
              "settings": {
                "seconds": "120"
              },
              "seed": 7,
              "seconds": 1.5,
              "versions": {
                "matching": "0.1.0"
              }
            }

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(_folder["plan/plan.json"]));
    }

    [Fact]
    public void Missing_figures_are_null_in_plan_json()
    {
        Plan plan = Sample();
        PlanFiles.WriteFolder(plan with { Facts = plan.Facts! with { UpperBound = null, Gap = null, Seconds = null } }, _season, _folder["plan"]);

        string json = File.ReadAllText(_folder["plan/plan.json"]);
        Assert.Contains("\"upperBound\": null,\n  \"gap\": null", json, StringComparison.Ordinal);
        Assert.Contains("\"seconds\": null", json, StringComparison.Ordinal);
        PlanFacts facts = PlanFiles.Read(_folder["plan"], _season).OrThrow().Facts!;
        Assert.Equal((null, null, null), (facts.UpperBound, facts.Gap, facts.Seconds));
    }

    [Fact]
    public void Rows_are_in_a_fixed_order_whatever_the_order_of_the_plan()
    {
        Plan plan = Sample();
        PlanFiles.WriteFolder(plan, _season, _folder["a"]);
        PlanFiles.WriteFolder(plan with { WorkerDays = [.. plan.WorkerDays.Reverse()], Shortages = [] }, _season, _folder["b"]);

        foreach (string file in Directory.EnumerateFiles(_folder["a"]))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(_folder["b"], Path.GetFileName(file))));
        }
    }

    [Fact]
    public void Shortages_and_plan_json_may_be_absent()
    {
        PlanFiles.WriteFolder(Sample(), _season, _folder["plan"]);
        File.Delete(_folder["plan/shortages.csv"]);
        File.Delete(_folder["plan/plan.json"]);

        Plan plan = PlanFiles.Read(_folder["plan"], _season).OrThrow();
        Assert.Null(plan.Facts);
        Assert.Empty(plan.Shortages);
    }

    [Theory]
    [InlineData("crews.csv")]
    [InlineData("assignments.csv")]
    [InlineData("trips.csv")]
    [InlineData("trip_stops.csv")]
    public void The_other_files_may_not_and_cause_no_other_fault(string file)
    {
        PlanFiles.WriteFolder(Sample(), _season, _folder["plan"]);
        File.Delete(Path.Combine(_folder["plan"], file));

        Fault fault = Assert.Single(PlanFiles.Read(_folder["plan"], _season).Faults);
        Assert.Equal((file, FaultCode.MissingFile), (fault.File, fault.Code));
    }

    [Theory]
    [InlineData("crews.csv", ",B,", ",Q,", "broker_id")]
    [InlineData("crews.csv", ",O,", ",Q,", "order_id")]
    [InlineData("assignments.csv", "2026-06-11,K1", "2026-06-11,Q", "crew_id")]
    [InlineData("assignments.csv", "2026-06-11,K1,W1", "2026-06-11,K1,Q", "worker_id")]
    [InlineData("trips.csv", ",X,", ",Q,", "vehicle_id")]
    [InlineData("trip_stops.csv", "T1,4", "Q,4", "trip_id")]
    [InlineData("trip_stops.csv", ",S,", ",Q,", "place_id")]
    [InlineData("trip_stops.csv", "06:45,K1", "06:45,Q", "crew_id")]
    [InlineData("trip_stops.csv", "K1,V,0", "K1,Q,0", "village_id")]
    [InlineData("shortages.csv", "O,2026-06-10", "Q,2026-06-10", "order_id")]
    public void An_unknown_id_makes_the_plan_unreadable(string file, string old, string text, string column)
    {
        Fault fault = Assert.Single(ReadWith(file, t => t.Replace(old, text, StringComparison.Ordinal)).Faults);

        Assert.Equal((file, column, FaultCode.UnknownId), (fault.File, fault.Column, fault.Code));
    }

    [Theory]
    [InlineData("crews.csv", "K1,B,O,2026-06-12,2026-06-12,lodge\n")]
    [InlineData("trips.csv", "T1,2026-06-11,X,07:00\n")]
    public void A_crew_or_trip_id_twice_makes_the_plan_unreadable(string file, string row) =>
        Assert.Equal(FaultCode.Duplicate, Assert.Single(ReadWith(file, t => t + row).Faults).Code);

    [Fact]
    public void What_breaks_a_rule_is_readable()
    {
        Plan plan = ReadWith("assignments.csv", t => t + "2026-06-10,K1,W1\n2031-01-01,K1,W2\n").OrThrow();

        Assert.Equal(4, plan.WorkerDays.Length);
    }

    [Fact]
    public void A_trip_without_stops_is_readable() => Assert.Empty(ReadWith("trip_stops.csv", t => t.Split('\n')[0]).OrThrow().Trips[0].Stops);

    [Fact]
    public void Rows_of_one_stop_agree_on_place_and_time()
    {
        Fault fault = Assert.Single(ReadWith("trip_stops.csv", t => t + "T1,4,S,06:46,K1,V,0,0\n").Faults);

        Assert.Equal(("arrives", 4, FaultCode.StopDiffers), (fault.Column, fault.Line, fault.Code));
    }

    [Fact]
    public void Stops_are_ordered_by_seq_and_hold_their_groups()
    {
        Plan plan = ReadWith("trip_stops.csv", t => t.Split('\n')[0] + "\nT1,9,S,06:45,K1,V,0,1\nT1,2,V,06:02,K1,V,1,0\nT1,9,S,06:45,K1,T,0,0\n").OrThrow();

        Assert.Equal([2, 9], plan.Trips[0].Stops.Select(s => s.Seq));
        Assert.Equal(2, plan.Trips[0].Stops[1].Groups.Length);
    }

    [Theory]
    [InlineData("crews.csv", "commute", "walk", FaultCode.NotAChoice)]
    [InlineData("crews.csv", "2026-06-10,2026-06-11", "2026-06-11,2026-06-10", FaultCode.FromAfterTo)]
    [InlineData("trips.csv", "06:05", "6:05", FaultCode.NotATime)]
    [InlineData("trip_stops.csv", "V,1,0", "V,-1,0", FaultCode.OutOfRange)]
    [InlineData("plan.json", "{", "", FaultCode.MalformedJson)]
    [InlineData("plan.json", "\"seed\": 7", "\"seed\": \"7\"", FaultCode.WrongType)]
    [InlineData("plan.json", "500.25", "true", FaultCode.WrongType)]
    [InlineData("plan.json", "\"seed\": 7", "\"seed\": 7,\"seed\": 8", FaultCode.MalformedJson)]
    public void What_cannot_be_understood_is_a_fault(string file, string old, string text, string code)
    {
        Fault fault = Assert.Single(ReadWith(file, t => t[..t.IndexOf(old, StringComparison.Ordinal)] + text + t[(t.IndexOf(old, StringComparison.Ordinal) + old.Length)..]).Faults);

        Assert.Equal((file, code), (fault.File, fault.Code));
    }

    [Fact]
    public void A_claimed_worth_that_is_not_the_sum_of_its_parts_is_noted() =>
        Assert.Single(ReadWith("plan.json", t => t.Replace("-406.26", "1000000", StringComparison.Ordinal)).Notes);

    [Fact]
    public void The_plan_of_another_program_may_say_less()
    {
        ReadResult<Plan> result = ReadWith("plan.json", _ => "{\"netValue\": 0, \"settings\": {\"threads\": 2}}");

        Assert.Equal("2", result.OrThrow().Facts!.Settings["threads"]);
    }

    [Fact]
    public void A_plan_of_many_rows_comes_back()
    {
        Plan plan = Sample() with { WorkerDays = [.. Enumerable.Range(0, 20_000).Select(i => new WorkerDay(new DateOnly(2026, 6, 10).AddDays(i % 9), new("K1"), new(i % 2 == 0 ? "W1" : "W2")))] };
        PlanFiles.WriteFolder(plan, _season, _folder["plan"]);

        Assert.Equal(20_000, PlanFiles.Read(_folder["plan"], _season).OrThrow().WorkerDays.Length);
        Assert.Equal(Encoding.UTF8.GetByteCount("2026-06-10,K1,W1\n") * 20_000, new FileInfo(_folder["plan/assignments.csv"]).Length - "date,crew_id,worker_id\n".Length);
    }
}
