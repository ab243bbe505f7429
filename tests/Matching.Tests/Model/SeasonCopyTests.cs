using Matching.Model;
using Matching.SeasonSuite;
using Xunit;

namespace Matching.Tests.Model;

/// <summary>A season changed by <c>with</c> answers for itself, not for the one it was made from.</summary>
public class SeasonCopyTests
{
    [Fact]
    public void A_copy_with_other_workers_finds_those()
    {
        Season season = TinySeasons.Draw(1);
        Worker first = season.WorkerById[season.Workers[0].Id];
        Season changed = season with { Workers = season.Workers.SetItem(0, first with { TargetDays = 77 }) };
        Assert.Equal(77, changed.WorkerById[first.Id].TargetDays);
        Assert.Equal(first.TargetDays, season.WorkerById[first.Id].TargetDays);
    }

    [Fact]
    public void A_copy_with_another_road_has_its_own_travel_table()
    {
        Season season = TinySeasons.Draw(1) with { Travel = [] };
        (PlaceId from, PlaceId to) = (season.Workers[0].Village, season.Sites[0].Id);
        decimal km = season.TravelTable.Km(from, to);
        Season changed = season with { Road = season.Road with { Detour = 2 * season.Road.Detour } };
        Assert.Equal((double)(2 * km), (double)changed.TravelTable.Km(from, to), 9);
    }
}
