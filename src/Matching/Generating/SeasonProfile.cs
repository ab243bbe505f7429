namespace Matching.Generating;

/// <summary>What kind of season is drawn: how much work there is for the people, and whether they ride or stay.</summary>
public enum SeasonProfile
{
    /// <summary>Nearly everybody rides each day; demand near 95 % of the labour supply.</summary>
    Commute,

    /// <summary>Most ride, some orders lodge; demand near 95 % of the labour supply.</summary>
    Mixed,

    /// <summary>Most orders let crews lodge, many want nothing else; demand near 95 % of the labour supply.</summary>
    Lodge,

    /// <summary>As <see cref="Mixed"/> with demand at 130 % of the labour supply: not everything can be filled.</summary>
    Tight,

    /// <summary>As <see cref="Mixed"/> with demand at 60 % of the labour supply: not everybody can work.</summary>
    Slack,
}
