namespace Matching.Search;

/// <summary>Why a planning run ended.</summary>
public enum StopReason
{
    /// <summary>The time limit was reached.</summary>
    TimeLimit,

    /// <summary>The deterministic work limit of the reproducible mode was reached.</summary>
    WorkLimit,

    /// <summary>The plan gained too little over the last part of the time used (<see cref="FlatStop"/>).</summary>
    Flat,

    /// <summary>The plan is proven best (to the cent, or within the cents that rounding its parts to cents can make).</summary>
    Optimal,

    /// <summary>The caller cancelled; the best plan so far is given.</summary>
    Cancelled,
}
