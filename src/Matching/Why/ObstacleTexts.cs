using Matching.Rules;

namespace Matching.Why;

/// <summary>Obstacles as rules and words.</summary>
internal static class ObstacleTexts
{
    /// <summary>The obstacles that are relaxed one by one and together, in the order of the contract's rules.</summary>
    public static readonly Obstacle[] All =
    [
        Obstacle.Elsewhere, Obstacle.Away, Obstacle.Age, Obstacle.Skill, Obstacle.Wage, Obstacle.Refusal, Obstacle.Rest, Obstacle.Household,
        Obstacle.Pair, Obstacle.LeastSize, Obstacle.Certificate, Obstacle.LeaderBusy, Obstacle.Lodging, Obstacle.Beds, Obstacle.Round,
        Obstacle.Agreement, Obstacle.Seats, Obstacle.RideTime,
    ];

    public static RuleCode RuleOf(Obstacle obstacle) => obstacle switch
    {
        Obstacle.Elsewhere or Obstacle.Away => RuleCode.W1,
        Obstacle.Age => RuleCode.W2,
        Obstacle.Skill or Obstacle.Wage or Obstacle.Refusal => RuleCode.W3,
        Obstacle.Rest => RuleCode.W4,
        Obstacle.Household => RuleCode.H1,
        Obstacle.Pair => RuleCode.H2,
        Obstacle.LeastSize => RuleCode.C1,
        Obstacle.Experience => RuleCode.C2,
        Obstacle.Certificate or Obstacle.LeaderBusy => RuleCode.C3,
        Obstacle.Lodging or Obstacle.Beds => RuleCode.C4,
        Obstacle.Closed => RuleCode.D1,
        Obstacle.Round => RuleCode.D2,
        Obstacle.Agreement => RuleCode.D3,
        Obstacle.Seats => RuleCode.T2,
        Obstacle.RideTime => RuleCode.T4,
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, "A single obstacle is asked for."),
    };

    public static (string English, string Chinese) Of(Obstacle obstacle) => obstacle switch
    {
        Obstacle.Elsewhere => ("suited people work elsewhere that day", "合适的工人当天在别处出工"),
        Obstacle.Away => ("suited people are absent or not available", "合适的工人缺勤或不可出工"),
        Obstacle.Age => ("people are too young", "工人年龄不足"),
        Obstacle.Skill => ("people lack the skill or its level", "工人不具备所需技能或等级"),
        Obstacle.Wage => ("people ask for a higher wage", "工人要求更高的日工资"),
        Obstacle.Refusal => ("people refuse the site, or tags and needs do not fit", "工人拒去该用工点，或条件不符"),
        Obstacle.Rest => ("suited people must rest, or have worked all their days", "合适的工人需要休息，或天数已满"),
        Obstacle.Household => ("households must keep people at home", "农户须有人留守"),
        Obstacle.Pair => ("a partner works at another site", "同点搭档在别的用工点"),
        Obstacle.LeastSize => ("a new crew would be below the least size", "新班组达不到最少人数"),
        Obstacle.Certificate => ("brokers of the area have no valid certificate", "本区域经纪人没有有效证书"),
        Obstacle.LeaderBusy => ("certified brokers of the area lead other crews", "本区域持证经纪人都在带别的班组"),
        Obstacle.Lodging => ("people do not lodge", "工人不愿住宿"),
        Obstacle.Beds => ("the site has no bed left", "用工点没有空床"),
        Obstacle.Round => ("the picking round has no worker-days left", "采摘茬次的工日已用完"),
        Obstacle.Agreement => ("an agreement's most days are used up", "协议的最多工日已用完"),
        Obstacle.Seats => ("no vehicle has a seat in time", "没有车能按时腾出座位"),
        Obstacle.RideTime => ("the ride is too long, or arrives too late", "乘车时间过长或赶不上开工"),
        _ => throw new ArgumentOutOfRangeException(nameof(obstacle), obstacle, "A single obstacle is asked for."),
    };
}
