using System.Collections.Immutable;

namespace Matching.Files.Format;

/// <summary>
/// The keys of <c>season.json</c>, dotted (<c>road.detour</c>); the sheet <c>season</c> of a workbook has the same keys. Every key
/// but <c>start</c> and <c>end</c> may be absent and then has the default of the model's settings types.
/// </summary>
internal static class SettingsFormat
{
    public static readonly Column Name = Column.Text("name", "季节名称", "What people call the season").Maybe();
    public static readonly Column Start = Column.Date("start", "本季第一天", "First season day");
    public static readonly Column End = Column.Date("end", "本季最后一天", "Last season day");
    public static readonly Column Detour = Column.Number("road.detour", "公路里程与直线距离之比", "Road kilometres per great-circle kilometre").Maybe();
    public static readonly Column SpeedKmh = Column.Number("road.speedKmh", "车速（公里/小时）", "Speed in kilometres per hour").Maybe() with { AboveMin = true };
    public static readonly Column StopMinutes = Column.Whole("road.stopMinutes", "每站停车时间（分钟）", "Minutes at each stop").Maybe();
    public static readonly Column MaxRideMinutes = Column.Whole("transport.maxRideMinutes", "乘车时间上限（分钟）", "Longest ride in minutes").Maybe();
    public static readonly Column EarliestDeparture = Column.Time("transport.earliestDeparture", "最早发车时间", "Earliest departure").Maybe();
    public static readonly Column MaxDriveMinutesPerDay = Column.Whole("transport.maxDriveMinutesPerDay", "每车每天行车时间上限（分钟，含晚上）", "Most driving minutes of a vehicle on a day, evening included").Maybe();
    public static readonly Column CoachFarePerKm = Column.Number("transport.coachFarePerKm", "住宿工人的客运票价（元/公里）", "Coach fare in CNY per kilometre").Maybe();
    public static readonly Column MinAge = Column.Whole("work.minAge", "最低年龄（岁）", "Least age in years").Maybe();
    public static readonly Column AdultAge = Column.Whole("work.adultAge", "成年年龄（岁）", "Age of adults in years").Maybe();
    public static readonly Column MaxConsecutiveDays = Column.Whole("work.maxConsecutiveDays", "连续工作天数上限", "Most working days in a row").Maybe();
    public static readonly Column MaxHoursPer7Days = Column.Number("work.maxHoursPer7Days", "任意七天工时上限（小时）", "Most hours in any 7 consecutive days").Maybe();
    public static readonly Column EngagementStart = Column.Amount("costs.engagementStart", "每个班组组建费（元）", "CNY per crew").Maybe();
    public static readonly Column MemberJoin = Column.Amount("costs.memberJoin", "每人入组费（元）", "CNY per worker and crew").Maybe();
    public static readonly Column OtherBroker = Column.Amount("costs.otherBroker", "由其他经纪人带班的费用（元/工日）", "CNY per worker-day led by another broker").Maybe();

    /// <summary>The sheet that holds the settings in a workbook.</summary>
    public static readonly Column Key = Column.Id("key", "设置项", "Name of the setting");

    /// <summary>The value column of that sheet.</summary>
    public static readonly Column Value = Column.Text("value", "取值；空白表示默认值", "Value; empty means the default").Maybe();

    /// <summary>Key and value, one setting a row.</summary>
    public static readonly FileSpec Sheet = FileSpec.Of(SeasonFormat.SettingsFile, "季节设置", "Season settings", Key, Value);

    /// <summary>All keys in the order in which they are written.</summary>
    public static ImmutableArray<Column> Keys { get; } =
    [
        Name, Start, End, Detour, SpeedKmh, StopMinutes, MaxRideMinutes, EarliestDeparture, MaxDriveMinutesPerDay, CoachFarePerKm,
        MinAge, AdultAge, MaxConsecutiveDays, MaxHoursPer7Days, EngagementStart, MemberJoin, OtherBroker,
    ];
}
