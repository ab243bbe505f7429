using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>What concerns a vehicle and its day: whether it may run (T2), that trips do not overlap, and driving minutes (T5).</summary>
internal sealed class VehicleCheck(SeasonIndex index, Fleet fleet, Findings findings)
{
    private readonly Season _season = index.Season;

    public void Run()
    {
        foreach (Morning morning in fleet.Mornings)
        {
            CheckAvailable(morning);
            CheckOverlaps(morning);
            CheckDriving(morning);
        }
    }

    private void CheckAvailable(Morning morning)
    {
        Vehicle vehicle = _season.Vehicles[morning.Vehicle];
        bool outside = !_season.Contains(morning.Date);
        bool unavailable = !vehicle.Availability.Contains(morning.Date);
        bool absent = SeasonIndex.Holds(index.VehiclesOut[morning.Vehicle], morning.Date);
        if (!outside && !unavailable && !absent)
        {
            return;
        }

        foreach (TripRun run in morning.Trips)
        {
            void Report(Text text) => findings.Add(RuleCode.T2, morning.Date, text, vehicle.Id.Value, run.Trip.Id.Value);

            if (outside)
            {
                Report(TripWording.VehicleOutsideSeason(run.Trip, vehicle, _season));
            }

            if (unavailable)
            {
                Report(TripWording.VehicleUnavailable(run.Trip, vehicle));
            }

            if (absent)
            {
                Report(TripWording.VehicleAbsent(run.Trip, vehicle));
            }
        }
    }

    private void CheckOverlaps(Morning morning)
    {
        TripRun? earlier = null;
        foreach (TripRun later in morning.Trips)
        {
            if (later.Stops.IsEmpty)
            {
                continue;
            }

            if (earlier is not null)
            {
                CheckMove(morning, earlier, later);
            }

            earlier = later;
        }
    }

    private void CheckMove(Morning morning, TripRun earlier, TripRun later)
    {
        Vehicle vehicle = _season.Vehicles[morning.Vehicle];
        Halt last = earlier.Stops[^1];
        Halt first = later.Stops[0];
        if (index.WayBetween(last.Place, first.Place) is not { } way)
        {
            // Reported with the driving minutes, where every move of the morning is gone through.
            return;
        }

        long earliest = (long)last.Arrives + _season.Road.StopMinutes + way.Minutes;
        if (first.Arrives < earliest)
        {
            Text text = TripWording.Overlap(vehicle, earlier.Trip, later.Trip, first.Arrives, earliest);
            findings.Add(RuleCode.T5, morning.Date, text, vehicle.Id.Value, earlier.Trip.Id.Value, later.Trip.Id.Value);
        }
    }

    private void CheckDriving(Morning morning)
    {
        Vehicle vehicle = _season.Vehicles[morning.Vehicle];
        int at = index.Places[vehicle.Depot];
        long minutes = 0;
        foreach (TripRun run in morning.Trips)
        {
            for (int i = 0; i < run.Stops.Length; i++)
            {
                int next = run.Stops[i].Place;
                if (index.WayBetween(at, next) is { } way)
                {
                    minutes += way.Minutes;
                }
                else if (i == 0)
                {
                    // Within a trip an unknown way is a matter of its times (T3).
                    Text text = TripWording.NoWayForVehicle(vehicle, _season.Places[at].Id, _season.Places[next].Id, morning.Date);
                    findings.Add(RuleCode.T5, morning.Date, text, vehicle.Id.Value, run.Trip.Id.Value);
                }

                at = next;
            }
        }

        if (minutes * 2 > _season.Transport.MaxDriveMinutesPerDay)
        {
            Text text = TripWording.DrivesTooMuch(vehicle, morning.Date, minutes * 2, _season.Transport.MaxDriveMinutesPerDay);
            findings.Add(RuleCode.T5, morning.Date, text, vehicle.Id.Value);
        }
    }
}
