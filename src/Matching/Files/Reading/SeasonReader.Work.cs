using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

// What is asked for and what carries it: sites, orders, demand, rounds, agreements, vehicles, absences, pins.
internal sealed partial class SeasonReader
{
    private List<Site> ReadSites()
    {
        var sites = new List<Site>();
        ForEach(
            SeasonFormat.Sites.File,
            row =>
            {
                string? id = row.Key(SeasonFormat.Sites.Id, _siteIds);
                Named? place = PlaceOf(row, SeasonFormat.Sites.Id, "a site", PlaceKind.Site);
                string? employer = row.Key(SeasonFormat.Sites.Employer, _employers, isUnique: false);
                int beds = row.Whole(SeasonFormat.Sites.Beds) ?? 0;
                var tags = row.List(SeasonFormat.Sites.Tags);
                if (!row.IsBad && id is not null && place is not null && employer is not null)
                {
                    _siteIds.Place(id, sites.Count);
                    sites.Add(new Site(new PlaceId(id), employer, beds, tags));
                }
            },
            (_siteIds, SeasonFormat.Sites.Id),
            (_employers, SeasonFormat.Sites.Employer));
        return sites;
    }

    private List<Order> ReadOrders()
    {
        var orders = new List<Order>();
        ForEach(SeasonFormat.Orders.File, row => ReadOrder(row, orders), (_orderIds, SeasonFormat.Orders.Id));
        return orders;
    }

    private void ReadOrder(RowReader row, List<Order> orders)
    {
        string? id = row.Key(SeasonFormat.Orders.Id, _orderIds);
        Named? site = PlaceOf(row, SeasonFormat.Orders.Site, "a site", PlaceKind.Site);
        string? skill = row.Word(SeasonFormat.Orders.Skill);
        int? minLevel = row.Whole(SeasonFormat.Orders.MinLevel);
        decimal? wage = row.Number(SeasonFormat.Orders.DailyWage);
        TimeOnly? start = row.Time(SeasonFormat.Orders.StartTime);
        decimal? hours = row.Number(SeasonFormat.Orders.Hours);
        int? crewMin = row.Whole(SeasonFormat.Orders.CrewMin);
        int? crewMax = row.Whole(SeasonFormat.Orders.CrewMax);
        decimal? valueRequired = row.Number(SeasonFormat.Orders.ValueRequired);
        decimal? valueTarget = row.Number(SeasonFormat.Orders.ValueTarget);
        int? level = row.Whole(SeasonFormat.Orders.ExperiencedLevel);
        decimal? share = row.Number(SeasonFormat.Orders.ExperiencedShare);
        var needs = row.List(SeasonFormat.Orders.Needs);
        bool adultOnly = row.Flag(SeasonFormat.Orders.AdultOnly);
        LodgingRule? lodging = row.Choice<LodgingRule>(SeasonFormat.Orders.Lodging);
        RequireCrewSizes(row, SeasonFormat.Orders.CrewMin, crewMin, SeasonFormat.Orders.CrewMax, crewMax);
        if (valueRequired < valueTarget)
        {
            row.Report(SeasonFormat.Orders.ValueTarget, $"at most value_required, which is {PlainNumber.Of(valueRequired.Value)}", FaultCode.RequiredAndTarget);
        }

        if (site is { } at && !_siteIds.Knows(at.Id, out _, out _))
        {
            row.Report(SeasonFormat.Orders.Site, "a site with a row in sites.csv", FaultCode.NoSiteRow);
        }

        if (row.IsBad || id is null || site is null || skill is null || minLevel is null || wage is null || start is null || hours is null
            || crewMin is null || crewMax is null || valueRequired is null || valueTarget is null || lodging is null)
        {
            return;
        }

        if (level is null != share is null)
        {
            _log.Note($"{row.File.Name}: line {row.Line}: experienced_level and experienced_share of order {CellText.Shown(id)} go together; the one given alone is ignored.");
            (level, share) = (null, null);
        }

        _orderIds.Place(id, orders.Count);
        orders.Add(new Order
        {
            Id = new OrderId(id),
            Site = new PlaceId(site.Value.Id),
            Skill = new Skill(skill),
            MinLevel = minLevel.Value,
            DailyWage = wage.Value,
            StartTime = start.Value,
            Hours = hours.Value,
            CrewMin = crewMin.Value,
            CrewMax = crewMax.Value,
            ValueRequired = valueRequired.Value,
            ValueTarget = valueTarget.Value,
            ExperiencedLevel = level,
            ExperiencedShare = share,
            Needs = needs,
            AdultOnly = adultOnly,
            Lodging = lodging.Value,
        });
    }

    private List<DailyDemand> ReadDemand()
    {
        var demand = new List<DailyDemand>();
        var seen = new Dictionary<(string, DateOnly), int>();
        ForEach(SeasonFormat.Demand.File, row =>
        {
            Named? order = row.Ref(SeasonFormat.Demand.Order, _orderIds, "an order");
            DateOnly? date = row.Date(SeasonFormat.Demand.Date);
            int? required = row.Whole(SeasonFormat.Demand.Required);
            int? target = row.Whole(SeasonFormat.Demand.Target);
            RequireSeasonDay(row, SeasonFormat.Demand.Date, date);
            if (order is { } what && date is { } day)
            {
                RequireOnce(row, seen, (what.Id, day), SeasonFormat.Demand.Date, "one row per order and day");
            }

            if (required > target)
            {
                row.Report(SeasonFormat.Demand.Target, $"at least required, which is {required}", FaultCode.RequiredAndTarget);
            }

            if (!row.IsBad && order is not null && date is not null && required is not null && target is not null)
            {
                demand.Add(new DailyDemand(new OrderId(order.Value.Id), date.Value, required.Value, target.Value));
            }
        });
        return demand;
    }

    private List<PickingRound> ReadRounds()
    {
        var rounds = new List<PickingRound>();
        var windows = new List<(string Owner, DayWindow Window, int Line)>();
        ForEach(SeasonFormat.Rounds.File, row =>
        {
            Named? order = row.Ref(SeasonFormat.Rounds.Order, _orderIds, "an order");
            DayWindow? window = row.Window(SeasonFormat.Rounds.From, SeasonFormat.Rounds.To);
            int? workerDays = row.Whole(SeasonFormat.Rounds.WorkerDays);
            decimal lateLoss = row.Number(SeasonFormat.Rounds.LateLoss) ?? 0;
            if (order is not null && window is not null)
            {
                windows.Add((order.Value.Id, window.Value, row.Line));
            }

            if (!row.IsBad && order is not null && window is { From: { } from, To: { } to } && workerDays is not null)
            {
                rounds.Add(new PickingRound(new OrderId(order.Value.Id), from, to, workerDays.Value, lateLoss));
            }
        });
        RequireApart(SeasonFormat.Rounds.File, SeasonFormat.Rounds.Order, windows, "rounds of one order");
        return rounds;
    }

    private List<Agreement> ReadAgreements()
    {
        var agreements = new List<Agreement>();
        var ids = new IdIndex();
        ForEach(SeasonFormat.Agreements.File, row =>
        {
            string? id = row.Key(SeasonFormat.Agreements.Id, ids);
            string? supplier = row.Word(SeasonFormat.Agreements.Supplier);
            string? buyer = row.Word(SeasonFormat.Agreements.Buyer);
            DayWindow? window = row.Window(SeasonFormat.Agreements.From, SeasonFormat.Agreements.To);
            int? minDays = row.Whole(SeasonFormat.Agreements.MinDays);
            int? maxDays = row.Whole(SeasonFormat.Agreements.MaxDays);
            decimal? penalty = row.Number(SeasonFormat.Agreements.Penalty);
            if (minDays > maxDays)
            {
                row.Report(SeasonFormat.Agreements.MaxDays, $"at least min_days, which is {minDays}", FaultCode.MinOverMax);
            }

            bool supplierIsPlace = RequireEither(row, SeasonFormat.Agreements.Supplier, supplier, _brokerIds, "a place or broker");
            bool buyerIsPlace = RequireEither(row, SeasonFormat.Agreements.Buyer, buyer, _employers, "a place or site, or an employer");
            if (!row.IsBad && id is not null && supplier is not null && buyer is not null && window is not null && minDays is not null && penalty is not null)
            {
                agreements.Add(new Agreement(
                    new AgreementId(id),
                    supplier,
                    supplierIsPlace ? SupplierKind.Place : SupplierKind.Broker,
                    buyer,
                    buyerIsPlace ? BuyerKind.Place : BuyerKind.Employer,
                    window.Value,
                    minDays.Value,
                    maxDays,
                    penalty.Value));
            }
        });
        return agreements;
    }

    /// <summary>Whether the id names a place, which is looked up first; reported when it names neither.</summary>
    private bool RequireEither(RowReader row, Column column, string? id, IdIndex others, string what)
    {
        if (id is null)
        {
            return false;
        }

        bool isPlace = _placeIds.Knows(id, out _, out _);
        if (!isPlace && !others.Knows(id, out _, out _))
        {
            row.Report(column, "the id of " + what, FaultCode.UnknownId);
        }

        return isPlace;
    }

    private List<Vehicle> ReadVehicles()
    {
        var vehicles = new List<Vehicle>();
        ForEach(
            SeasonFormat.Vehicles.File,
            row =>
            {
                string? id = row.Key(SeasonFormat.Vehicles.Id, _vehicleIds);
                Named? depot = PlaceOf(row, SeasonFormat.Vehicles.Depot, "a depot", PlaceKind.Depot);
                int? seats = row.Whole(SeasonFormat.Vehicles.Seats);
                decimal? perDay = row.Number(SeasonFormat.Vehicles.CostPerDay);
                decimal? perKm = row.Number(SeasonFormat.Vehicles.CostPerKm);
                DayWindow? window = row.Window(SeasonFormat.Vehicles.From, SeasonFormat.Vehicles.To);
                if (row.IsBad || id is null || depot is null || seats is null || perDay is null || perKm is null)
                {
                    return;
                }

                _vehicleIds.Place(id, vehicles.Count);
                vehicles.Add(new Vehicle
                {
                    Id = new VehicleId(id),
                    Depot = new PlaceId(depot.Value.Id),
                    Seats = seats.Value,
                    CostPerDay = perDay.Value,
                    CostPerKm = perKm.Value,
                    Availability = window ?? default,
                });
            },
            (_vehicleIds, SeasonFormat.Vehicles.Id));
        return vehicles;
    }

    private List<Absence> ReadAbsences()
    {
        var absences = new List<Absence>();
        ForEach(SeasonFormat.Absences.File, row =>
        {
            AbsenceKind? kind = row.Choice<AbsenceKind>(SeasonFormat.Absences.Kind);
            Named? subject = kind switch
            {
                AbsenceKind.Worker => row.Ref(SeasonFormat.Absences.Subject, _workerIds, "a worker"),
                AbsenceKind.Broker => row.Ref(SeasonFormat.Absences.Subject, _brokerIds, "a broker"),
                AbsenceKind.Vehicle => row.Ref(SeasonFormat.Absences.Subject, _vehicleIds, "a vehicle"),
                AbsenceKind.Site => PlaceOf(row, SeasonFormat.Absences.Subject, "a site", PlaceKind.Site),
                _ => null,
            };
            DayWindow? window = row.Window(SeasonFormat.Absences.From, SeasonFormat.Absences.To);
            string? reason = row.Text(SeasonFormat.Absences.Reason);
            if (!row.IsBad && kind is not null && subject is not null && window is not null)
            {
                absences.Add(new Absence(kind.Value, subject.Value.Id, window.Value, reason));
            }
        });
        return absences;
    }

    private List<Pin> ReadPins()
    {
        var pins = new List<Pin>();
        ForEach(SeasonFormat.Pins.File, row =>
        {
            DateOnly? date = row.Date(SeasonFormat.Pins.Date);
            Named? broker = row.Ref(SeasonFormat.Pins.Broker, _brokerIds, "a broker");
            Named? order = row.Ref(SeasonFormat.Pins.Order, _orderIds, "an order");
            Named? worker = row.Ref(SeasonFormat.Pins.Worker, _workerIds, "a worker");
            RequireSeasonDay(row, SeasonFormat.Pins.Date, date);
            if (!row.IsBad && date is not null && broker is not null && order is not null && worker is not null)
            {
                pins.Add(new Pin(date.Value, new BrokerId(broker.Value.Id), new OrderId(order.Value.Id), new WorkerId(worker.Value.Id)));
            }
        });
        return pins;
    }
}
