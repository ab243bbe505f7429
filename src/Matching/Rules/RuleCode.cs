namespace Matching.Rules;

/// <summary>The rules a plan keeps, by the codes of the contract.</summary>
public enum RuleCode
{
    /// <summary>One crew a day, on season days on which the worker is available and not absent.</summary>
    W1,

    /// <summary>Least ages.</summary>
    W2,

    /// <summary>Skill, wage, refusal, tags and needs.</summary>
    W3,

    /// <summary>Days in a row, hours in 7 days, days in the season.</summary>
    W4,

    /// <summary>Household farm duty.</summary>
    H1,

    /// <summary>Pairs together, at the same site, apart.</summary>
    H2,

    /// <summary>Crew size on every day of the engagement.</summary>
    C1,

    /// <summary>Experienced members.</summary>
    C2,

    /// <summary>Broker: one crew a day, available, certified, members from the area.</summary>
    C3,

    /// <summary>Mode, lodging, stays and beds.</summary>
    C4,

    /// <summary>Not above target; nothing at an absent site.</summary>
    D1,

    /// <summary>Not above a round's worker-days.</summary>
    D2,

    /// <summary>Not above an agreement's most days.</summary>
    D3,

    /// <summary>Every commuter is carried.</summary>
    T1,

    /// <summary>Seats, vehicle availability.</summary>
    T2,

    /// <summary>Times along a trip, earliest departure.</summary>
    T3,

    /// <summary>Ride time and arrival by the start of work.</summary>
    T4,

    /// <summary>A vehicle's trips do not overlap; driving minutes.</summary>
    T5,

    /// <summary>Pins are kept.</summary>
    P1,
}
