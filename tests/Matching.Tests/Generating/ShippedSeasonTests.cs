using System.Runtime.CompilerServices;
using Matching.Files;
using Matching.Generating;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Generating;

public sealed class ShippedSeasonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("matching-generated-").FullName;

    public static TheoryData<string, GeneratorOptions> Shipped => new()
    {
        { "zhongning-small", new() { Workers = 300, Villages = 8, Brokers = 12, Sites = 6, Orders = 8, Days = 14, Seed = 1 } },
        { "zhongning", new() { Workers = 20_000, Villages = 65, Brokers = 600, Sites = 120, Orders = 150, Days = 90, Vehicles = 320, Seed = 1 } },
    };

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_seasons_in_the_data_folder_are_those_the_generator_draws(string name, GeneratorOptions options)
    {
        string written = Path.Combine(_folder, name);
        SeasonFiles.WriteFolder(SeasonGenerator.Generate(options), written);
        string shipped = Path.Combine(RepositoryRoot(), "data", name);
        Assert.Equal(FileNames(shipped), FileNames(written));
        foreach (string? file in FileNames(written))
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(shipped, file!)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(written, file!))),
                $"data/{name}/{file} is not what the generator draws; make it again with the command in data/README.md.");
        }
    }

    [Theory]
    [InlineData(12, SeasonProfile.Lodge)]
    [InlineData(900, SeasonProfile.Tight)]
    public void A_drawn_season_is_read_back_without_faults_or_notes(int workers, SeasonProfile profile)
    {
        Season season = SeasonGenerator.Generate(new() { Workers = workers, Profile = profile, Seed = 9 });
        string written = Path.Combine(_folder, "season");
        SeasonFiles.WriteFolder(season, written);
        ReadResult<Season> read = SeasonFiles.Read(written);
        Assert.Empty(read.Faults);
        Assert.Empty(read.Notes);
        Assert.Equal(season.Workers.Select(w => w.Id), read.OrThrow().Workers.Select(w => w.Id));
        Assert.Equal(SeasonMeasures.LabourSupply(season), SeasonMeasures.LabourSupply(read.OrThrow()));
        Assert.Equal(SeasonMeasures.UsefulDemand(season), SeasonMeasures.UsefulDemand(read.OrThrow()));
    }

    public void Dispose() => Directory.Delete(_folder, true);

    private static string?[] FileNames(string folder) => [.. Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal)];

    private static string RepositoryRoot([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
