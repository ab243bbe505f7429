using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>Words for breaches that concern crews, brokers, beds and demand: what is there first, then what is allowed.</summary>
internal static class CrewWording
{
    public static Text EndsBeforeItBegins(Crew crew) => Text.Of(
        $"Crew {crew.Id} is engaged from {crew.From:yyyy-MM-dd} to {crew.To:yyyy-MM-dd}; an engagement has at least one day.",
        $"班组 {crew.Id} 的派工期为 {crew.From:yyyy-MM-dd} 至 {crew.To:yyyy-MM-dd}；派工期至少一天。");

    public static Text BeyondSeason(Crew crew, Season season) => Text.Of(
        $"Crew {crew.Id} is engaged from {crew.From:yyyy-MM-dd} to {crew.To:yyyy-MM-dd}; the season runs from {season.Start:yyyy-MM-dd} to {season.End:yyyy-MM-dd}.",
        $"班组 {crew.Id} 的派工期为 {crew.From:yyyy-MM-dd} 至 {crew.To:yyyy-MM-dd}；本季为 {season.Start:yyyy-MM-dd} 至 {season.End:yyyy-MM-dd}。");

    public static Text OutsideEngagement(Worker worker, Crew crew, DateOnly day) => Text.Of(
        $"Worker {worker.Id} works in crew {crew.Id} on {day:yyyy-MM-dd}; the crew is engaged from {crew.From:yyyy-MM-dd} to {crew.To:yyyy-MM-dd}.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 出工；该班组派工期为 {crew.From:yyyy-MM-dd} 至 {crew.To:yyyy-MM-dd}。");

    public static Text WrongSize(Crew crew, DateOnly day, int members, int min, int max) => Text.Of(
        $"Crew {crew.Id} has {Text.Count(members, "member")} on {day:yyyy-MM-dd}; its order and broker ask for {min} to {max}.",
        $"班组 {crew.Id} 于 {day:yyyy-MM-dd} 有 {members} 人；用工单与经纪人要求 {min} 至 {max} 人。");

    public static Text SizesDoNotMeet(Crew crew, DateOnly day, int members, int min, int max) => Text.Of(
        $"Crew {crew.Id} has {Text.Count(members, "member")} on {day:yyyy-MM-dd}; its order and broker have no common size (at least {min}, at most {max}).",
        $"班组 {crew.Id} 于 {day:yyyy-MM-dd} 有 {members} 人；用工单与经纪人的人数要求不相容（至少 {min}，至多 {max}）。");

    public static Text TooFewExperienced(Crew crew, Order order, DateOnly day, int experienced, int members, int needed) => Text.Of(
        $"Crew {crew.Id} has {experienced} of {members} members with {order.Skill} at level {order.ExperiencedLevel} or higher on {day:yyyy-MM-dd}; order {order.Id} needs at least {needed}.",
        $"班组 {crew.Id} 于 {day:yyyy-MM-dd} 的 {members} 人中有 {experienced} 人 {order.Skill} 达到 {order.ExperiencedLevel} 级；用工单 {order.Id} 要求至少 {needed} 人。");

    public static Text LeadsMany(Broker broker, DateOnly day, string crews, int count) => Text.Of(
        $"Broker {broker.Id} leads {count} crews on {day:yyyy-MM-dd} ({crews}); at most 1 is allowed.",
        $"经纪人 {broker.Id} 于 {day:yyyy-MM-dd} 带 {count} 个班组（{crews}）；每天最多 1 个。");

    public static Text Uncertified(Broker broker, Crew crew, DateOnly day) => broker.CertificateUntil is { } until
        ? Text.Of(
            $"Broker {broker.Id} leads crew {crew.Id} on {day:yyyy-MM-dd}; the certificate is valid until {until:yyyy-MM-dd}.",
            $"经纪人 {broker.Id} 于 {day:yyyy-MM-dd} 带班组 {crew.Id}；其证书有效期至 {until:yyyy-MM-dd}。")
        : Text.Of(
            $"Broker {broker.Id} leads crew {crew.Id} on {day:yyyy-MM-dd}; the broker has no certificate.",
            $"经纪人 {broker.Id} 于 {day:yyyy-MM-dd} 带班组 {crew.Id}；该经纪人没有证书。");

    public static Text BrokerUnavailable(Broker broker, Crew crew, DateOnly day) => Text.Of(
        $"Broker {broker.Id} leads crew {crew.Id} on {day:yyyy-MM-dd}; the broker is not available that day.",
        $"经纪人 {broker.Id} 于 {day:yyyy-MM-dd} 带班组 {crew.Id}；当天该经纪人不可带班。");

    public static Text BrokerAbsent(Broker broker, Crew crew, DateOnly day) => Text.Of(
        $"Broker {broker.Id} leads crew {crew.Id} on {day:yyyy-MM-dd}; the broker is absent that day.",
        $"经纪人 {broker.Id} 于 {day:yyyy-MM-dd} 带班组 {crew.Id}；当天该经纪人缺勤。");

    public static Text OutsideArea(Worker worker, Crew crew, Broker broker, DateOnly day) => Text.Of(
        $"Worker {worker.Id} of village {worker.Village} works in crew {crew.Id} on {day:yyyy-MM-dd}; broker {broker.Id} leads people of area {broker.Area}.",
        $"村 {worker.Village} 的工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 出工；经纪人 {broker.Id} 只带 {broker.Area} 的人。");

    public static Text WrongMode(Crew crew, Order order) => Text.Of(
        $"Crew {crew.Id} has mode {Word(crew.Mode)}; order {order.Id} has lodging {Word(order.Lodging)}.",
        $"班组 {crew.Id} 的方式为{WordZh(crew.Mode)}；用工单 {order.Id} {WordZh(order.Lodging)}。");

    public static Text WillNotLodge(Worker worker, Crew crew, DateOnly day) => Text.Of(
        $"Worker {worker.Id} works in lodging crew {crew.Id} on {day:yyyy-MM-dd}; the worker does not lodge.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在住宿班组 {crew.Id} 出工；该工人不住宿。");

    public static Text LeavesStay(Worker worker, Crew other, Crew lodging, DateOnly day, DateOnly first, DateOnly last) => Text.Of(
        $"Worker {worker.Id} works in crew {other.Id} on {day:yyyy-MM-dd}; the worker stays with crew {lodging.Id} from {first:yyyy-MM-dd} to {last:yyyy-MM-dd} and works for no other in between.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {other.Id} 出工；该工人 {first:yyyy-MM-dd} 至 {last:yyyy-MM-dd} 随班组 {lodging.Id} 住宿，其间不得到别的班组出工。");

    public static Text TooFewBeds(Site site, DateOnly day, int stays) => Text.Of(
        $"Site {site.Id} has {Text.Count(stays, "member")} staying on {day:yyyy-MM-dd}; it has {Text.Count(site.Beds, "bed")}.",
        $"基地 {site.Id} 于 {day:yyyy-MM-dd} 有 {stays} 人住宿；床位 {site.Beds} 张。");

    public static Text AboveTarget(Order order, DateOnly day, int filled, int target) => Text.Of(
        $"Order {order.Id} has {Text.Count(filled, "worker-day")} filled on {day:yyyy-MM-dd}; its target is {target}.",
        $"用工单 {order.Id} 于 {day:yyyy-MM-dd} 到岗 {filled} 个工日；目标为 {target}。");

    public static Text SiteAbsent(Order order, DateOnly day, int filled) => Text.Of(
        $"Order {order.Id} has {Text.Count(filled, "worker-day")} filled on {day:yyyy-MM-dd}; its site {order.Site} is absent that day.",
        $"用工单 {order.Id} 于 {day:yyyy-MM-dd} 到岗 {filled} 个工日；当天基地 {order.Site} 停工。");

    public static Text AboveRound(PickingRound round, long filled) => Text.Of(
        $"Order {round.Order} has {Text.Count(filled, "worker-day")} filled in the round from {round.From:yyyy-MM-dd} to {round.To:yyyy-MM-dd}; the round takes at most {round.WorkerDays}.",
        $"用工单 {round.Order} 在 {round.From:yyyy-MM-dd} 至 {round.To:yyyy-MM-dd} 的采摘轮次中到岗 {filled} 个工日；该轮次最多 {round.WorkerDays} 个。");

    public static Text AboveAgreement(Agreement agreement, long delivered) => Text.Of(
        $"Agreement {agreement.Id} has {Text.Count(delivered, "worker-day")} delivered; at most {agreement.MaxDays} are agreed.",
        $"协议 {agreement.Id} 已提供 {delivered} 个工日；约定最多 {agreement.MaxDays} 个。");

    private static string Word(CrewMode mode) => mode == CrewMode.Lodge ? "lodge" : "commute";

    private static string Word(LodgingRule lodging) => lodging switch
    {
        LodgingRule.No => "no",
        LodgingRule.Only => "only",
        _ => "allowed",
    };

    private static string WordZh(CrewMode mode) => mode == CrewMode.Lodge ? "住宿" : "通勤";

    private static string WordZh(LodgingRule lodging) => lodging switch
    {
        LodgingRule.No => "不住宿",
        LodgingRule.Only => "只收住宿班组",
        _ => "住宿与否皆可",
    };
}
