using Matching.Model;
using Matching.Plans;

namespace Matching.Checking;

/// <summary>Words for breaches that concern workers, households and pairs: what is there first, then what is allowed.</summary>
internal static class PeopleWording
{
    public static Text Repeated(Worker worker, Crew crew, DateOnly day) => Text.Of(
        $"Worker {worker.Id} is written more than once in crew {crew.Id} on {day:yyyy-MM-dd}; a worker-day stands once and counts once.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 中重复登记；每个工日只登记一次，也只计一次。");

    public static Text OutsideSeason(Worker worker, Crew crew, DateOnly day, Season season) => Text.Of(
        $"Worker {worker.Id} works in crew {crew.Id} on {day:yyyy-MM-dd}; the season runs from {season.Start:yyyy-MM-dd} to {season.End:yyyy-MM-dd}.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 出工；本季为 {season.Start:yyyy-MM-dd} 至 {season.End:yyyy-MM-dd}。");

    public static Text ManyCrews(Worker worker, DateOnly day, string crews, int count) => Text.Of(
        $"Worker {worker.Id} works for {count} crews on {day:yyyy-MM-dd} ({crews}); at most 1 is allowed.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在 {count} 个班组出工（{crews}）；每天最多 1 个。");

    public static Text Unavailable(Worker worker, Crew crew, DateOnly day) => Text.Of(
        $"Worker {worker.Id} works in crew {crew.Id} on {day:yyyy-MM-dd}; none of the worker's available periods holds that day.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 出工；当天不在其可出工时段内。");

    public static Text Absent(Worker worker, Crew crew, DateOnly day) => Text.Of(
        $"Worker {worker.Id} works in crew {crew.Id} on {day:yyyy-MM-dd}; the worker is absent that day.",
        $"工人 {worker.Id} 于 {day:yyyy-MM-dd} 在班组 {crew.Id} 出工；当天该工人缺勤。");

    public static Text TooYoung(Worker worker, Crew crew, DateOnly day, int age, int least) => Text.Of(
        $"Worker {worker.Id}, born {worker.BirthDate:yyyy-MM-dd}, is {age} on {day:yyyy-MM-dd}; crew {crew.Id} needs at least {least} years.",
        $"工人 {worker.Id} 生于 {worker.BirthDate:yyyy-MM-dd}，{day:yyyy-MM-dd} 时 {age} 岁；班组 {crew.Id} 要求至少 {least} 岁。");

    public static Text LacksSkill(Worker worker, Order order, int level) => Text.Of(
        $"Worker {worker.Id} has skill {order.Skill} at level {level}; order {order.Id} needs at least {order.MinLevel}.",
        $"工人 {worker.Id} 的技能 {order.Skill} 为 {level} 级；用工单 {order.Id} 要求至少 {order.MinLevel} 级。");

    public static Text WageTooLow(Worker worker, Order order) => Text.Of(
        $"Worker {worker.Id} asks for at least {worker.MinDailyWage} CNY a day; order {order.Id} pays {order.DailyWage}.",
        $"工人 {worker.Id} 要求日工资至少 {worker.MinDailyWage} 元；用工单 {order.Id} 支付 {order.DailyWage} 元。");

    public static Text Refused(Worker worker, Order order) => Text.Of(
        $"Worker {worker.Id} works at site {order.Site} for order {order.Id}; the worker refuses that site.",
        $"工人 {worker.Id} 为用工单 {order.Id} 到基地 {order.Site} 出工；该工人拒绝去该基地。");

    public static Text WorkerLacksTag(Worker worker, Order order, string tag) => Text.Of(
        $"Worker {worker.Id} does not bring {tag}; order {order.Id} needs it of each worker.",
        $"工人 {worker.Id} 不具备 {tag}；用工单 {order.Id} 要求每名工人具备。");

    public static Text SiteLacksTag(Worker worker, Order order, string tag) => Text.Of(
        $"Site {order.Site} of order {order.Id} does not offer {tag}; worker {worker.Id} needs it.",
        $"用工单 {order.Id} 的基地 {order.Site} 不提供 {tag}；工人 {worker.Id} 需要它。");

    public static Text TooLongInARow(Worker worker, int days, DateOnly from, DateOnly to, int most) => Text.Of(
        $"Worker {worker.Id} works {Text.Count(days, "day")} in a row from {from:yyyy-MM-dd} to {to:yyyy-MM-dd}; at most {most} are allowed.",
        $"工人 {worker.Id} 自 {from:yyyy-MM-dd} 至 {to:yyyy-MM-dd} 连续出工 {days} 天；最多 {most} 天。");

    public static Text TooManyHours(Worker worker, decimal hours, DateOnly day, decimal most) => Text.Of(
        $"Worker {worker.Id} works {hours} hours in the 7 days up to {day:yyyy-MM-dd}; at most {most} are allowed.",
        $"工人 {worker.Id} 在截至 {day:yyyy-MM-dd} 的 7 天内工作 {hours} 小时；最多 {most} 小时。");

    public static Text TooManyDays(Worker worker, int days) => Text.Of(
        $"Worker {worker.Id} works {Text.Count(days, "day")} in the season; at most {worker.MaxDays} are allowed.",
        $"工人 {worker.Id} 本季出工 {days} 天；最多 {worker.MaxDays} 天。");

    public static Text TooFewHome(string household, DateOnly day, long home, long needed) => Text.Of(
        $"Household {household} has {Text.Count(home, "member")} at home on {day:yyyy-MM-dd}; its farm duty keeps {needed}.",
        $"农户 {household} 于 {day:yyyy-MM-dd} 有 {home} 人在家；农忙需留 {needed} 人。");

    public static Text TooFewHomeInGroup(string group, string households, DateOnly day, long home, long needed) => Text.Of(
        $"Mutual-help group {group} (households {households}) has {Text.Count(home, "member")} at home on {day:yyyy-MM-dd}; its farm duty keeps {needed}.",
        $"互助组 {group}（农户 {households}）于 {day:yyyy-MM-dd} 有 {home} 人在家；农忙需留 {needed} 人。");

    public static Text NotTogether(WorkerPair pair, DateOnly day, string crewsA, string crewsB) => Text.Of(
        $"Workers {pair.WorkerA} ({crewsA}) and {pair.WorkerB} ({crewsB}) do not work in one crew on {day:yyyy-MM-dd}; together they work in the same crew or not at all.",
        $"工人 {pair.WorkerA}（{crewsA}）与 {pair.WorkerB}（{crewsB}）于 {day:yyyy-MM-dd} 不在同一班组；两人须同班组出工或都不出工。");

    public static Text NotAtOneSite(WorkerPair pair, DateOnly day, string sites) => Text.Of(
        $"Workers {pair.WorkerA} and {pair.WorkerB} work at sites {sites} on {day:yyyy-MM-dd}; when both work, they work at the same site.",
        $"工人 {pair.WorkerA} 与 {pair.WorkerB} 于 {day:yyyy-MM-dd} 在基地 {sites} 出工；两人同日出工须在同一基地。");

    public static Text NotApart(WorkerPair pair, DateOnly day, Crew crew) => Text.Of(
        $"Workers {pair.WorkerA} and {pair.WorkerB} both work in crew {crew.Id} on {day:yyyy-MM-dd}; they are never in the same crew.",
        $"工人 {pair.WorkerA} 与 {pair.WorkerB} 于 {day:yyyy-MM-dd} 同在班组 {crew.Id}；两人不得同班组。");

    public static Text PinNotKept(Pin pin) => Text.Of(
        $"Worker {pin.Worker} does not work for order {pin.Order} under broker {pin.Broker} on {pin.Date:yyyy-MM-dd}; this is pinned.",
        $"工人 {pin.Worker} 于 {pin.Date:yyyy-MM-dd} 没有由经纪人 {pin.Broker} 带到用工单 {pin.Order}；该安排已锁定。");
}
