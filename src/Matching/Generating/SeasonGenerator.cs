using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Generating;

/// <summary>
/// Draws harvest seasons of any size around Hongsibu and Zhongning: real names of counties, townships and villages, invented
/// people, farms and positions. Pure: the same options give the same season on every machine.
/// </summary>
public static class SeasonGenerator
{
    /// <summary>Draws a season.</summary>
    /// <param name="options">What to draw.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static Season Generate(GeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        Setting setting = Setting.Of(options);

        ImmutableArray<Broker> brokers = BrokersDraw.Draw(setting);
        People people = PeopleDraw.Draw(setting, brokers);
        ImmutableArray<Site> sites = OrdersDraw.Sites(setting);
        ImmutableArray<OrderDraft> drafts = OrdersDraw.Draw(setting);
        ImmutableArray<Place> depots = FleetDraw.Depots(setting);
        ImmutableArray<Absence> siteAbsences = [.. AbsencesDraw.Sites(setting, sites)];
        ImmutableArray<Absence> absences =
            [.. AbsencesDraw.Workers(setting, people.Workers), .. AbsencesDraw.Brokers(setting, brokers), .. siteAbsences];

        // Without demand first: how much work there is follows from what people can give.
        Season supply = new()
        {
            Name = options.Name ?? $"中宁枸杞采摘季 2026 Zhongning goji ({options.Profile})",
            Start = setting.Start,
            End = setting.End,
            Places = [.. setting.Map.ToPlaces(), .. depots],
            Travel = TravelDraw.Draw(setting, depots),
            Workers = people.Workers,
            HouseholdDuties = TiesDraw.Duties(setting, people),
            Pairs = TiesDraw.Pairs(setting, people),
            Refusals = TiesDraw.Refusals(setting, people),
            Brokers = brokers,
            Sites = sites,
            Orders = [.. drafts.Select(d => d.Order)],
            Absences = absences,
        };
        int[] labour = SeasonMeasures.LabourByWorker(supply);
        double ratio = DemandRatio(options.Profile);
        DemandDrawn demand = DemandDraw.Draw(setting, drafts, sites, ClosedDays(setting, sites, siteAbsences), ratio * labour.Sum(d => (long)d));
        ImmutableArray<Vehicle> vehicles = FleetDraw.Draw(setting, depots, PeakCommuters(demand, Math.Max(1, ratio)));

        return supply with
        {
            Sites = demand.Sites,
            Orders = demand.Orders,
            Demand = demand.Demand,
            Rounds = demand.Rounds,
            Vehicles = vehicles,
            Absences = [.. absences, .. AbsencesDraw.Vehicles(setting, vehicles)],
            Agreements = AgreementsDraw.Draw(setting, supply, demand, labour),
        };
    }

    /// <summary>Useful demand over labour supply that a profile aims at.</summary>
    internal static double DemandRatio(SeasonProfile profile) => profile switch
    {
        SeasonProfile.Tight => 1.30,
        SeasonProfile.Slack => 0.60,
        _ => 0.95,
    };

    private static bool[][] ClosedDays(Setting setting, ImmutableArray<Site> sites, ImmutableArray<Absence> absences)
    {
        ILookup<string, DayWindow> windows = absences.ToLookup(a => a.Subject, a => a.Window);
        return [.. sites.Select(s => Enumerable.Range(0, setting.Days).Select(d => windows[s.Id.Value].Any(w => w.Contains(setting.Day(d)))).ToArray())];
    }

    // Commuters of the fullest day; where there is more work than labour, only as many as there are.
    private static double PeakCommuters(DemandDrawn demand, double overfull)
    {
        double[] commuters = new double[demand.Rates.Max(r => r.Length)];
        for (int o = 0; o < demand.Orders.Length; o++)
        {
            double riding = demand.Orders[o].Lodging switch { LodgingRule.Only => 0, LodgingRule.Allowed => 0.6, _ => 1.0 };
            for (int d = 0; d < commuters.Length; d++)
            {
                commuters[d] += demand.Rates[o][d] * riding / overfull;
            }
        }

        return commuters.Max();
    }
}
