using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>Words for breaches that concern trips and vehicles: what is there first, then what is allowed.</summary>
internal static class TripWording
{
    public static Text NotAllCarried(Crew crew, PlaceId village, DateOnly day, long boarded, int members) => Text.Of(
        $"Crew {crew.Id} has {Text.Count(members, "commuting member")} of village {village} on {day:yyyy-MM-dd}; {boarded} board there.",
        $"班组 {crew.Id} 于 {day:yyyy-MM-dd} 在村 {village} 有 {members} 名通勤人员；该处上车 {boarded} 人。");

    public static Text LodgersRide(Crew crew, PlaceId village, DateOnly day, long boarded) => Text.Of(
        $"Lodging crew {crew.Id} has {Text.Count(boarded, "member")} of village {village} boarding on {day:yyyy-MM-dd}; members who lodge never ride.",
        $"住宿班组 {crew.Id} 于 {day:yyyy-MM-dd} 在村 {village} 上车 {boarded} 人；住宿人员不乘班车。");

    public static Text BoardsElsewhere(Trip trip, Crew crew, PlaceId village, PlaceId place, int board) => Text.Of(
        $"Trip {trip.Id} boards {board} of crew {crew.Id} from village {village} at {place}; they board at their village.",
        $"车次 {trip.Id} 在 {place} 接班组 {crew.Id} 村 {village} 的 {board} 人；应在本村上车。");

    public static Text AlightsElsewhere(Trip trip, Crew crew, PlaceId village, PlaceId place, PlaceId site, int alight) => Text.Of(
        $"Trip {trip.Id} sets down {alight} of crew {crew.Id} from village {village} at {place}; they alight at site {site}.",
        $"车次 {trip.Id} 在 {place} 放下班组 {crew.Id} 村 {village} 的 {alight} 人；应在基地 {site} 下车。");

    public static Text NotBalanced(Trip trip, Crew crew, PlaceId village, long boarded, long alighted) => Text.Of(
        $"Trip {trip.Id} boards {boarded} and sets down {alighted} of crew {crew.Id} from village {village}; both are equal on a trip.",
        $"车次 {trip.Id} 上车 {boarded} 人、下车 {alighted} 人（班组 {crew.Id} 村 {village}）；同一车次应相等。");

    public static Text AlightsBeforeBoarding(Trip trip, Crew crew, PlaceId village, PlaceId place, int alight, long aboard) => Text.Of(
        $"Trip {trip.Id} sets down {alight} of crew {crew.Id} from village {village} at {place}; {aboard} are on board.",
        $"车次 {trip.Id} 在 {place} 放下班组 {crew.Id} 村 {village} 的 {alight} 人；车上只有 {aboard} 人。");

    public static Text NegativeCount(Trip trip, Crew crew, PlaceId village, PlaceId place) => Text.Of(
        $"Trip {trip.Id} has a negative number of crew {crew.Id} from village {village} at {place}; nobody or more board and alight.",
        $"车次 {trip.Id} 在 {place} 的班组 {crew.Id} 村 {village} 人数为负；上下车人数不得为负。");

    public static Text GroupTwice(Trip trip, Crew crew, PlaceId village, PlaceId place) => Text.Of(
        $"Trip {trip.Id} has the group of crew {crew.Id} from village {village} twice at {place}; a group has one row per stop.",
        $"车次 {trip.Id} 在 {place} 重复登记班组 {crew.Id} 村 {village}；每站每组只登记一行。");

    public static Text TooFull(Trip trip, Vehicle vehicle, PlaceId place, long aboard) => Text.Of(
        $"Trip {trip.Id} has {Text.Count(aboard, "passenger")} on board leaving {place}; vehicle {vehicle.Id} has {Text.Count(vehicle.Seats, "seat")}.",
        $"车次 {trip.Id} 离开 {place} 时载客 {aboard} 人；车辆 {vehicle.Id} 有 {vehicle.Seats} 座。");

    public static Text VehicleOutsideSeason(Trip trip, Vehicle vehicle, Season season) => Text.Of(
        $"Vehicle {vehicle.Id} drives trip {trip.Id} on {trip.Date:yyyy-MM-dd}; the season runs from {season.Start:yyyy-MM-dd} to {season.End:yyyy-MM-dd}.",
        $"车辆 {vehicle.Id} 于 {trip.Date:yyyy-MM-dd} 出车（车次 {trip.Id}）；本季为 {season.Start:yyyy-MM-dd} 至 {season.End:yyyy-MM-dd}。");

    public static Text VehicleUnavailable(Trip trip, Vehicle vehicle) => Text.Of(
        $"Vehicle {vehicle.Id} drives trip {trip.Id} on {trip.Date:yyyy-MM-dd}; the vehicle is not available that day.",
        $"车辆 {vehicle.Id} 于 {trip.Date:yyyy-MM-dd} 出车（车次 {trip.Id}）；当天该车不可用。");

    public static Text VehicleAbsent(Trip trip, Vehicle vehicle) => Text.Of(
        $"Vehicle {vehicle.Id} drives trip {trip.Id} on {trip.Date:yyyy-MM-dd}; the vehicle is absent that day.",
        $"车辆 {vehicle.Id} 于 {trip.Date:yyyy-MM-dd} 出车（车次 {trip.Id}）；当天该车停用。");

    public static Text NoStops(Trip trip) => Text.Of(
        $"Trip {trip.Id} has no stop; it leaves its first stop at {trip.Departs:HH:mm}.",
        $"车次 {trip.Id} 没有停靠站；车次应有 {trip.Departs:HH:mm} 离开的首站。");

    public static Text SeqTwice(Trip trip, int seq) => Text.Of(
        $"Trip {trip.Id} has two stops with seq {seq}; seq rises from stop to stop.",
        $"车次 {trip.Id} 有两站的序号同为 {seq}；序号应逐站递增。");

    public static Text TooEarly(Trip trip, TimeOnly earliest) => Text.Of(
        $"Trip {trip.Id} departs at {trip.Departs:HH:mm}; the earliest departure is {earliest:HH:mm}.",
        $"车次 {trip.Id} 于 {trip.Departs:HH:mm} 发车；最早发车时间为 {earliest:HH:mm}。");

    public static Text WrongFirstTime(Trip trip, PlaceId place, int arrives, int stopMinutes) => Text.Of(
        $"Trip {trip.Id} arrives at its first stop {place} at {Clock(arrives)} and departs at {trip.Departs:HH:mm}; it leaves a stop {Text.Count(stopMinutes, "minute")} after arriving.",
        $"车次 {trip.Id} 于 {Clock(arrives)} 到达首站 {place}，{trip.Departs:HH:mm} 发车；应在到站 {stopMinutes} 分钟后离站。");

    public static Text WrongTime(Trip trip, PlaceId place, int arrives, PlaceId from, long leaves, long minutes) => Text.Of(
        $"Trip {trip.Id} arrives at {place} at {Clock(arrives)}; it leaves {from} at {Clock(leaves)} and the way takes {Text.Count(minutes, "minute")}.",
        $"车次 {trip.Id} 于 {Clock(arrives)} 到达 {place}；{Clock(leaves)} 离开 {from}，行程 {minutes} 分钟。");

    public static Text NoWay(Trip trip, PlaceId from, PlaceId to) => Text.Of(
        $"Trip {trip.Id} drives from {from} to {to}; no way between them is known.",
        $"车次 {trip.Id} 由 {from} 驶往 {to}；两地之间没有已知路线。");

    public static Text RideTooLong(Trip trip, Crew crew, PlaceId village, PlaceId place, long minutes, int most) => Text.Of(
        $"Trip {trip.Id} carries people of crew {crew.Id} from village {village} for {Text.Count(minutes, "minute")} to {place}; at most {most} are allowed.",
        $"车次 {trip.Id} 上班组 {crew.Id} 村 {village} 的人乘车 {minutes} 分钟到 {place}；最多 {most} 分钟。");

    public static Text ArrivesLate(Trip trip, Crew crew, Order order, int arrives) => Text.Of(
        $"Trip {trip.Id} brings people of crew {crew.Id} at {Clock(arrives)}; order {order.Id} starts at {order.StartTime:HH:mm}.",
        $"车次 {trip.Id} 于 {Clock(arrives)} 送到班组 {crew.Id} 的人；用工单 {order.Id} 于 {order.StartTime:HH:mm} 开工。");

    public static Text Overlap(Vehicle vehicle, Trip earlier, Trip later, int arrives, long earliest) => Text.Of(
        $"Vehicle {vehicle.Id} reaches the first stop of trip {later.Id} at {Clock(arrives)}; after trip {earlier.Id} it can be there at {Clock(earliest)} at the earliest.",
        $"车辆 {vehicle.Id} 于 {Clock(arrives)} 到达车次 {later.Id} 的首站；跑完车次 {earlier.Id} 后最早 {Clock(earliest)} 才能到。");

    public static Text DrivesTooMuch(Vehicle vehicle, DateOnly day, long minutes, int most) => Text.Of(
        $"Vehicle {vehicle.Id} drives {Text.Count(minutes, "minute")} on {day:yyyy-MM-dd}, the evening included; at most {most} are allowed.",
        $"车辆 {vehicle.Id} 于 {day:yyyy-MM-dd} 行驶 {minutes} 分钟（含傍晚返程）；最多 {most} 分钟。");

    public static Text NoWayForVehicle(Vehicle vehicle, PlaceId from, PlaceId to, DateOnly day) => Text.Of(
        $"Vehicle {vehicle.Id} drives from {from} to {to} on {day:yyyy-MM-dd}; no way between them is known.",
        $"车辆 {vehicle.Id} 于 {day:yyyy-MM-dd} 由 {from} 驶往 {to}；两地之间没有已知路线。");

    // Minutes past midnight may run past a day where a plan is wrong; they are then shown as 24:10 and so on.
    private static string Clock(long minutes) => FormattableString.Invariant($"{minutes / 60:00}:{minutes % 60:00}");
}
