namespace Matching.Files.Format;

/// <summary>The CSV files of a plan folder, one nested class each.</summary>
internal static class PlanFormat
{
    /// <summary>The file of the plan's facts.</summary>
    public const string FactsFile = "plan.json";

    /// <summary>What changed against an earlier plan; written beside a repaired plan and not read.</summary>
    public const string DiffFile = "diff.json";

    /// <summary>All CSV files.</summary>
    public static IReadOnlyList<FileSpec> Files { get; } = [Crews.File, Assignments.File, Trips.File, TripStops.File, Shortages.File];

    internal static class Crews
    {
        public static readonly Column Id = Column.Id("crew_id", "班组编号，全表唯一", "Id of the crew, unique");
        public static readonly Column Broker = Column.Id("broker_id", "带班经纪人编号", "Id of the broker who leads");
        public static readonly Column Order = Column.Id("order_id", "订单编号", "Id of the order worked");
        public static readonly Column From = Column.Date("from", "首日（含）", "First day, included");
        public static readonly Column To = Column.Date("to", "末日（含）", "Last day, included");
        public static readonly Column Mode = Column.Choice("mode", "commute 每日往返、lodge 住宿", "commute: rides each day; lodge: stays at the site", [.. Words.CrewModes]);
        public static readonly FileSpec File = FileSpec.Of("crews.csv", "班组", "Crews", Id, Broker, Order, From, To, Mode);
    }

    internal static class Assignments
    {
        public static readonly Column Date = Column.Date("date", "日期", "The day");
        public static readonly Column Crew = Column.Id("crew_id", "班组编号", "Id of the crew");
        public static readonly Column Worker = Column.Id("worker_id", "工人编号", "Id of the worker");
        public static readonly FileSpec File = FileSpec.Of("assignments.csv", "每人每天的安排", "One row per worker-day", Date, Crew, Worker);
    }

    internal static class Trips
    {
        public static readonly Column Id = Column.Id("trip_id", "车次编号，全表唯一", "Id of the trip, unique");
        public static readonly Column Date = Column.Date("date", "日期", "The day");
        public static readonly Column Vehicle = Column.Id("vehicle_id", "车辆编号", "Id of the vehicle");
        public static readonly Column Departs = Column.Time("departs", "离开首站的时间", "When it leaves its first stop");
        public static readonly FileSpec File = FileSpec.Of("trips.csv", "早班车次", "Morning trips", Id, Date, Vehicle, Departs);
    }

    internal static class TripStops
    {
        public static readonly Column Trip = Column.Id("trip_id", "车次编号", "Id of the trip");
        public static readonly Column Seq = Column.Whole("seq", "站序；同一站各行相同", "Position of the stop; rows of one stop share it");
        public static readonly Column Place = Column.Id("place_id", "地点编号", "Id of the place");
        public static readonly Column Arrives = Column.Time("arrives", "到站时间", "When it arrives");
        public static readonly Column Crew = Column.Id("crew_id", "班组编号", "Id of the crew");
        public static readonly Column Village = Column.Id("village_id", "乘客所在村编号", "Id of the passengers' village");
        public static readonly Column Board = Column.Whole("board", "上车人数", "Members who board");
        public static readonly Column Alight = Column.Whole("alight", "下车人数", "Members who alight");
        public static readonly FileSpec File = FileSpec.Of("trip_stops.csv", "车次停靠与上下客", "Stops of the trips with who boards and alights", Trip, Seq, Place, Arrives, Crew, Village, Board, Alight);
    }

    internal static class Shortages
    {
        public static readonly Column Order = Column.Id("order_id", "订单编号", "Id of the order");
        public static readonly Column Date = Column.Date("date", "日期", "The day");
        public static readonly Column Required = Column.Whole("required", "必需工日数", "Worker-days required");
        public static readonly Column Target = Column.Whole("target", "目标工日数", "Worker-days that could be used");
        public static readonly Column Filled = Column.Whole("filled", "已安排工日数", "Worker-days filled");
        public static readonly FileSpec File = FileSpec.Maybe("shortages.csv", "未满足的需求", "Days filled below target", Order, Date, Required, Target, Filled);
    }
}
