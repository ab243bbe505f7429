namespace Matching.Planning.Crews;

/// <summary>
/// What every broker's engagements promised when last looked at, by option: an order's index where the crew commutes, plus the
/// number of orders where it lodges. The most of each block of options is kept beside them.
/// </summary>
internal sealed class Promises(int brokers, int orders)
{
    private const int Block = 32;
    private readonly int _half = (orders + Block - 1) / Block * Block;
    private double[] _last = [];
    private double[] _most = [];

    /// <summary>The option that promised the broker most, -1 where none promises anything.</summary>
    public int Most(int broker, bool lodgingOnly)
    {
        if (_last.Length == 0)
        {
            Fill();
        }

        int blocks = _half / Block;
        ReadOnlySpan<double> most = _most.AsSpan(broker * 2 * blocks, 2 * blocks);
        int best = -1;
        for (int i = lodgingOnly ? blocks : 0; i < most.Length; i++)
        {
            if (most[i] > 0 && (best < 0 || most[i] > most[best]))
            {
                best = i;
            }
        }

        if (best < 0)
        {
            return -1;
        }

        int place = (best * Block) + _last.AsSpan(((broker * 2 * blocks) + best) * Block, Block).IndexOf(most[best]);
        return place < _half ? place : place - _half + orders;
    }

    /// <summary>Notes what the option promises now, CNY.</summary>
    public void Set(int broker, int option, double promise)
    {
        int at = (broker * 2 * _half) + (option < orders ? option : option - orders + _half);
        _last[at] = promise;
        int block = at / Block;
        double most = 0;
        foreach (double last in _last.AsSpan(block * Block, Block))
        {
            most = Math.Max(most, last);
        }

        _most[block] = most;
    }

    /// <summary>Everything may promise anything again.</summary>
    public void Forget() => (_last, _most) = ([], []);

    private void Fill()
    {
        _last = new double[brokers * 2 * _half];
        _most = new double[_last.Length / Block];
        for (int half = 0; half < brokers * 2; half++)
        {
            _last.AsSpan(half * _half, orders).Fill(double.PositiveInfinity);
        }

        _most.AsSpan().Fill(orders == 0 ? 0 : double.PositiveInfinity);
    }
}
