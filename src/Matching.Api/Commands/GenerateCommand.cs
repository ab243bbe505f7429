using Matching.Api.Output;
using Matching.Generating;
using Matching.Model;

namespace Matching.Api.Commands;

/// <summary><c>matching generate</c>: a season drawn from a seed.</summary>
internal sealed class GenerateCommand : CliCommand
{
    private static readonly Dictionary<string, SeasonProfile> Profiles =
        Enum.GetValues<SeasonProfile>().ToDictionary(p => p.ToString().ToLowerInvariant());

    private readonly ValueOption _out;
    private readonly ValueOption _workers;
    private readonly ValueOption _villages;
    private readonly ValueOption _brokers;
    private readonly ValueOption _sites;
    private readonly ValueOption _orders;
    private readonly ValueOption _days;
    private readonly ValueOption _vehicles;
    private readonly ValueOption _seed;
    private readonly ValueOption _profile;

    public GenerateCommand(CliHost host)
        : base("generate", host, HelpTexts.GenerateCommand)
    {
        string scaled = host.In(HelpTexts.FromWorkers);
        _out = Value("--out", "SEASON", HelpTexts.GenerateOut, required: true);
        _workers = Value("--workers", "N", HelpTexts.Workers, required: true);
        _villages = Value("--villages", "N", HelpTexts.Villages, scaled);
        _brokers = Value("--brokers", "N", HelpTexts.Brokers, scaled);
        _sites = Value("--sites", "N", HelpTexts.Sites, scaled);
        _orders = Value("--orders", "N", HelpTexts.Orders, scaled);
        _days = Value("--days", "N", HelpTexts.Days, scaled);
        _vehicles = Value("--vehicles", "N", HelpTexts.Vehicles, scaled);
        _seed = Value("--seed", "N", HelpTexts.Seed, "1");
        string profiles = string.Join(", ", Profiles.Keys);
        _profile = Value("--profile", "NAME", new Text(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, HelpTexts.Profile.English, profiles),
            string.Format(System.Globalization.CultureInfo.InvariantCulture, HelpTexts.Profile.Chinese, profiles)), "mixed");
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(ArgumentReader arguments, CancellationToken cancellationToken)
    {
        string path = arguments.Required(_out);
        string workers = arguments.Required(_workers);
        GeneratorOptions options = new()
        {
            Workers = (int)(workers.Length > 0 ? arguments.Whole(_workers, 1, GeneratorOptions.MaxWorkers) ?? 1 : 1),
            Villages = (int?)arguments.Whole(_villages, 1, GeneratorOptions.MaxVillages),
            Brokers = (int?)arguments.Whole(_brokers, 1, GeneratorOptions.MaxBrokers),
            Sites = (int?)arguments.Whole(_sites, 1, GeneratorOptions.MaxSites),
            Orders = (int?)arguments.Whole(_orders, 1, GeneratorOptions.MaxOrders),
            Days = (int?)arguments.Whole(_days, 1, GeneratorOptions.MaxDays),
            Vehicles = (int?)arguments.Whole(_vehicles, 0, GeneratorOptions.MaxVehicles),
            Seed = arguments.Whole(_seed, long.MinValue, long.MaxValue) ?? 1,
            Profile = arguments.Choice(_profile, Profiles) ?? SeasonProfile.Mixed,
        };
        if (arguments.Faults.Count > 0)
        {
            return Task.FromResult(arguments.Refuse(this));
        }

        SeasonOutput output = new(Host, path, source: null);
        if (!output.IsAccepted())
        {
            return Task.FromResult(ExitCode.BadInput);
        }

        Season season = SeasonGenerator.Generate(options);
        output.Write(season);
        return Task.FromResult(ExitCode.Done);
    }
}
