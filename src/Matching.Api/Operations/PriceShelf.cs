using Matching.Scenarios;
using Microsoft.Extensions.Caching.Memory;

namespace Matching.Api.Operations;

/// <summary>Price lists that were made, kept for a while: a finished plan never changes, and its list takes a while to make.</summary>
internal sealed class PriceShelf(IMemoryCache cache, InquiryGate gate)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    /// <summary>The price list around a plan.</summary>
    public async Task<PriceList> GetAsync(OpenPlan open, CancellationToken cancellationToken)
    {
        object key = (typeof(PriceList), open.Row.No);
        if (!cache.TryGetValue(key, out PriceList? prices) || prices is null)
        {
            prices = await gate.RunAsync(() => Pricer.Price(open.Season, open.Plan, null, cancellationToken), cancellationToken);
            cache.Set(key, prices, KeptFor);
        }

        return prices;
    }
}
