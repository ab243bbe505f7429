using Microsoft.Extensions.Caching.Memory;

namespace Matching.Api.Operations;

/// <summary>Answers about finished plans, kept for a while: a finished plan never changes, and some answers take a while to find.</summary>
internal sealed class AnswerShelf(IMemoryCache cache, InquiryGate gate)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    /// <summary>The answer about a plan, found when it is not there.</summary>
    /// <param name="open">The plan.</param>
    /// <param name="about">What else the question names, the same for the same question.</param>
    /// <param name="find">Finds the answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<T> GetAsync<T>(OpenPlan open, object about, Func<T> find, CancellationToken cancellationToken)
        where T : class
    {
        object key = (typeof(T), open.Row.No, about);
        if (!cache.TryGetValue(key, out T? answer) || answer is null)
        {
            answer = await gate.RunAsync(find, cancellationToken);
            cache.Set(key, answer, KeptFor);
        }

        return answer;
    }
}
