using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>Draws labour agreements that can be kept: each promises part of what supplier and buyer can do together.</summary>
internal static class AgreementsDraw
{
    // What is promised of a supplier's people and of a buyer's demand over all agreements stays below this.
    private const double MostPromised = 0.5;

    /// <summary>The agreements.</summary>
    public static ImmutableArray<Agreement> Draw(Setting setting, Season season, DemandDrawn demand, int[] labour)
    {
        SeededRandom random = setting.Random("agreements");
        Book book = new(setting, season, demand, labour);
        int wanted = season.Workers.Length < 30 ? 1 : Math.Clamp(setting.Map.Villages.Length, 6, 200);
        var agreements = ImmutableArray.CreateBuilder<Agreement>();
        for (int attempt = 0; attempt < wanted * 4 && agreements.Count < wanted; attempt++)
        {
            if (book.Promise(random, attempt % 7) is { } agreement)
            {
                agreements.Add(agreement with { Id = new(Geography.Numbered("A", agreements.Count + 1, 3)) });
            }
        }

        return agreements.ToImmutable();
    }

    /// <summary>Keeps count of what was promised.</summary>
    private sealed class Book
    {
        private readonly Setting _setting;
        private readonly Season _season;
        private readonly DemandDrawn _demand;
        private readonly double[] _labourByVillage;
        private readonly double[] _promisedByVillage;
        private readonly double[] _promisedByOrder;
        private readonly HashSet<BrokerId> _bound = [];
        private readonly bool[][] _reach;
        private readonly double[] _fit;

        public Book(Setting setting, Season season, DemandDrawn demand, int[] labour)
        {
            (_setting, _season, _demand) = (setting, season, demand);
            int villages = setting.Map.Villages.Length;
            _labourByVillage = new double[villages];
            _promisedByVillage = new double[villages];
            _promisedByOrder = new double[season.Orders.Length];
            Dictionary<PlaceId, int> index = setting.Map.Villages.Index().ToDictionary(v => v.Item.Id, v => v.Index);
            for (int w = 0; w < labour.Length; w++)
            {
                _labourByVillage[index[season.Workers[w].Village]] += labour[w];
            }

            // An order that stays without commuters counts as out of reach: few lodge.
            _reach = [.. setting.Map.Villages.Select(v => season.Orders
                .Select(o => o.Lodging != LodgingRule.Only && SeasonMeasures.Ride(season, v.Id, o) is { } ride && ride <= 75).ToArray())];
            _fit = [.. season.Orders.Select(Fit)];
        }

        public Agreement? Promise(SeededRandom random, int kind)
        {
            Geography map = _setting.Map;
            int v = random.PickIndex(_labourByVillage);
            PlaceId village = map.Villages[v].Id;
            PlaceId township = map.Townships[map.Villages[v].Township].Id;
            int s = _season.Orders.Length == 0 ? -1 : _season.SiteIndexOf(random.Pick(_season.Orders).Site);
            Site site = _season.Sites[s];
            PlaceId siteTownship = map.Townships[map.Sites[s].Township].Id;
            PlaceId county = Geography.Counties[map.Townships[map.Villages[v].Township].County];
            PlaceId siteCounty = Geography.Counties[map.Townships[map.Sites[s].Township].County];
            return kind switch
            {
                0 => FromPlace(random, township, site.Id.Value, BuyerKind.Place),
                1 => FromPlace(random, village, siteTownship.Value, BuyerKind.Place),
                2 => FromBroker(random, v, site.Id.Value, BuyerKind.Place),
                3 => FromPlace(random, township, site.Employer, BuyerKind.Employer),
                4 => FromPlace(random, village, site.Id.Value, BuyerKind.Place),
                5 => FromBroker(random, v, site.Employer, BuyerKind.Employer),
                _ => FromPlace(random, county, siteCounty.Value, BuyerKind.Place),
            };
        }

        private Agreement? FromPlace(SeededRandom random, PlaceId supplier, string buyer, BuyerKind buyerKind)
        {
            (int from, int to) = Period(random);
            int[] villages = [.. Enumerable.Range(0, _labourByVillage.Length).Where(v => _season.LiesIn(_setting.Map.Villages[v].Id, supplier))];
            int[] orders = OrdersOf(buyer, buyerKind);
            double part = (to - from + 1) / (double)_setting.Days;
            double useful = orders.Sum(o => Useful(o, from, to));
            double demand = (useful * MostPromised) - orders.Sum(o => _promisedByOrder[o]);
            double people = 0;
            double labour = 0;
            foreach (int v in villages)
            {
                double reached = orders.Where(o => _reach[v][o]).Select(o => _fit[o]).DefaultIfEmpty(0).Max();
                people += _labourByVillage[v] * part * reached;
                labour += Math.Max(0, (_labourByVillage[v] * part * reached * MostPromised) - _promisedByVillage[v]);
            }

            int days = Days(random, Math.Min(demand, labour));
            if (days == 0)
            {
                return null;
            }

            Share(_promisedByVillage, villages, _labourByVillage, days);
            Share(_promisedByOrder, orders, [.. Enumerable.Range(0, _promisedByOrder.Length).Select(o => Useful(o, from, to))], days);
            int? most = _season.PlaceById[supplier].Kind != PlaceKind.County && random.Chance(0.6) ? Most(random, days, Math.Min(useful, people)) : null;
            return new(default, supplier.Value, SupplierKind.Place, buyer, buyerKind, Window(random, from, to), days, most, random.NextStep(20, 60, 5));
        }

        private Agreement? FromBroker(SeededRandom random, int village, string buyer, BuyerKind buyerKind)
        {
            (int from, int to) = Period(random);
            int[] orders = OrdersOf(buyer, buyerKind);
            Broker? broker = _season.Brokers.FirstOrDefault(b => b.Area == _setting.Map.Villages[village].Id && b.CertificateUntil >= _setting.End
                && b.Availability == default && !_bound.Contains(b.Id) && orders.Any(o => _reach[village][o]))
                ?? _season.Brokers.FirstOrDefault(b => b.CertificateUntil >= _setting.End && b.Availability == default && !_bound.Contains(b.Id)
                && _season.LiesIn(_setting.Map.Villages[village].Id, b.Area) && orders.Any(o => _reach[village][o]));
            if (broker is null)
            {
                return null;
            }

            double part = (to - from + 1) / (double)_setting.Days;
            double useful = orders.Where(o => _reach[village][o]).Sum(o => Useful(o, from, to));
            double demand = (useful * MostPromised) - orders.Where(o => _reach[village][o]).Sum(o => _promisedByOrder[o]);
            double labour = Math.Max(0, (_labourByVillage[village] * part * MostPromised * orders.Max(o => _fit[o])) - _promisedByVillage[village]);
            double crew = broker.CrewMax * (to - from + 1) * 0.6;
            int days = Days(random, Math.Min(Math.Min(demand, labour), crew));
            if (days == 0)
            {
                return null;
            }

            _bound.Add(broker.Id);
            _promisedByVillage[village] += days;
            Share(_promisedByOrder, orders, [.. Enumerable.Range(0, _promisedByOrder.Length).Select(o => Useful(o, from, to))], days);
            int? most = random.Chance(0.4) ? Most(random, days, Math.Min(useful, crew)) : null;
            return new(default, broker.Id.Value, SupplierKind.Broker, buyer, buyerKind, Window(random, from, to), days, most, random.NextStep(20, 60, 5));
        }

        private (int From, int To) Period(SeededRandom random)
        {
            int length = random.Chance(0.3) ? _setting.Days : random.Next(Math.Min(_setting.Days, 10), _setting.Days);
            int from = random.Next(0, _setting.Days - length);
            return (from, from + length - 1);
        }

        // An agreement for the whole season may be signed for longer.
        private DayWindow Window(SeededRandom random, int from, int to) => from == 0 && to == _setting.Days - 1 && random.Chance(0.3)
            ? new(_setting.Day(-random.Next(5, 30)), _setting.Day(to + random.Next(5, 30)))
            : new(_setting.Day(from), _setting.Day(to));

        private int[] OrdersOf(string buyer, BuyerKind kind) => [.. Enumerable.Range(0, _season.Orders.Length).Where(o => kind == BuyerKind.Employer
            ? _season.SiteById[_season.Orders[o].Site].Employer == buyer
            : _season.LiesIn(_season.Orders[o].Site, new(buyer)))];

        private double Useful(int order, int from, int to)
        {
            double sum = 0;
            for (int d = from; d <= to; d++)
            {
                sum += _demand.Rates[order][d];
            }

            return sum;
        }

        // The share of people an order suits, roughly.
        private double Fit(Order order)
        {
            bool halal = _season.SiteById[order.Site].Tags.Contains("halal-canteen");
            double skill = order.Skill == Skills.Picking ? order.MinLevel switch { 1 => 1, 2 => 0.8, _ => 0.55 } : 0.1;
            return skill * (halal ? 0.9 : 0.4) * (order.Lodging == LodgingRule.Only ? 0.2 : 0.9);
        }

        private static int Days(SeededRandom random, double possible) => possible * 0.2 < 3 ? 0 : (int)(possible * random.Between(0.2, 0.4));

        // A most is a cap for good: it lies near all that supplier and buyer could do, so that it steers but does not starve.
        private static int Most(SeededRandom random, int days, double possible) =>
            Math.Max((int)(days * 1.3) + 1, (int)(possible * random.Between(0.6, 1.0)));

        private static void Share(double[] promised, int[] among, double[] weights, double days)
        {
            double sum = among.Sum(i => weights[i]);
            foreach (int i in among)
            {
                promised[i] += sum > 0 ? days * weights[i] / sum : 0;
            }
        }
    }

    private static int SiteIndexOf(this Season season, PlaceId site)
    {
        for (int i = 0; i < season.Sites.Length; i++)
        {
            if (season.Sites[i].Id == site)
            {
                return i;
            }
        }

        throw new KeyNotFoundException($"{site} is no site of the season.");
    }
}
