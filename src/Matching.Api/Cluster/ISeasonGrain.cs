namespace Matching.Api.Cluster;

/// <summary>
/// One season, wherever in the cluster it lives: whatever must happen one at a time goes through it, and what is costly to read is
/// kept warm in it. Its key is the season's id.
/// </summary>
internal interface ISeasonGrain : IGrainWithStringKey
{
    /// <summary>Reads what is published, when it is not in memory yet; null when nothing is published.</summary>
    public Task<PublishedSeason?> PublishedAsync();

    /// <summary>Lets go of what is in memory: another plan was published, or the season is gone.</summary>
    public Task ForgetAsync();
}

/// <summary>What is published of a season.</summary>
/// <param name="SeasonVersion">The version the plan was made for.</param>
/// <param name="PlanId">The plan.</param>
/// <param name="Crews">Crews in it.</param>
/// <param name="WorkerDays">Worker-days in it.</param>
[GenerateSerializer]
[Immutable]
internal sealed record PublishedSeason(
    [property: Id(0)] int SeasonVersion, [property: Id(1)] string PlanId, [property: Id(2)] int Crews, [property: Id(3)] int WorkerDays);
