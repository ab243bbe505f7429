using Matching.Api.Bookings;

namespace Matching.Api.Tests.Http;

/// <summary>One look at the database for many who ask.</summary>
public sealed class SharedLookTests
{
    [Fact]
    public async Task Whoever_asks_while_a_look_is_under_way_is_given_the_next_one()
    {
        List<TaskCompletionSource<int>> begun = [];
        using SemaphoreSlim starts = new(0);
        SharedLook<int> look = new(() =>
        {
            TaskCompletionSource<int> one = new(TaskCreationOptions.RunContinuationsAsynchronously);
            begun.Add(one);
            starts.Release();
            return one.Task;
        });

        Task<int> first = look.AskAsync();
        await starts.WaitAsync(TestContext.Current.CancellationToken);
        Task<int>[] later = [look.AskAsync(), look.AskAsync(), look.AskAsync()];
        begun[0].SetResult(1);
        Assert.Equal(1, await first);
        await starts.WaitAsync(TestContext.Current.CancellationToken);
        begun[1].SetResult(2);

        int[] given = await Task.WhenAll(later);
        Assert.Equal([2, 2, 2], given);
        Assert.Equal(2, begun.Count);
    }

    [Fact]
    public async Task A_look_that_fails_is_told_to_those_it_was_for_and_to_nobody_else()
    {
        int looks = 0;
        SharedLook<int> look = new(() => ++looks == 1 ? Task.FromException<int>(new TimeoutException()) : Task.FromResult(looks));

        await Assert.ThrowsAsync<TimeoutException>(look.AskAsync);
        Assert.Equal(2, await look.AskAsync());
    }

    [Fact]
    public async Task Many_who_ask_at_once_see_what_was_written_before_they_asked()
    {
        int written = 0;
        SharedLook<int> look = new(async () =>
        {
            int seen = Volatile.Read(ref written);
            await Task.Yield();
            return seen;
        });

        await Parallel.ForEachAsync(Enumerable.Range(0, 200), TestContext.Current.CancellationToken, async (_, _) =>
        {
            int mine = Interlocked.Increment(ref written);
            Assert.True(await look.AskAsync() >= mine);
        });
    }
}
