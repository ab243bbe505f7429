namespace Matching.Files.Format;

/// <summary>The CSV files of a season folder, one nested class each, in the order in which they are written.</summary>
internal static class SeasonFormat
{
    /// <summary>The settings file.</summary>
    public const string SettingsFile = "season.json";

    /// <summary>All files.</summary>
    public static IReadOnlyList<FileSpec> Files { get; } =
    [
        Places.File, Travel.File, Workers.File, WorkerSkills.File, Availability.File, Households.File, Pairs.File, Refusals.File,
        Brokers.File, Sites.File, Orders.File, Demand.File, Rounds.File, Agreements.File, Vehicles.File, Absences.File, Pins.File,
    ];

    internal static class Places
    {
        public static readonly Column Id = Column.Id("place_id", "地点编号，全表唯一", "Id of the place, unique");
        public static readonly Column Name = Column.Text("name", "地点名称", "Name people know the place by");
        public static readonly Column Kind = Column.Choice("kind", "类别：县、乡镇、村、用工点、车场", "Kind of place", [.. Words.PlaceKinds]);
        public static readonly Column Parent = Column.Id("parent_id", "上级地点编号（县 > 乡镇 > 村 > 用工点或车场）", "Id of the place it lies in (county > township > village > site or depot)").Maybe();
        public static readonly Column Latitude = Column.Number("lat", "纬度（度，WGS-84）；村、用工点、车场必填", "Degrees north, WGS-84; needed for villages, sites and depots", -90, 90).Maybe();
        public static readonly Column Longitude = Column.Number("lon", "经度（度，WGS-84）；村、用工点、车场必填", "Degrees east, WGS-84; needed for villages, sites and depots", -180, 180).Maybe();
        public static readonly FileSpec File = FileSpec.Of("places.csv", "地点：县、乡镇、村、用工点、车场", "Places: counties, townships, villages, sites, depots", Id, Name, Kind, Parent, Latitude, Longitude);
    }

    internal static class Travel
    {
        public static readonly Column From = Column.Id("from_id", "起点地点编号", "Id of the place where the leg starts");
        public static readonly Column To = Column.Id("to_id", "终点地点编号；每行只表示一个方向", "Id of the place where it ends; one direction per row");
        public static readonly Column Minutes = Column.Whole("minutes", "行车时间（整分钟）", "Driving time in whole minutes");
        public static readonly Column Km = Column.Number("km", "里程（公里）", "Distance in kilometres");
        public static readonly FileSpec File = FileSpec.Maybe("travel.csv", "行车时间与里程（可省略）", "Driving times and distances (optional)", From, To, Minutes, Km);
    }

    internal static class Workers
    {
        public static readonly Column Id = Column.Id("worker_id", "工人编号，全表唯一", "Id of the worker, unique");
        public static readonly Column Name = Column.Text("name", "姓名", "Name");
        public static readonly Column Village = Column.Id("village_id", "居住村编号（places 中 kind 为 village）", "Id of the village they live in (a place of kind village)");
        public static readonly Column BirthDate = Column.Date("birth_date", "出生日期", "Day of birth");
        public static readonly Column Household = Column.Id("household_id", "家庭编号", "Id of the household").Maybe();
        public static readonly Column Sex = Column.Text("sex", "性别（自由文本，规则不使用）", "Sex, free text; no rule reads it").Maybe();
        public static readonly Column Broker = Column.Id("broker_id", "所属经纪人编号", "Id of the worker's own broker").Maybe();
        public static readonly Column MinDailyWage = Column.Amount("min_daily_wage", "最低日工资（元/天）", "Least daily wage in CNY").Maybe();
        public static readonly Column MaxDays = Column.Whole("max_days", "本季最多工作天数", "Most working days in the season").Maybe();
        public static readonly Column TargetDays = Column.Whole("target_days", "希望工作天数，默认 0", "Working days hoped for, default 0").Maybe();
        public static readonly Column TargetWeight = Column.Number("target_weight", "每少一天的损失（元），默认 0", "CNY lost per day below target_days, default 0").Maybe();
        public static readonly Column LodgingOk = Column.Flag("lodging_ok", "是否愿意住宿，默认 false", "Whether the worker would lodge at a site, default false");
        public static readonly Column Tags = Column.List("tags", "工人具备的条件，如 driver", "What the worker brings, such as driver");
        public static readonly Column Needs = Column.List("needs", "用工点必须提供的条件，如 halal-canteen", "What a site must offer the worker, such as halal-canteen");
        public static readonly FileSpec File = FileSpec.Of("workers.csv", "工人", "Workers", Id, Name, Village, BirthDate, Household, Sex, Broker, MinDailyWage, MaxDays, TargetDays, TargetWeight, LodgingOk, Tags, Needs);
    }

    internal static class WorkerSkills
    {
        public static readonly Column Worker = Column.Id("worker_id", "工人编号", "Id of the worker");
        public static readonly Column Skill = Column.Id("skill", "技能名称", "Name of the skill");
        public static readonly Column Level = Column.Whole("level", "等级，1（新手）到 5（最好）", "Level, 1 (novice) to 5 (best)", 1, 5);
        public static readonly FileSpec File = FileSpec.Of("worker_skills.csv", "工人的技能", "Skills of workers", Worker, Skill, Level);
    }

    internal static class Availability
    {
        public static readonly Column Worker = Column.Id("worker_id", "工人编号；没有行的工人整季可用", "Id of the worker; one without a row is available all season");
        public static readonly Column From = Column.Bound("from", "首日（含）；空白表示不限", "First day, included; empty means open");
        public static readonly Column To = Column.Bound("to", "末日（含）；空白表示不限", "Last day, included; empty means open");
        public static readonly FileSpec File = FileSpec.Maybe("availability.csv", "工人可用的日期（可省略）", "When workers are available (optional)", Worker, From, To);
    }

    internal static class Households
    {
        public static readonly Column Id = Column.Id("household_id", "家庭编号", "Id of the household");
        public static readonly Column KeepHome = Column.Whole("keep_home", "农忙时每天至少留家人数", "Members who stay at home on each day of the window");
        public static readonly Column From = Column.Bound("from", "农忙首日（含）；空白表示不限", "First day of farm duty, included; empty means open");
        public static readonly Column To = Column.Bound("to", "农忙末日（含）；空白表示不限", "Last day of farm duty, included; empty means open");
        public static readonly Column Group = Column.Id("mutual_help_group", "互助组；同组家庭合并计算", "Mutual-help group whose households pool the duty").Maybe();
        public static readonly FileSpec File = FileSpec.Maybe("households.csv", "家庭的农忙时段（可省略）", "Farm-duty windows of households (optional)", Id, KeepHome, From, To, Group);
    }

    internal static class Pairs
    {
        public static readonly Column WorkerA = Column.Id("worker_a", "工人编号", "Id of one worker");
        public static readonly Column WorkerB = Column.Id("worker_b", "另一名工人的编号", "Id of the other worker");
        public static readonly Column Kind = Column.Choice("kind", "together 同班组同出、same_site 同一用工点、apart 不同班组", "together: same crew or not at all; same_site: same site when both work; apart: never in one crew", [.. Words.PairKinds]);
        public static readonly FileSpec File = FileSpec.Maybe("pairs.csv", "工人之间的搭配要求（可省略）", "Ties between two workers (optional)", WorkerA, WorkerB, Kind);
    }

    internal static class Refusals
    {
        public static readonly Column Worker = Column.Id("worker_id", "工人编号", "Id of the worker");
        public static readonly Column Site = Column.Id("site_id", "工人拒绝前往的用工点", "Id of the site the worker will not go to");
        public static readonly FileSpec File = FileSpec.Maybe("refusals.csv", "工人拒绝的用工点（可省略）", "Sites refused by workers (optional)", Worker, Site);
    }

    internal static class Brokers
    {
        public static readonly Column Id = Column.Id("broker_id", "经纪人编号，全表唯一", "Id of the broker, unique");
        public static readonly Column Name = Column.Text("name", "姓名", "Name");
        public static readonly Column Area = Column.Id("area_id", "负责区域：村、乡镇或县的编号", "Id of the village, township or county members come from");
        public static readonly Column CertificateUntil = Column.Date("certificate_until", "证书有效期末日（含）；空白表示无证，不能带班", "Last day of the certificate; empty means none: may not lead").Maybe();
        public static readonly Column CrewMin = Column.Whole("crew_min", "每个班组每天最少人数", "Fewest members of a crew on a day", 1);
        public static readonly Column CrewMax = Column.Whole("crew_max", "每个班组每天最多人数", "Most members of a crew on a day", 1);
        public static readonly Column DailyFee = Column.Amount("daily_fee", "带班费（元/班组/天）", "Fee in CNY per crew and day");
        public static readonly Column From = Column.Date("available_from", "可带班首日（含）；空白表示不限", "First day available, included; empty means open").Maybe();
        public static readonly Column To = Column.Date("available_to", "可带班末日（含）；空白表示不限", "Last day available, included; empty means open").Maybe();
        public static readonly FileSpec File = FileSpec.Of("brokers.csv", "经纪人", "Brokers", Id, Name, Area, CertificateUntil, CrewMin, CrewMax, DailyFee, From, To);
    }

    internal static class Sites
    {
        public static readonly Column Id = Column.Id("site_id", "用工点编号（places 中 kind 为 site）", "Id of the site (a place of kind site), unique");
        public static readonly Column Employer = Column.Id("employer", "用工企业", "Who runs the site");
        public static readonly Column Beds = Column.Whole("beds", "床位数，默认 0", "Beds for lodging members, default 0").Maybe();
        public static readonly Column Tags = Column.List("tags", "用工点提供的条件，如 halal-canteen", "What the site offers, such as halal-canteen");
        public static readonly FileSpec File = FileSpec.Of("sites.csv", "用工点", "Work sites", Id, Employer, Beds, Tags);
    }

    internal static class Orders
    {
        public static readonly Column Id = Column.Id("order_id", "用工订单编号，全表唯一", "Id of the demand order, unique");
        public static readonly Column Site = Column.Id("site_id", "用工点编号（sites 中须有该行）", "Id of the site, which has a row in sites");
        public static readonly Column Skill = Column.Id("skill", "所需技能", "Skill asked for");
        public static readonly Column MinLevel = Column.Whole("min_level", "最低技能等级", "Least level of the skill", 1, 5);
        public static readonly Column DailyWage = Column.Amount("daily_wage", "日工资（元/人/天）", "Daily wage of each worker in CNY");
        public static readonly Column StartTime = Column.Time("start_time", "开工时间", "When work starts");
        public static readonly Column Hours = Column.Number("hours", "每天工时（小时）", "Hours of work a day", 0, 24) with { AboveMin = true };
        public static readonly Column CrewMin = Column.Whole("crew_min", "每个班组每天最少人数", "Fewest members of a crew on a day", 1);
        public static readonly Column CrewMax = Column.Whole("crew_max", "每个班组每天最多人数", "Most members of a crew on a day", 1);
        public static readonly Column ValueRequired = Column.Amount("value_required", "必需工日的价值（元/工日）", "CNY per worker-day up to required");
        public static readonly Column ValueTarget = Column.Amount("value_target", "必需之外、目标之内工日的价值（元/工日），不高于 value_required", "CNY per worker-day between required and target, at most value_required");
        public static readonly Column ExperiencedLevel = Column.Whole("experienced_level", "熟练工等级；与 experienced_share 一起填写", "Level that counts as experienced; goes with experienced_share", 1, 5).Maybe();
        public static readonly Column ExperiencedShare = Column.Number("experienced_share", "每个班组熟练工比例", "Share of a crew that is experienced", 0, 1).Maybe();
        public static readonly Column Needs = Column.List("needs", "每名工人必须具备的条件", "What each worker must bring");
        public static readonly Column AdultOnly = Column.Flag("adult_only", "是否只要成年人，默认 false", "Whether members must be adults, default false");
        public static readonly Column Lodging = Column.Choice("lodging", "住宿：no 不住、allowed 可住、only 必须住", "Whether crews lodge: no, allowed, only", [.. Words.LodgingRules]);
        public static readonly FileSpec File = FileSpec.Of("orders.csv", "用工订单", "Demand orders", Id, Site, Skill, MinLevel, DailyWage, StartTime, Hours, CrewMin, CrewMax, ValueRequired, ValueTarget, ExperiencedLevel, ExperiencedShare, Needs, AdultOnly, Lodging);
    }

    internal static class Demand
    {
        public static readonly Column Order = Column.Id("order_id", "订单编号", "Id of the order");
        public static readonly Column Date = Column.Date("date", "日期，在本季之内", "A day of the season");
        public static readonly Column Required = Column.Whole("required", "必需工日数", "Worker-days needed");
        public static readonly Column Target = Column.Whole("target", "目标工日数，不少于 required", "Worker-days that can be used, at least required");
        public static readonly FileSpec File = FileSpec.Of("demand.csv", "每天的用工需求", "Daily demand of the orders", Order, Date, Required, Target);
    }

    internal static class Rounds
    {
        public static readonly Column Order = Column.Id("order_id", "订单编号", "Id of the order");
        public static readonly Column From = Column.Date("from", "成熟日（含）", "Day on which the fruit ripens, included");
        public static readonly Column To = Column.Date("to", "末日（含）", "Last day, included");
        public static readonly Column WorkerDays = Column.Whole("worker_days", "本茬最多工日数", "Most worker-days of the round");
        public static readonly Column LateLoss = Column.Number("late_loss", "每晚一天的价值损失比例，默认 0", "Share of the target value lost per day of waiting, default 0", 0, 1).Maybe();
        public static readonly FileSpec File = FileSpec.Maybe("rounds.csv", "采摘茬次（可省略）", "Picking rounds (optional)", Order, From, To, WorkerDays, LateLoss);
    }

    internal static class Agreements
    {
        public static readonly Column Id = Column.Id("agreement_id", "协议编号，全表唯一", "Id of the agreement, unique");
        public static readonly Column Supplier = Column.Id("supplier_id", "供方：地点或经纪人编号", "Supplier: id of a place or broker");
        public static readonly Column Buyer = Column.Id("buyer_id", "需方：地点、用工点编号或企业名称", "Buyer: id of a place or site, or an employer");
        public static readonly Column From = Column.Bound("from", "首日（含）；空白表示不限", "First day, included; empty means open");
        public static readonly Column To = Column.Bound("to", "末日（含）；空白表示不限", "Last day, included; empty means open");
        public static readonly Column MinDays = Column.Whole("min_days", "承诺的最少工日数", "Worker-days promised");
        public static readonly Column MaxDays = Column.Whole("max_days", "最多工日数；空白表示不限", "Most worker-days; empty means unlimited").Maybe();
        public static readonly Column Penalty = Column.Amount("penalty", "每缺一个工日的违约金（元）", "CNY per worker-day short");
        public static readonly FileSpec File = FileSpec.Maybe("agreements.csv", "劳务协议（可省略）", "Labour agreements (optional)", Id, Supplier, Buyer, From, To, MinDays, MaxDays, Penalty);
    }

    internal static class Vehicles
    {
        public static readonly Column Id = Column.Id("vehicle_id", "车辆编号，全表唯一", "Id of the vehicle, unique");
        public static readonly Column Depot = Column.Id("depot_id", "车场编号（places 中 kind 为 depot）", "Id of the depot (a place of kind depot)");
        public static readonly Column Seats = Column.Whole("seats", "座位数，不含司机", "Seats without the driver's");
        public static readonly Column CostPerDay = Column.Amount("cost_per_day", "出车费（元/天）", "CNY per day in use");
        public static readonly Column CostPerKm = Column.Number("cost_per_km", "里程费（元/公里）", "CNY per kilometre");
        public static readonly Column From = Column.Date("available_from", "可用首日（含）；空白表示不限", "First day available, included; empty means open").Maybe();
        public static readonly Column To = Column.Date("available_to", "可用末日（含）；空白表示不限", "Last day available, included; empty means open").Maybe();
        public static readonly FileSpec File = FileSpec.Of("vehicles.csv", "车辆", "Vehicles", Id, Depot, Seats, CostPerDay, CostPerKm, From, To);
    }

    internal static class Absences
    {
        public static readonly Column Kind = Column.Choice("kind", "对象类别：工人、经纪人、车辆、用工点", "What is out", [.. Words.AbsenceKinds]);
        public static readonly Column Subject = Column.Id("id", "对象编号", "Id of the worker, broker, vehicle or site");
        public static readonly Column From = Column.Bound("from", "首日（含）；空白表示不限", "First day out, included; empty means open");
        public static readonly Column To = Column.Bound("to", "末日（含）；空白表示不限", "Last day out, included; empty means open");
        public static readonly Column Reason = Column.Text("reason", "原因", "Why").Maybe();
        public static readonly FileSpec File = FileSpec.Maybe("absences.csv", "缺勤与停工（可省略）", "Absences (optional)", Kind, Subject, From, To, Reason);
    }

    internal static class Pins
    {
        public static readonly Column Date = Column.Date("date", "日期，在本季之内", "A day of the season");
        public static readonly Column Broker = Column.Id("broker_id", "带班经纪人编号", "Id of the broker who leads");
        public static readonly Column Order = Column.Id("order_id", "订单编号", "Id of the order");
        public static readonly Column Worker = Column.Id("worker_id", "工人编号", "Id of the worker");
        public static readonly FileSpec File = FileSpec.Maybe("pins.csv", "新计划必须保留的安排（可省略）", "Published assignments a new plan keeps (optional)", Date, Broker, Order, Worker);
    }
}
