using System.Diagnostics;
using System.Globalization;
using Matching.Client;
using Matching.Model;

namespace Matching.HostLoad;

/// <summary>One broker at the telephone: asks, holds, confirms or lets go, and sometimes gives a booking back.</summary>
internal sealed class BrokerLife(MatchingClient client, string seasonId, Season season, Ledger ledger, int seed)
{
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(100);
    private readonly Random _random = new(seed);
    private readonly List<string> _own = [];
    private int _holds;

    /// <summary>Lives until the ledger has so many operations.</summary>
    public async Task LiveAsync(long operations, CancellationToken stop)
    {
        while (ledger.Operations < operations && !stop.IsCancellationRequested)
        {
            if (_own.Count > 0 && _random.Next(12) == 0)
            {
                await GiveBackAsync(stop);
            }

            OfferAnswer? answer = await DoAsync("ask", () => client.AskAsync(seasonId, Draw(), cancellationToken: stop), stop);
            if (answer is { Offers.Count: > 0 })
            {
                await TakeAsync(answer.Offers[_random.Next(answer.Offers.Count)], stop);
            }
        }
    }

    private async Task TakeAsync(OfferItem offer, CancellationToken stop)
    {
        string key = string.Create(CultureInfo.InvariantCulture, $"load-{seed}-{_holds++}");
        HoldInfo? hold = await DoAsync("hold", () => client.HoldAsync(offer.OfferId, 5, key, stop), stop);
        if (hold is null)
        {
            return;
        }

        switch (_random.Next(10))
        {
            case < 6:
                BookingInfo? booking = await DoAsync("confirm", () => client.ConfirmAsync(hold.HoldId, stop), stop);
                if (booking is not null)
                {
                    _own.Add(booking.BookingId);
                    if (!ledger.Booked.TryAdd(booking.BookingId, booking.CrewId))
                    {
                        ledger.Twice.Enqueue(booking.BookingId);
                    }
                }

                break;
            case < 9:
                await DoAsync("release", () => Nothing(client.ReleaseHoldAsync(hold.HoldId, stop)), stop);
                break;
            default:
                // Forgotten: it ends by itself.
                break;
        }
    }

    private async Task GiveBackAsync(CancellationToken stop)
    {
        string booking = _own[^1];
        _own.RemoveAt(_own.Count - 1);
        // Whether the host had done it when it was killed is not known: it is no longer counted as promised to us.
        ledger.Booked.TryRemove(booking, out _);
        await DoAsync("give back", () => Nothing(client.ReleaseBookingAsync(booking, stop)), stop);
    }

    private BrokerAsks Draw()
    {
        DateOnly from = season.Day(_random.Next(season.DayCount));
        DateOnly to = from.AddDays(_random.Next(1, 10));
        to = to > season.End ? season.End : to;
        Broker broker = season.Brokers[_random.Next(season.Brokers.Length)];
        return _random.Next(10) switch
        {
            < 5 => BrokerAsks.Work(broker.Id.Value, from, to, _random.Next(5, 40)),
            < 9 => BrokerAsks.Crew(season.Orders[_random.Next(season.Orders.Length)].Id.Value, from, to, _random.Next(5, 40)),
            _ => BrokerAsks.People(broker.Id.Value, [.. Enumerable.Range(0, 12).Select(_ => season.Workers[_random.Next(season.Workers.Length)].Id.Value).Distinct()], from, to),
        };
    }

    /// <summary>Does it until it is answered, also across a kill; null when it is refused.</summary>
    private async Task<T?> DoAsync<T>(string what, Func<Task<T>> ask, CancellationToken stop)
        where T : class
    {
        bool isCut = false;
        while (true)
        {
            long began = Stopwatch.GetTimestamp();
            try
            {
                T answer = await ask();
                ledger.Note(what, isCut ? null : Stopwatch.GetElapsedTime(began).TotalMilliseconds, "done");
                return answer;
            }
            catch (ApiProblemException refused)
            {
                ledger.Note(what, isCut ? null : Stopwatch.GetElapsedTime(began).TotalMilliseconds, $"{refused.Status} {refused.Code}");
                return null;
            }
            catch (Exception cut) when (cut is HttpRequestException or IOException)
            {
                // The host was killed; the same is asked of its next life.
                isCut = true;
                await Task.Delay(Wait, stop);
            }
        }
    }

    private static async Task<object> Nothing(Task task)
    {
        await task;
        return new object();
    }
}
