using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Matching.Api.Http;

/// <summary>A part of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">The cursor of the next part; null at the end.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What part of a list is asked for.</summary>
/// <param name="Limit">The most items, 1 to 1,000.</param>
/// <param name="After">The position behind which the part begins; 0 for the start.</param>
internal readonly record struct PageRequest(int Limit, long After);

/// <summary>
/// Reads and makes cursors. A cursor holds a position and is signed together with the list it belongs to (address, filters,
/// tenant), so one of another list is known.
/// </summary>
internal sealed class Cursors(byte[] secret)
{
    private const int DefaultLimit = 100;
    private const int MostLimit = 1_000;
    private const int SignatureBytes = 16;

    /// <summary>Reads <c>limit</c> and <c>cursor</c>.</summary>
    /// <param name="list">What names the list: address, tenant and filters.</param>
    /// <param name="limit">The query's text.</param>
    /// <param name="cursor">The query's text.</param>
    public PageRequest Read(string list, string? limit, string? cursor)
    {
        int most = DefaultLimit;
        if (limit is not null && (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out most) || most is < 1 or > MostLimit))
        {
            throw ProblemException.BadRequest($"'limit' is a whole number from 1 to {MostLimit}.");
        }

        return new PageRequest(most, cursor is null ? 0 : PositionOf(list, cursor));
    }

    /// <summary>The part, given one item more than asked for when there are more.</summary>
    public Page<TItem> Page<TRow, TItem>(string list, PageRequest asked, List<TRow> rows, Func<TRow, long> position, Func<TRow, TItem> item)
    {
        bool more = rows.Count > asked.Limit;
        IEnumerable<TRow> shown = more ? rows.Take(asked.Limit) : rows;
        return new Page<TItem>([.. shown.Select(item)], more ? Write(list, position(rows[asked.Limit - 1])) : null);
    }

    private string Write(string list, long position)
    {
        Span<byte> cursor = stackalloc byte[sizeof(long) + SignatureBytes];
        BitConverter.TryWriteBytes(cursor, position);
        Sign(list, cursor[..sizeof(long)], cursor[sizeof(long)..]);
        return Base64Url.EncodeToString(cursor);
    }

    private long PositionOf(string list, string cursor)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long) + SignatureBytes];
        Span<byte> expected = stackalloc byte[SignatureBytes];
        if (cursor.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out int length) && length == bytes.Length)
        {
            Sign(list, bytes[..sizeof(long)], expected);
            if (CryptographicOperations.FixedTimeEquals(expected, bytes[sizeof(long)..]))
            {
                return BitConverter.ToInt64(bytes);
            }
        }

        throw new ProblemException(ProblemCodes.BadCursor, "The cursor was not given by this list with these filters.");
    }

    private void Sign(string list, ReadOnlySpan<byte> position, Span<byte> signature)
    {
        byte[] name = Encoding.UTF8.GetBytes(list);
        byte[] text = new byte[position.Length + name.Length];
        position.CopyTo(text);
        name.CopyTo(text.AsSpan(position.Length));
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, text, hash);
        hash[..SignatureBytes].CopyTo(signature);
    }
}
