namespace Matching.Api;

/// <summary>Texts of the operations on a published plan.</summary>
internal static class OperationTexts
{
    public static readonly Text DiffCommand = new(
        "Compares two plans: people to tell, vehicles, orders, worth.", "比较两个方案：要通知的人、车辆、订单和净值。");
    public static readonly Text SecondPlan = new("The plan compared with it.", "与之比较的方案。");
    public static readonly Text DiffWorkbook = new("Also writes the differences to this .xlsx file.", "另把差异写入这个 .xlsx 文件。");
    public static readonly Text TryCommand = new(
        "Tells what one change would do: the rules it breaks and the change of the worth. Nothing is written.",
        "试算一处改动：会违反哪些规则，净值变化多少；什么也不写。");
    public static readonly Text TryWorker = new("The worker who goes (with --date and --crew).", "要派的工人（与 --date、--crew 同用）。");
    public static readonly Text TryDate = new("The day, yyyy-MM-dd.", "日期，yyyy-MM-dd。");
    public static readonly Text TryCrew = new("The crew the worker joins, or that takes the order.", "工人要加入的班组，或要换订单的班组。");
    public static readonly Text TryOrder = new("The order the crew works instead (with --crew).", "班组改做的订单（与 --crew 同用）。");
    public static readonly Text TryVehicle = new("The vehicle that drives (with --trip).", "要出车的车辆（与 --trip 同用）。");
    public static readonly Text TryTrip = new("The trip it drives.", "该车要跑的车次。");
    public static readonly Text TryForms = new(
        "Ask one question: --worker W --date D --crew C, or --crew C --order O, or --vehicle V --trip T.",
        "一次只问一件事：--worker W --date D --crew C，或 --crew C --order O，或 --vehicle V --trip T。");
    public static readonly Text TrialLegal = new("The change is legal.", "该改动合规。");
    public static readonly Text TrialIllegal = new("The change is not legal: {0} breach(es).", "该改动不合规：{0} 处违规。");
    public static readonly Text UnknownId = new("Unknown {0} '{1}'.", "未知的{0}“{1}”。");
    public static readonly Text Trip = new("trip", "车次");
    public static readonly Text Crew = new("crew", "班组");
    public static readonly Text NotDay = new("Option '{0}': '{1}' is not a day written yyyy-MM-dd.", "选项“{0}”：“{1}”不是 yyyy-MM-dd 这样的日期。");
    public static readonly Text RepairCommand = new(
        "Makes a published plan legal again after events, near what people were told.", "突发情况后修复已公布的方案，尽量不改动已通知的安排。");
    public static readonly Text Changes = new("The change set: a JSON array.", "变更集：JSON 数组。");
    public static readonly Text Now = new(
        "What is before stays: a day, or an instant in UTC such as 2026-07-01T21:30:00Z.", "此前的安排不动：日期，或 UTC 时刻如 2026-07-01T21:30:00Z。");
    public static readonly Text FreezeUntil = new("Up to this day nothing moves that is still legal.", "到该日为止，只要仍合规就不动。");
    public static readonly Text Stay = new(
        "Weight of staying near what people were told, 0 or more.", "贴近原方案的权重，不小于 0。");
    public static readonly Text NotInstant = new(
        "Option '{0}': '{1}' is not an instant such as 2026-07-01T21:30:00Z.", "选项“{0}”：“{1}”不是 2026-07-01T21:30:00Z 这样的时刻。");
    public static readonly Text NotAtLeast = new("Option '{0}': '{1}' must be at least {2}.", "选项“{0}”：“{1}”不得小于 {2}。");
    public static readonly Text CannotRead = new("{0}: cannot be read: {1}", "{0}：无法读取：{1}");
    public static readonly Text ChangeRefused = new("{0}: change {1} is refused: expected {2}.", "{0}：第 {1} 条变更被拒绝：应为 {2}。");
    public static readonly Text HitLine = new(
        "The changes hit {0} worker-days of {1} people directly.", "变更直接影响 {1} 人的 {0} 个工日。");
    public static readonly Text StandbyTitle = new("Who could step in", "可以顶替的人");
    public static readonly Text WhyCommand = new(
        "Tells why an order is short, or a worker idle or where they are, with remedies that were really solved.",
        "说明订单为什么缺人，或工人为什么没有出工、为什么在那里；所列办法都已实际求解验证。");
    public static readonly Text WhyOrder = new("The order that is short.", "缺人的订单。");
    public static readonly Text WhyWorker = new("The worker.", "工人。");
    public static readonly Text WhyForms = new("Ask about one: --order O or --worker W.", "一次只问一个：--order O 或 --worker W。");
    public static readonly Text WhyOrderLine = new(
        "Order {0} on {1}: required {2}, target {3}, filled {4}, missing {5}.", "订单 {0}，{1}：必需 {2}，目标 {3}，到岗 {4}，缺 {5}。");
    public static readonly Text WhyBusyLine = new("Worker {0} on {1} works in crew {2}.", "工人 {0} 于 {1} 在班组 {2} 出工。");
    public static readonly Text WhyIdleLine = new("Worker {0} is idle on {1}.", "工人 {0} 于 {1} 没有出工。");
    public static readonly Text RemediesTitle = new("What would help (solved, not guessed)", "可行的办法（均已求解验证）");
    public static readonly Text OutsideSeason = new("{0} lies outside the season ({1} to {2}).", "{0} 不在本季（{1} 至 {2}）之内。");
    public static readonly Text WhatIfCommand = new(
        "Solves changed seasons from one plan and compares them side by side.", "以一个方案为起点求解多种假设并并排比较。");
    public static readonly Text Scenario = new(
        "A scenario: its name and the file of its change set; may be given several times.", "一个假设：名称与变更集文件；可多次给出。");
    public static readonly Text WhatIfOut = new("Folder that gets one plan folder per scenario.", "每个假设的方案写入该文件夹下的子文件夹。");
    public static readonly Text ScenarioSeconds = new("Seconds for each scenario, more than 0.", "每个假设的秒数，大于 0。");
    public static readonly Text NotScenario = new(
        "'{0}' is not a scenario such as bus=changes.json with a name of its own other than 'base'.", "“{0}”不是 bus=changes.json 这样的假设，或名称重复、为 base。");
    public static readonly Text AsItIs = new("as it is", "原方案");
    public static readonly Text PlannedOn = new("planned on", "继续求解");
    public static readonly Text GainOverPlannedOn = new("gain over 'planned on'", "较“继续求解”增加");
    public static readonly Text StressCommand = new(
        "Replays a plan under no-shows, breakdowns, rain and yield errors.", "在缺勤、车辆故障、下雨和产量误差下反复推演一个方案。");
    public static readonly Text Replays = new("Number of replays, 1 to 1,000,000.", "推演次数，1 到 1,000,000。");
    public static readonly Text Rates = new(
        "JSON file with rates: noShow, noShowAfterRain, evidence, brokerOut, breakdown, rain, yieldError, standbyPay.",
        "JSON 概率文件：noShow、noShowAfterRain、evidence、brokerOut、breakdown、rain、yieldError、standbyPay。");
    public static readonly Text ReplaysOf = new("{0} replays", "{0} 次推演");
    public static readonly Text Mean = new("mean", "平均");
    public static readonly Text PlannedWorth = new("Planned net value: {0}", "计划净值：{0}");
    public static readonly Text WeakestDays = new("Weakest days", "最薄弱的日子");
    public static readonly Text WeakestBrokers = new("Brokers whose being out costs most", "缺席损失最大的经纪人");
    public static readonly Text WeakestVehicles = new("Vehicles whose breakdown costs most", "故障损失最大的车辆");
    public static readonly Text PlannedDays = new("planned", "计划工日");
    public static readonly Text LostDays = new("lost", "损失工日");
    public static readonly Text StandbyPays = new("Standby that pays for itself ({0} lines)", "值得安排的候补（{0} 条线路）");
    public static readonly Text Village = new("village", "村庄");
    public static readonly Text ShortagesCommand = new(
        "Proves which shortages no plan can avoid: order-days that together want more than can reach them, counted line by line.",
        "证明哪些缺口任何方案都无法避免：若干订单日合计所需超过可到达的工日，逐行可核算。");
    public static readonly Text ShortageLevel = new("What is to be reached: required or target.", "要达到的数量：required（必需）或 target（目标）。");
    public static readonly Text ShortagesLine = new(
        "Wanted {0} worker-days; the plan leaves {1} unfilled, every plan at least {2} ({3} certificates).",
        "共需 {0} 个工日；本方案缺 {1}，任何方案至少缺 {2}（{3} 份证明）。");
    public static readonly Text ShortOfPeople = new(
        "{0} order-day(s) from {1} to {2} want {3} worker-days together; the people who could work there and get there can give {4} at most ({6} kept at home by household duty): {5} stay unfilled in every plan.",
        "{1} 至 {2} 的 {0} 个订单日合计需要 {3} 个工日；能去的工人最多提供 {4} 个（其中 {6} 个因农户留守已扣除）：任何方案至少缺 {5}。");
    public static readonly Text ShortOfLeaders = new(
        "{0} order-day(s) from {1} to {2} want {3} worker-days together; the certified brokers who could lead there can lead {4} at most: {5} stay unfilled in every plan.",
        "{1} 至 {2} 的 {0} 个订单日合计需要 {3} 个工日；能带班的持证经纪人最多带 {4} 个：任何方案至少缺 {5}。");
    public static readonly Text ShortOfSeats = new(
        "{0} order-day(s) from {1} to {2} want {3} worker-days together; vehicles can bring, and beds hold, {4} at most: {5} stay unfilled in every plan.",
        "{1} 至 {2} 的 {0} 个订单日合计需要 {3} 个工日；车辆与床位最多容纳 {4} 个：任何方案至少缺 {5}。");
    public static readonly Text ShortOfRound = new(
        "{0} order-day(s) from {1} to {2} want {3} worker-days together; their picking round holds {4}: {5} stay unfilled in every plan.",
        "{1} 至 {2} 的 {0} 个订单日合计需要 {3} 个工日；所在采摘茬次只有 {4} 个：任何方案至少缺 {5}。");
    public static readonly Text PricesCommand = new(
        "Prices one more seat, bed, certified broker or worker, and each rule.", "估算多一个座位、床位、持证经纪人或工人的价值，以及各条规则的代价。");
    public static readonly Text RuleSeconds = new("Seconds for each relaxed rule, more than 0.", "每条放宽规则的求解秒数，大于 0。");
    public static readonly Text SeatPrices = new("One more seat, CNY over the season", "多一个座位（元/季）");
    public static readonly Text BedPrices = new("One more bed, CNY over the season", "多一张床（元/季）");
    public static readonly Text BrokerPrices = new("One more certified broker, CNY over the season", "多一名持证经纪人（元/季）");
    public static readonly Text WorkerPrices = new("One more worker, CNY over the season", "多一名工人（元/季）");
    public static readonly Text RulePrices = new("What a rule costs, CNY over the season", "规则的代价（元/季）");
    public static readonly Text ImportCommand = new(
        "Takes back an edited roster workbook: edits are kept, the rest is planned around them.", "导入改过的名册工作簿：保留改动，其余围绕改动重新安排。");
    public static readonly Text Workbook = new("The plan's workbook after editing its roster.", "改过名册的方案工作簿。");
    public static readonly Text EditsLine = new("{0} edited cell(s), {1} breach(es).", "改动 {0} 个单元格，{1} 处违规。");
    public static readonly Text WorthChange = new("Change of the worth (CNY)", "净值变化（元）");
    public static readonly Text WorkerDays = new("worker-days", "工日");
    public static readonly Text Added = new("added", "新增");
    public static readonly Text Removed = new("removed", "取消");
    public static readonly Text Changed = new("changed", "变动");
    public static readonly Text From = new("before", "原");
    public static readonly Text To = new("now", "现");
    public static readonly Text Vehicle = new("vehicle", "车辆");
    public static readonly Text PeopleToTell = new("People to tell ({0})", "要通知的人（{0}）");
    public static readonly Text VehiclesChanged = new("Vehicles that run otherwise ({0})", "行程有变的车辆（{0}）");
    public static readonly Text OrdersChanged = new("Orders filled otherwise ({0})", "到岗有变的订单（{0}）");
}
