using Matching.Model;
using Matching.Plans;

namespace Matching.Reporting;

/// <summary>
/// The drivers' sheet: every stop of every trip with how many of which crew board and alight, by day, vehicle and time. People
/// board at their own village, so the place says where they come from.
/// </summary>
internal static class ManifestSheet
{
    /// <summary>Writes as many sheets as the stops need.</summary>
    public static void Write(WorkbookPackage package, PlanTally tally, WorkbookTexts texts)
    {
        Season season = tally.Season;
        using SheetSeries sheets = new(package, texts.Line("乘车单", "Manifest"),
        [
            new(texts.Head("日期", "date"), 12), new(texts.Head("车辆编号", "vehicle_id"), 12), new(texts.Head("座位", "seats"), 8),
            new(texts.Head("车次编号", "trip_id"), 12), new(texts.Head("发车", "departs"), 9), new(texts.Head("序号", "seq"), 7),
            new(texts.Head("到达", "arrives"), 9), new(texts.Head("离开", "leaves"), 9), new(texts.Head("地点编号", "place_id"), 12),
            new(texts.Head("地点", "place"), 18), new(texts.Head("上车", "board"), 8), new(texts.Head("下车", "alight"), 8),
            new(texts.Head("离站在车", "on_board"), 10), new(texts.Head("班组编号", "crew_id"), 12), new(texts.Head("订单编号", "order_id"), 12),
            new(texts.Head("用工点", "site"), 18), new(texts.Head("经纪人", "broker"), 14),
        ], frozenColumns: 2);
        IEnumerable<Trip> trips = tally.Plan.Trips
            .OrderBy(t => t.Date)
            .ThenBy(t => PlanTally.At(tally.VehicleIndex, t.Vehicle))
            .ThenBy(t => t.Departs)
            .ThenBy(t => t.Id.Value, StringComparer.Ordinal);
        foreach (Trip trip in trips)
        {
            int onBoard = 0;
            int seats = season.VehicleById[trip.Vehicle].Seats;
            int departs = Minutes(trip.Departs);
            for (int stopAt = 0; stopAt < trip.Stops.Length; stopAt++)
            {
                TripStop stop = trip.Stops[stopAt];
                int arrives = Minutes(stop.Arrives);
                int leaves = stopAt == 0 ? departs : arrives + season.Road.StopMinutes;
                onBoard += stop.Groups.Sum(g => g.Board - g.Alight);
                foreach ((CrewId crewId, int board, int alight) in ByCrew(stop))
                {
                    int crew = PlanTally.At(tally.CrewIndex, crewId);
                    Order order = season.Orders[tally.CrewOrder[crew]];
                    SheetWriter sheet = sheets.BeginRow();
                    sheet.Date(0, trip.Date);
                    sheet.Text(1, trip.Vehicle.Value);
                    sheet.Number(2, seats);
                    sheet.Text(3, trip.Id.Value);
                    sheet.Time(4, departs);
                    sheet.Number(5, stop.Seq);
                    sheet.Time(6, arrives);
                    sheet.Time(7, leaves);
                    sheet.Text(8, stop.Place.Value);
                    sheet.Text(9, season.PlaceById[stop.Place].Name);
                    sheet.Number(10, board);
                    sheet.Number(11, alight);
                    sheet.Number(12, onBoard);
                    sheet.Text(13, crewId.Value);
                    sheet.Text(14, order.Id.Value);
                    sheet.Text(15, season.PlaceById[order.Site].Name);
                    sheet.Text(16, season.Brokers[tally.CrewBroker[crew]].Name);
                    sheet.EndRow();
                }
            }
        }
    }

    /// <summary>The crews of a stop in the order in which they are first named.</summary>
    private static IEnumerable<(CrewId Crew, int Board, int Alight)> ByCrew(TripStop stop) =>
        stop.Groups.GroupBy(g => g.Crew).Select(g => (g.Key, g.Sum(x => x.Board), g.Sum(x => x.Alight)));

    private static int Minutes(TimeOnly time) => (time.Hour * 60) + time.Minute;
}
