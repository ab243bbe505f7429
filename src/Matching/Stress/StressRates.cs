namespace Matching.Stress;

/// <summary>
/// How often things go wrong, per day. The defaults are what growers and agencies report: 3 to 8 % absent, 15 % after rain and
/// on feasts; 8 to 14 days of rain in a season of 90; output between days varies by about a tenth. Immutable.
/// </summary>
public sealed record StressRates
{
    /// <summary>Chance that a worker does not come. Default 0.05.</summary>
    public double NoShow { get; init; } = 0.05;

    /// <summary>Chance that a worker does not come on the day after rain at the site. Default 0.15.</summary>
    public double NoShowAfterRain { get; init; } = 0.15;

    /// <summary>Spread of reliability between workers: each has a chance of their own, beta distributed about the mean with this many days of evidence. Default 20.</summary>
    public double Evidence { get; init; } = 20;

    /// <summary>Chance that a broker is out, and the crew stays at home. Default 0.01.</summary>
    public double BrokerOut { get; init; } = 0.01;

    /// <summary>Chance that a vehicle does not start, and its passengers stay at home. Default 0.01.</summary>
    public double Breakdown { get; init; } = 0.01;

    /// <summary>Chance that rain stops the work of a site. Default 0.12.</summary>
    public double Rain { get; init; } = 0.12;

    /// <summary>Standard deviation of the fruit of an order's day as a share of what was expected. Default 0.1.</summary>
    public double YieldError { get; init; } = 0.1;

    /// <summary>CNY a day that a standby worker costs when not called. Default 30.</summary>
    public double StandbyPay { get; init; } = 30;

    /// <summary>Throws when a value is out of range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public void Validate()
    {
        foreach ((string name, double value, double most) in new[]
        {
            (nameof(NoShow), NoShow, 1), (nameof(NoShowAfterRain), NoShowAfterRain, 1), (nameof(BrokerOut), BrokerOut, 1),
            (nameof(Breakdown), Breakdown, 1), (nameof(Rain), Rain, 1), (nameof(YieldError), YieldError, 10),
            (nameof(Evidence), Evidence, 1e9), (nameof(StandbyPay), StandbyPay, 1e9),
        })
        {
            if (!(value >= 0) || value > most)
            {
                throw new ArgumentOutOfRangeException(name, value, $"A rate must be from 0 to {most}.");
            }
        }
    }
}
