using Matching.Model;

namespace Matching.SeasonSuite.Published;

/// <summary>
/// Set 1: a school is a site with one order and its own skill, a stop a village, a bus costs 1 a day. A contract minute stands for
/// 20 seconds; boarding is part of the way into a stop, unloading of the way out of a school; the last school starts at 23:59.
/// </summary>
internal static class SchoolBusSeason
{
    private const double SecondsPerMinute = 20;
    private const double FeetPerSecond = 29.3333333;
    private const double Unloading = 154.4;
    private const double Boarding = 19;
    private const double BoardingPerChild = 2.6;
    private const int Seats = 66;
    private const int LastStart = (24 * 60) - 1;
    private static readonly (double X, double Y) Depot = (105600, 105600);

    public static PublishedInstance Of(string name, SchoolBusText text, int rideSeconds, decimal? bestKnown)
    {
        int schools = text.Schools.Count;
        int firstStop = 2 + schools;

        // Place 0 is the county, 1 the depot, then schools, then stops.
        (double X, double Y)[] at = [Depot, Depot, .. text.Schools.Select(s => (s.X, s.Y)), .. text.Stops.Select(s => (s.X, s.Y))];
        int Minutes(int a, int b)
        {
            double seconds = (Math.Abs(at[a].X - at[b].X) + Math.Abs(at[a].Y - at[b].Y)) / FeetPerSecond;
            seconds += b >= firstStop ? Boarding + (BoardingPerChild * text.Stops[b - firstStop].Children) : 0;
            seconds += a >= 2 && a < firstStop ? Unloading : 0;
            return (int)Math.Floor(seconds / SecondsPerMinute);
        }

        int[] starts = [.. text.Schools.Select(s => (int)Math.Floor((s.Start - Unloading) / SecondsPerMinute))];
        int shift = LastStart - starts.Max();
        Dictionary<string, int> school = text.Schools.Select((s, i) => (s.Id, i)).ToDictionary();
        return new PublishedInstance
        {
            Name = FormattableString.Invariant($"{name} {rideSeconds} s"),
            Set = "sbrp",
            BestKnown = bestKnown,
            Places =
            [
                PublishedInstance.PlaceOf("county", PlaceKind.County), PublishedInstance.PlaceOf("depot", PlaceKind.Depot),
                .. text.Schools.Select(s => PublishedInstance.PlaceOf("school" + s.Id, PlaceKind.Site)),
                .. text.Stops.Select(s => PublishedInstance.PlaceOf("stop" + s.Id, PlaceKind.Village)),
            ],
            Leg = (a, b) => (Minutes(a, b), 0m),
            Orders =
            [
                .. text.Schools.Select((s, i) => PublishedInstance.OrderOf(
                    "order" + s.Id, "school" + s.Id, "school" + s.Id, TimeOnly.MinValue.AddMinutes(starts[i] + shift), 1.01m, LodgingRule.No)),
            ],
            Residents = [.. text.Stops.Select((s, i) => new Residents(firstStop + i, school[s.School], s.Children)).Where(r => r.Count > 0)],
            Vehicles =
            [
                .. Enumerable.Range(0, Math.Max(10, (text.Stops.Sum(s => s.Children) / Seats) + text.Schools.Count)).Select(k => new Vehicle
                {
                    Id = new(FormattableString.Invariant($"bus{k}")),
                    Depot = new("depot"),
                    Seats = Seats,
                    CostPerDay = 1,
                    CostPerKm = 0,
                }),
            ],
            Transport = new TransportSettings
            {
                EarliestDeparture = new(0, 0),
                MaxRideMinutes = (int)(rideSeconds / SecondsPerMinute),
                MaxDriveMinutesPerDay = 100_000,
            },
        };
    }
}
