namespace Matching.Planning.Crews;

/// <summary>
/// What every broker's engagements promised when last looked at, by option: an order's index where the crew commutes, plus the
/// number of orders where it lodges. The most of each block of options is kept beside them.
/// </summary>
/// <param name="brokers">How many brokers.</param>
/// <param name="orders">How many orders.</param>
/// <param name="atMost">What an option of a broker can promise at the most, CNY: asked once, before it was ever looked at.</param>
internal sealed class Promises(int brokers, int orders, Func<int, int, double> atMost)
{
    private const int Block = 32;
    private readonly int _half = (orders + Block - 1) / Block * Block;
    private double[] _last = [];
    private double[] _most = [];
    private bool[] _isKnown = [];

    /// <summary>The option that promised the broker most, -1 where none promises anything.</summary>
    public int Most(int broker, bool lodgingOnly)
    {
        Know(broker);
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
        Know(broker);
        int at = (broker * 2 * _half) + (option < orders ? option : option - orders + _half);
        _last[at] = promise;
        Sum(at / Block);
    }

    /// <summary>Everything may promise anything again.</summary>
    public void Forget() => (_last, _most, _isKnown) = ([], [], []);

    private void Know(int broker)
    {
        if (_isKnown.Length == 0)
        {
            _last = new double[brokers * 2 * _half];
            _most = new double[_last.Length / Block];
            _isKnown = new bool[brokers];
        }

        if (_isKnown[broker])
        {
            return;
        }

        _isKnown[broker] = true;
        int row = broker * 2 * _half;
        for (int o = 0; o < orders; o++)
        {
            _last[row + o] = atMost(broker, o);
            _last[row + _half + o] = atMost(broker, orders + o);
        }

        for (int block = row / Block; block < (row / Block) + (2 * _half / Block); block++)
        {
            Sum(block);
        }
    }

    private void Sum(int block)
    {
        double most = 0;
        foreach (double last in _last.AsSpan(block * Block, Block))
        {
            most = Math.Max(most, last);
        }

        _most[block] = most;
    }
}
