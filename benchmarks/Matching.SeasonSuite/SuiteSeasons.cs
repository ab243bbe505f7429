using Matching.Files;
using Matching.Generating;
using Matching.Model;

namespace Matching.SeasonSuite;

/// <summary>A season of the suite and the group whose median it counts in.</summary>
internal sealed record SuiteSeason(Season Season, string Group);

/// <summary>The fixed seasons of the suite, and folders given.</summary>
internal sealed record SuiteSeasons(int[] Sizes, SeasonProfile[] Profiles, long[] Seeds, string[] Folders)
{
    /// <summary>Every season, drawn or read when it is asked for: a hundred thousand workers are not kept beside the next.</summary>
    public IEnumerable<SuiteSeason> All()
    {
        foreach (int workers in Sizes.Where(n => n > 0))
        {
            foreach (SeasonProfile profile in Profiles)
            {
                foreach (long seed in Seeds)
                {
                    string group = FormattableString.Invariant($"{profile} {workers}");
                    yield return new(
                        SeasonGenerator.Generate(new GeneratorOptions { Workers = workers, Profile = profile, Seed = seed, Name = FormattableString.Invariant($"{group} seed {seed}") }),
                        group);
                }
            }
        }

        foreach (string folder in Folders)
        {
            Season season = SeasonFiles.Read(folder).OrThrow();
            string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
            yield return new(season with { Name = name }, name);
        }
    }

    /// <summary>The planning seconds a season of that size is given unless told otherwise.</summary>
    public static double SecondsFor(int workers) => workers switch
    {
        <= 500 => 30,
        <= 10_000 => 60,
        <= 50_000 => 120,
        _ => 600,
    };
}
