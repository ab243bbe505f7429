using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Matching.Model;
using Matching.Planning.Compiled;
using Matching.Planning.Crews;
using Matching.Planning.Exact;
using Matching.Planning.Improve;
using Matching.Planning.State;
using Matching.Plans;
using Matching.Search;

namespace Matching.Planning;

/// <summary>
/// One planning run from season to result: compile, the exact model of a tiny season, pins, first plan, improvement, with the bound sought beside them. The
/// stages stand in <see cref="Run"/> in their order.
/// </summary>
internal sealed class PlanningRun
{
    private const int ReasonsKept = 200;

    /// <summary>Share of the limit, and most seconds, for which searches side by side keep their days.</summary>
    private const double RoundShare = 0.04;
    private const double MostOfRound = 5;

    /// <summary>Share of the time used until then that passes before searches of the same days meet again.</summary>
    private const double RaceShare = 0.25;

    /// <summary>Share of the time, and most seconds, for which the solver works when a season of one day is asked for all its crews at once.</summary>
    private const double OpeningShare = 0.25;
    private const double MostOfOpening = 12;

    /// <summary>Seconds the clock may show for each second of the solver's own count.</summary>
    private const double SecondsOfWork = 2;

    /// <summary>Share of the time after which a season of one day is asked whether trips are all that gains, and how much of the gains must be theirs.</summary>
    private const double SearchedBeforeTrips = 0.3;
    private const double MostlyTrips = 0.8;

    /// <summary>Searches of the same days at most: each has a state of its own.</summary>
    private const int MostInRace = 8;

    /// <summary>Units × days up to which first plans are drawn again.</summary>
    private const long MostUnitDays = 4_000_000;

    /// <summary>The layers of the first plan.</summary>
    private static readonly (string Name, double PriceShare)[] ConstructionLayers = [("layer-0.9", 0.9), ("layer-0.5", 0.5), ("layer-0", 0)];
    private const string NameOfAnnealing = "annealing";
    private readonly Season _season;
    private readonly PlanOptions _options;
    private readonly RunWatch _watch;
    private readonly WorkMeter _meter = new();
    private readonly Plan? _warmStart;

    public PlanningRun(
        Season season, PlanOptions options, IProgress<PlanProgress>? progress, TimeProvider clock, CancellationToken cancelled, Plan? warmStart = null)
    {
        _warmStart = warmStart;
        _season = season;
        _options = options;
        _watch = new RunWatch(options, _meter, clock, progress, cancelled);
    }

    public PlanResult Run()
    {
        _watch.Enter("compile");
        var c = new CompiledSeason(_season);
        var tools = new SearchTools(c, _meter);
        PlanState state = tools.State;
        var random = new Random(unchecked((int)(_options.Seed ^ (_options.Seed >> 32))));
        using var bound = new BoundSearch(c, _options, _watch);

        bound.Start(isShort: SearchTeam.MostParts(c.Days, c.MaxConsecutive) == 1);

        _watch.Enter("exact");
        ExactSolution? exact = _options.Without.Contains(nameof(ExactStage)) ? null
            : new ExactStage(_season, _options, _watch, _meter).Run(_options.Threads - (bound.IsBeside ? 1 : 0));

        _watch.Enter("pins");
        Plan? begun = Beginning(exact);
        ImmutableArray<PinConflict> conflicts = begun is not null
            ? WarmStart(c, state, begun) : new PinStage(c, state, tools.Builder).Keep(random);
        state.Commit();
        _watch.Incumbent(state.Net);

        _watch.Enter("construct");
        (List<SearchTools> plans, SeveralStarts? starts) = FirstPlansOf(tools, bound, random, mayChoose: begun is null);
        if (!_options.Without.Contains(nameof(DayOpening)) && !Stop(state))
        {
            double seconds = Math.Min(MostOfOpening, OpeningShare * (_watch.SearchLimit - _watch.Used));
            new DayOpening(c, state, tools.Seats).Run(seconds, _options.Reproducible ? null : SecondsOfWork * seconds, random.Next(1, int.MaxValue), _watch.Cancelled);
        }

        _watch.Enter("improve");
        starts?.Run(tools, plans, random, () => SearchesNow(c, bound), IsOver);
        Improver improver = Improve(tools, bound, random, starts is null ? 1 : SeveralStarts.WarmthAfter);
        improver.Settle();
        if (OnlyTripsGain(c, improver.TripShare) && !Stop(state))
        {
            Polish(c, state);
        }

        if (!_options.Without.Contains(nameof(EmptyStops)))
        {
            new EmptyStops(c, state).Run();
        }

        _watch.Incumbent(state.Net);

        _watch.Enter("bound");
        bound.Finish();
        _watch.Enter("write");
        return Result(c, state, conflicts, exact);
    }

    /// <summary>Searches for better plans until the time is up or nothing is left to gain; side by side where threads are free.</summary>
    private Improver Improve(SearchTools tools, BoundSearch bound, Random random, double warmth)
    {
        bool isCold = _options.Without.Contains(NameOfAnnealing);
        Improver improver = Searching(tools);
        var annealing = new Annealing(_watch, _options.UntilFlat, _watch.Used);
        double Heat() => isCold ? 0 : warmth * annealing.Heat;
        SearchTeam? team = null;
        int members = 1;
        double met = 0;
        while (!Stop(tools.State) && !improver.IsEmpty && !OnlyTripsGain(tools.C, improver.TripShare))
        {
            if (annealing.IsFlat(team?.Best ?? improver.Best))
            {
                _watch.Flatten();
                break;
            }

            int free = SearchesNow(tools.C, bound);
            if (free > members)
            {
                team?.Meet();
                (members, met) = (free, _watch.Used);
                team = new SearchTeam(tools, improver, Searching, members);
            }

            if (team is null)
            {
                improver.Step(random, Heat());
            }
            else
            {
                double end = _watch.Used + Math.Min(MostOfRound, RoundShare * _watch.Limit);
                team.Round(random, Heat, () => _watch.IsSearchOver || _watch.Used >= end);
                if (_watch.Used - met > RaceShare * _watch.Used)
                {
                    team.Meet();
                    met = _watch.Used;
                }

                _watch.Incumbent(team.Best);
            }

        }

        team?.Meet();
        return improver;
    }

    /// <summary>
    /// The first plan, or the best of several where there is time for others; and what searches from several of them, where that is worth
    /// it. Without the latter the state holds the best.
    /// </summary>
    private (List<SearchTools> Plans, SeveralStarts? Starts) FirstPlansOf(SearchTools tools, BoundSearch bound, Random random, bool mayChoose)
    {
        bool draws = mayChoose && MayDrawAgain(tools.C);
        bool starts = mayChoose && MayStartAgain(tools.C);
        SearchTools? bare = draws || starts ? tools.Twin(_meter) : null;
        double before = _watch.Used;
        Construct(tools, random, FirstPlans.OfFirst);
        double took = _watch.Used - before;
        SeveralStarts? several = bare is not null && starts ? new(_watch, bare, ConstructByChance, Searching) : null;
        several = several?.IsUseful(took) == true ? several : null;
        int kept = several is null ? 1 : SeveralStarts.Searches * _options.Threads / 2;
        List<SearchTools> plans = bare is not null && draws
            ? new FirstPlans(_watch, bare, Construct).Draw(tools, took, kept, random, SearchesNow(tools.C, bound), IsOver) : [tools];
        if (several is null && plans[0] != tools)
        {
            tools.State.Adopt(plans[0].State, 0, tools.C.Days - 1);
        }

        return (plans, several);
    }

    private Improver Searching(SearchTools own) => new(own, _options.Reproducible ? null : TimeProvider.System, _options.Without);

    private void ConstructByChance(SearchTools own, Random random) => Construct(own, random, Turns.ByChance);

    private void Construct(SearchTools own, Random random, Turns turns) =>
        new Constructor(own.C, own.State, own.Builder, own.Scout).Run(Layers(), random, () => Stop(own.State), turns);

    /// <summary>Whether other first plans may be drawn: not for a season of one day, nor for one so large that another state is costly and a plan takes long.</summary>
    private bool MayDrawAgain(CompiledSeason c) =>
        c.Days > 1 && (long)c.Units.Length * c.Days <= MostUnitDays && !_options.Without.Contains(nameof(FirstPlans));

    /// <summary>Whether several searches may begin from scratch: the season is too short to be cut, and the search cools once.</summary>
    private bool MayStartAgain(CompiledSeason c) =>
        c.Days > 1 && SearchTeam.MostParts(c.Days, c.MaxConsecutive) == 1 && _options.UntilFlat is null
        && !_options.Without.Contains(NameOfAnnealing) && !_options.Without.Contains(nameof(SeveralStarts));

    /// <summary>How many can search for plans now.</summary>
    private int SearchesNow(CompiledSeason c, BoundSearch bound) => Math.Min(MostSearches(c), _options.Threads - (bound.IsBeside ? 1 : 0));

    /// <summary>Whether what the search has found so far says that the rest of the time is worth most to the trips of the one day there is.</summary>
    private bool OnlyTripsGain(CompiledSeason c, double tripShare) =>
        c.Days == 1 && _watch.Used >= SearchedBeforeTrips * _watch.SearchLimit && tripShare >= MostlyTrips
        && !_options.Without.Contains(nameof(MorningPolish));

    private void Polish(CompiledSeason c, PlanState state)
    {
        double? until = _options.Reproducible ? null : _watch.SearchLimit;
        int threads = _options.Reproducible ? 1 : _options.Threads;
        long work = (long)((_watch.SearchLimit - _watch.Used) * WorkMeter.PerSecond);
        new MorningPolish(c, state).Run(_options.Seed, threads, () => _watch.Seconds, until, work, _watch.Incumbent, _watch.Cancelled);
    }

    /// <summary>How many may search for plans side by side; one where the result must not depend on the clock.</summary>
    private int MostSearches(CompiledSeason c)
    {
        int parts = SearchTeam.MostParts(c.Days, c.MaxConsecutive);
        return _options.Reproducible ? 1 : Math.Min(_options.Threads, parts > 1 ? parts : MostInRace);
    }

    /// <summary>
    /// The plan to begin with, if any: the model's where it is proven best, else the one given, else the model's where no pins have to be
    /// kept, which is the pin stage's business.
    /// </summary>
    private Plan? Beginning(ExactSolution? exact) =>
        exact is { Status: ExactStatus.Optimal } ? exact.Plan
        : _warmStart ?? (_season.Pins.IsEmpty ? exact?.Plan : null);

    /// <summary>Begins with what of a plan is still legal instead of with nobody.</summary>
    private static ImmutableArray<PinConflict> WarmStart(CompiledSeason c, PlanState state, Plan plan)
    {
        var loader = new PlanLoader(c, state);
        LoadedPlan loaded = loader.Load(plan, _ => false);
        var surgery = new CrewSurgery(c, state, loaded);
        surgery.Settle();
        ImmutableArray<PinConflict> conflicts = new PinForcer(c, state, loader).Force();
        surgery.LegalizeAll();
        return conflicts;
    }

    /// <summary>What <see cref="PlanOptions.Without"/> may name.</summary>
    public static IEnumerable<string> Mechanisms => [.. ConstructionLayers.Select(l => l.Name), .. Improver.Mechanisms, NameOfAnnealing, nameof(FirstPlans), nameof(SeveralStarts), nameof(ExactStage), nameof(DayOpening), nameof(MorningPolish), nameof(EmptyStops)];

    private double[] Layers() => [.. ConstructionLayers.Where(l => !_options.Without.Contains(l.Name)).Select(l => l.PriceShare)];

    private bool IsOver() => _watch.IsSearchOver || _watch.IsProven;

    private bool Stop(PlanState state)
    {
        _watch.Incumbent(state.Net);
        return IsOver();
    }

    private PlanResult Result(CompiledSeason c, PlanState state, ImmutableArray<PinConflict> conflicts, ExactSolution? exact)
    {
        Worth worth = PlanValuation.Value(c, state);
        Plan plan = PlanExtractor.Extract(c, state);

        // The model knows mornings the state cannot hold, such as two stops at one village, and keeps all pins or has no plan.
        if (exact is { Plan: { } whole, Exact: { } value } && (value.Rounded().NetValue > worth.NetValue || !conflicts.IsEmpty))
        {
            (worth, plan, conflicts) = (value.Rounded(), whole, []);
        }

        decimal? upperBound = _watch.UpperBound;
        plan = plan with
        {
            Facts = new PlanFacts
            {
                Worth = worth,
                UpperBound = upperBound,
                Gap = upperBound is { } bound ? Worth.GapOf(bound, worth.NetValue) : null,
                Seed = _options.Seed,
                Seconds = _options.Reproducible ? null : Math.Round(_watch.Seconds, 3),
                Settings = Settings(),
                Versions = ImmutableSortedDictionary<string, string>.Empty
                    .Add("matching", VersionOf(typeof(PlanningRun).Assembly))
                    .Add("orTools", Solver.MinCostFlow.Version),
            },
        };
        _watch.Final(worth.NetValue);
        return new PlanResult(plan, _watch.Reason, _watch.Trace, conflicts, new ShortageExplainer(c, state).Worst(ReasonsKept)) { Stages = _watch.Stages };
    }

    private ImmutableSortedDictionary<string, string> Settings()
    {
        ImmutableSortedDictionary<string, string> settings = ImmutableSortedDictionary<string, string>.Empty
            .Add("reproducible", _options.Reproducible ? "true" : "false")
            .Add("seconds", _options.Seconds.ToString(CultureInfo.InvariantCulture))
            .Add("threads", _options.Threads.ToString(CultureInfo.InvariantCulture));
        return _options.UntilFlat is not { } flat ? settings : settings
            .Add("flatGainShare", flat.GainShare.ToString(CultureInfo.InvariantCulture))
            .Add("flatTimeShare", flat.TimeShare.ToString(CultureInfo.InvariantCulture));
    }

    private static string VersionOf(Assembly assembly) => assembly.GetName().Version?.ToString(3) ?? "0.0.0";
}
