using System.Globalization;

namespace Matching.Files.Reading;

/// <summary>How far a zip may inflate. A season of 100,000 workers inflates to some 50 MiB, CSV packs 5 to 40 times.</summary>
internal static class ZipLimits
{
    /// <summary>The most bytes of all entries together.</summary>
    public const long MostBytes = 256L << 20;

    /// <summary>The most times an entry may grow, once it is large enough to matter.</summary>
    public const int MostRatio = 250;

    /// <summary>The most entries.</summary>
    public const int MostEntries = 10_000;

    private const long SmallBytes = 4L << 20;

    /// <summary>Whether an entry inflates beyond sane limits.</summary>
    public static bool IsBeyond(long inflated, long packed) =>
        inflated > MostBytes || (inflated > SmallBytes && inflated / MostRatio > packed);
}

/// <summary>Reads at most so many bytes of a stream, whatever its headers say.</summary>
internal sealed class LimitedStream(Stream inner, long limit) : Stream
{
    private long _read;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _read;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int got = inner.Read(buffer);
        _read += got;
        return _read <= limit ? got : throw new TooLargeException(string.Create(CultureInfo.InvariantCulture, $"content of at most {ZipLimits.MostBytes >> 20} MiB"));
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
