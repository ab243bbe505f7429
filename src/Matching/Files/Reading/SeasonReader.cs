using System.Collections.Immutable;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

/// <summary>
/// Reads a season from its files, each after those whose ids it names. A row with a fault is left out of the lists but its id
/// stays known; checks across rows look at good rows only, so that each mistake is told once.
/// </summary>
internal sealed partial class SeasonReader
{
    private readonly TableSource _source;
    private readonly FaultLog _log;
    private readonly StringPool _pool = new();
    private readonly IdIndex _placeIds = new();
    private readonly IdIndex _workerIds = new();
    private readonly IdIndex _brokerIds = new();
    private readonly IdIndex _siteIds = new();
    private readonly IdIndex _orderIds = new();
    private readonly IdIndex _vehicleIds = new();
    private readonly IdIndex _employers = new();
    private readonly List<PlaceRow> _placeRows = [];
    private readonly SeasonSettings _settings;

    private SeasonReader(TableSource source, FaultLog log)
    {
        (_source, _log) = (source, log);
        _settings = SettingsReader.Read(source.Settings(log), log);
    }

    /// <summary>Reads the season; null when there are faults, which are in the log.</summary>
    public static Season? Read(TableSource source, FaultLog log)
    {
        Season? season = new SeasonReader(source, log).Read();
        source.NoteUnknown([SeasonFormat.SettingsFile, .. SeasonFormat.Files.Select(f => f.Name)], log);
        return season;
    }

    private Season? Read()
    {
        ImmutableArray<Place> places = Rows(SeasonFormat.Places.File, s => s.Places, ReadPlaces, Declare);
        ImmutableArray<TravelLeg> travel = Rows(SeasonFormat.Travel.File, s => s.Travel, ReadTravel);
        ImmutableArray<Broker> brokers = Rows(SeasonFormat.Brokers.File, s => s.Brokers, ReadBrokers, (b, at) => Declare(_brokerIds, b.Id.Value, at));
        ImmutableArray<Worker> workers = ReadPeople();
        ImmutableArray<HouseholdDuty> duties = Rows(SeasonFormat.Households.File, s => s.HouseholdDuties, ReadHouseholds);
        ImmutableArray<WorkerPair> pairs = Rows(SeasonFormat.Pairs.File, s => s.Pairs, ReadPairs);
        ImmutableArray<Site> sites = Rows(SeasonFormat.Sites.File, s => s.Sites, ReadSites, Declare);
        ImmutableArray<Refusal> refusals = Rows(SeasonFormat.Refusals.File, s => s.Refusals, ReadRefusals);
        ImmutableArray<Order> orders = Rows(SeasonFormat.Orders.File, s => s.Orders, ReadOrders, (o, at) => Declare(_orderIds, o.Id.Value, at));
        ImmutableArray<DailyDemand> demand = Rows(SeasonFormat.Demand.File, s => s.Demand, ReadDemand);
        ImmutableArray<PickingRound> rounds = Rows(SeasonFormat.Rounds.File, s => s.Rounds, ReadRounds);
        ImmutableArray<Agreement> agreements = Rows(SeasonFormat.Agreements.File, s => s.Agreements, ReadAgreements);
        ImmutableArray<Vehicle> vehicles = Rows(SeasonFormat.Vehicles.File, s => s.Vehicles, ReadVehicles, (v, at) => Declare(_vehicleIds, v.Id.Value, at));
        ImmutableArray<Absence> absences = Rows(SeasonFormat.Absences.File, s => s.Absences, ReadAbsences);
        ImmutableArray<Pin> pins = Rows(SeasonFormat.Pins.File, s => s.Pins, ReadPins);
        if (!_log.IsClean || _settings is not { Start: { } start, End: { } end })
        {
            return null;
        }

        NoteSkillsNobodyHas(workers, orders);
        return new Season
        {
            Name = _settings.Name,
            Start = start,
            End = end,
            Road = _settings.Road,
            Transport = _settings.Transport,
            Work = _settings.Work,
            Costs = _settings.Costs,
            Places = places,
            Travel = travel,
            Workers = workers,
            HouseholdDuties = duties,
            Pairs = pairs,
            Refusals = refusals,
            Brokers = brokers,
            Sites = sites,
            Orders = orders,
            Demand = demand,
            Rounds = rounds,
            Agreements = agreements,
            Vehicles = vehicles,
            Absences = absences,
            Pins = pins,
        };
    }

    /// <summary>The rows of a file: read, or of a season whose rows stand, which are then only made known to the files after it.</summary>
    private ImmutableArray<T> Rows<T>(FileSpec file, Func<Season, ImmutableArray<T>> of, Func<List<T>> read, Action<T, int>? declare = null)
    {
        if (_source.Kept(file) is not { } season)
        {
            return [.. read()];
        }

        ImmutableArray<T> rows = of(season);
        for (int i = 0; declare is not null && i < rows.Length; i++)
        {
            declare(rows[i], i);
        }

        return rows;
    }

    private void Declare(Place place, int at)
    {
        Declare(_placeIds, place.Id.Value, at);
        _placeRows.Add(new PlaceRow(place.Kind, place.Parent?.Value, LineOf(at)));
    }

    private void Declare(Site site, int at)
    {
        Declare(_siteIds, site.Id.Value, at);
        _employers.Declare(site.Employer, LineOf(at));
    }

    private static void Declare(IdIndex ids, string id, int at)
    {
        ids.Declare(id, LineOf(at));
        ids.Place(id, at);
    }

    // The header is line 1.
    private static int LineOf(int at) => at + 2;

    /// <summary>Opens a file and calls <paramref name="row"/> for each readable row.</summary>
    private void ForEach(FileSpec file, Action<RowReader> row, params ReadOnlySpan<(IdIndex Ids, Column Key)> declares)
    {
        var rows = new RowReader(file, _source.Open(file, _log), _log, _pool);
        foreach ((IdIndex ids, Column key) in declares)
        {
            rows.Declares(ids, key);
        }

        while (rows.Read())
        {
            row(rows);
        }

        rows.Close();
    }

    private List<Place> ReadPlaces()
    {
        var places = new List<Place>();
        ForEach(
            SeasonFormat.Places.File,
            row =>
            {
                string? id = row.Key(SeasonFormat.Places.Id, _placeIds);
                string? name = row.Text(SeasonFormat.Places.Name);
                PlaceKind? kind = row.Choice<PlaceKind>(SeasonFormat.Places.Kind);
                string? parent = row.Word(SeasonFormat.Places.Parent);
                double? lat = row.Degrees(SeasonFormat.Places.Latitude);
                double? lon = row.Degrees(SeasonFormat.Places.Longitude);
                if (kind is PlaceKind.Village or PlaceKind.Site or PlaceKind.Depot)
                {
                    RequireCoordinate(row, SeasonFormat.Places.Latitude, kind.Value);
                    RequireCoordinate(row, SeasonFormat.Places.Longitude, kind.Value);
                }

                if (id is not null)
                {
                    _placeIds.Place(id, _placeRows.Count);
                    _placeRows.Add(new PlaceRow(kind, parent, row.Line));
                }

                if (!row.IsBad && id is not null && name is not null && kind is not null)
                {
                    places.Add(new Place(new PlaceId(id), name, kind.Value, parent is null ? null : new PlaceId(parent), lat, lon));
                }
            },
            (_placeIds, SeasonFormat.Places.Id));
        CheckTree();
        return places;
    }

    private static void RequireCoordinate(RowReader row, Column column, PlaceKind kind)
    {
        if (row.IsEmpty(column))
        {
            row.Report(column, $"coordinates of a {Words.PlaceKinds[(int)kind]}", FaultCode.NoCoordinates);
        }
    }

    private void CheckTree()
    {
        int[] parents = [.. _placeRows.Select(p => p.Parent is not null && _placeIds.Knows(p.Parent, out _, out int at) ? at : -1)];
        bool[] circular = OnCircle(parents);
        for (int i = 0; i < parents.Length; i++)
        {
            (PlaceKind? kind, string? parent, int line) = _placeRows[i];
            if (parent is null)
            {
                continue;
            }

            if (!_placeIds.Knows(parent, out _, out _))
            {
                Report("the id of a place", FaultCode.UnknownId);
            }
            else if (circular[i])
            {
                Report("a parent that does not lie below the place itself", FaultCode.Cycle);
            }
            else if (parents[i] >= 0 && kind is { } lower && _placeRows[parents[i]].Kind is { } upper && Rank(upper) >= Rank(lower))
            {
                Report("a place of a higher kind (county > township > village > site or depot)", FaultCode.WrongKind);
            }

            void Report(string expected, string code) => _log.Add(new Fault(
                SeasonFormat.Places.File.Name, line, SeasonFormat.Places.Parent.Name, CellText.Shown(parent), expected, code));
        }
    }

    private static int Rank(PlaceKind kind) => Math.Min((int)kind, (int)PlaceKind.Site);

    /// <summary>Which places a walk from parent to parent comes back to. Each place is walked once.</summary>
    private static bool[] OnCircle(int[] parents)
    {
        var circular = new bool[parents.Length];
        var walkOf = new int[parents.Length];
        for (int start = 0; start < parents.Length; start++)
        {
            int at = start;
            while (at >= 0 && walkOf[at] == 0)
            {
                walkOf[at] = start + 1;
                at = parents[at];
            }

            if (at >= 0 && walkOf[at] == start + 1)
            {
                for (int on = at; !circular[on]; on = parents[on])
                {
                    circular[on] = true;
                }
            }
        }

        return circular;
    }

    private List<TravelLeg> ReadTravel()
    {
        var legs = new List<TravelLeg>();
        var seen = new Dictionary<(string, string), int>();
        ForEach(SeasonFormat.Travel.File, row =>
        {
            Named? from = row.Ref(SeasonFormat.Travel.From, _placeIds, "a place");
            Named? to = row.Ref(SeasonFormat.Travel.To, _placeIds, "a place");
            int? minutes = row.Whole(SeasonFormat.Travel.Minutes);
            decimal? km = row.Number(SeasonFormat.Travel.Km);
            if (from is { } start && to is { } end)
            {
                RequireOnce(row, seen, (start.Id, end.Id), SeasonFormat.Travel.To, "one row per pair of places and direction");
                if (string.Equals(start.Id, end.Id, StringComparison.Ordinal))
                {
                    RequireZero(row, SeasonFormat.Travel.Minutes, minutes);
                    RequireZero(row, SeasonFormat.Travel.Km, km);
                }
            }

            if (!row.IsBad && from is not null && to is not null && minutes is not null && km is not null)
            {
                legs.Add(new TravelLeg(new PlaceId(from.Value.Id), new PlaceId(to.Value.Id), minutes.Value, km.Value));
            }
        });
        return legs;
    }

    private static void RequireZero(RowReader row, Column column, decimal? value)
    {
        if (value is not null and not 0)
        {
            row.Report(column, "0 for the way from a place to itself", FaultCode.SelfTravel);
        }
    }

    /// <summary>Reports a key that stands twice, with the line where it stands first.</summary>
    private static void RequireOnce<TKey>(RowReader row, Dictionary<TKey, int> seen, TKey key, Column column, string expected)
        where TKey : notnull
    {
        if (!seen.TryAdd(key, row.Line))
        {
            row.Report(column, $"{expected}; line {seen[key]} has it already", FaultCode.Duplicate);
        }
    }

    /// <summary>A place of one of some kinds; null when it is another, which is reported. A place whose kind is faulty passes.</summary>
    private Named? PlaceOf(RowReader row, Column column, string what, params ReadOnlySpan<PlaceKind> kinds)
    {
        Named? place = row.Ref(column, _placeIds, what);
        if (place is { Position: >= 0 and int at } && _placeRows[at].Kind is { } kind && !kinds.Contains(kind))
        {
            row.Report(column, $"the id of {what}; this is a {Words.PlaceKinds[(int)kind]}", FaultCode.WrongKind);
            return null;
        }

        return place;
    }

    private void RequireSeasonDay(RowReader row, Column column, DateOnly? day)
    {
        if (day is { } date && _settings.Excludes(date))
        {
            row.Report(column, $"a day of the season, {_settings.Start:yyyy-MM-dd} to {_settings.End:yyyy-MM-dd}", FaultCode.OutsideSeason);
        }
    }

    private static void RequireCrewSizes(RowReader row, Column minColumn, int? min, Column maxColumn, int? max)
    {
        if (min > max)
        {
            row.Report(maxColumn, $"at least {minColumn.Name}, which is {min}", FaultCode.MinOverMax);
        }
    }

    /// <summary>Reports windows of one owner that share a day, each later row once.</summary>
    private void RequireApart(FileSpec file, Column column, List<(string Owner, DayWindow Window, int Line)> windows, string what)
    {
        foreach (IGrouping<string, (string Owner, DayWindow Window, int Line)> ofOwner in windows.GroupBy(w => w.Owner, StringComparer.Ordinal))
        {
            (string Owner, DayWindow Window, int Line)? widest = null;
            foreach ((string Owner, DayWindow Window, int Line) next in ofOwner.OrderBy(w => w.Window.From ?? DateOnly.MinValue).ThenBy(w => w.Line))
            {
                if (widest is { } earlier && earlier.Window.Overlaps(next.Window))
                {
                    (int first, int second) = (Math.Min(earlier.Line, next.Line), Math.Max(earlier.Line, next.Line));
                    _log.Add(new Fault(file.Name, second, column.Name, CellText.Shown(next.Owner), $"{what} that do not overlap; this one shares days with line {first}", FaultCode.Overlap));
                }

                if (widest is not { } w || (w.Window.To is { } end && (next.Window.To is not { } nextEnd || nextEnd > end)))
                {
                    widest = next;
                }
            }
        }
    }

    /// <summary>What the tree and the kinds of places need of a row, also of one with other faults.</summary>
    private readonly record struct PlaceRow(PlaceKind? Kind, string? Parent, int Line);
}
