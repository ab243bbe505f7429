namespace Matching.Requests.State;

/// <summary>
/// An array that is copied page by page when written: a fork shares every page with its origin until it writes there. The
/// origin must not be written to after it was forked; readers need no lock.
/// </summary>
internal sealed class Pages<T>
{
    private const int Bits = 8;
    private const int Mask = (1 << Bits) - 1;
    private readonly T[][] _pages;
    private readonly bool[] _owned;

    public Pages(int length, T value)
    {
        Length = length;
        int count = (length + Mask) >> Bits;
        _pages = new T[count][];
        _owned = new bool[count];
        for (int p = 0; p < count; p++)
        {
            _pages[p] = new T[Math.Min(1 << Bits, length - (p << Bits))];
            Array.Fill(_pages[p], value);
            _owned[p] = true;
        }
    }

    public Pages(ReadOnlySpan<T> values)
    {
        Length = values.Length;
        int count = (Length + Mask) >> Bits;
        _pages = new T[count][];
        _owned = new bool[count];
        for (int p = 0; p < count; p++)
        {
            _pages[p] = values.Slice(p << Bits, Math.Min(1 << Bits, Length - (p << Bits))).ToArray();
            _owned[p] = true;
        }
    }

    private Pages(Pages<T> origin)
    {
        Length = origin.Length;
        _pages = [.. origin._pages];
        _owned = new bool[_pages.Length];
    }

    public int Length { get; }

    public T this[int index]
    {
        get => _pages[index >> Bits][index & Mask];
        set
        {
            int page = index >> Bits;
            if (!_owned[page])
            {
                _pages[page] = [.. _pages[page]];
                _owned[page] = true;
            }

            _pages[page][index & Mask] = value;
        }
    }

    public Pages<T> Fork() => new(this);
}
