using System.Collections.Immutable;
using System.IO.Compression;
using System.Text.Json;
using Matching.Requests;

namespace Matching.Api.Bookings;

/// <summary>Offers as they are stored: JSON, compressed.</summary>
internal static class Packing
{
    private static readonly JsonSerializerOptions Options = new();

    public static byte[] Pack<T>(T value)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(brotli, value, Options);
        }

        return packed.ToArray();
    }

    public static ImmutableArray<Offer> Offers(byte[] content) => Unpack<ImmutableArray<Offer>>(content);

    public static Offer Offer(byte[] content) => Unpack<Offer>(content);

    private static T Unpack<T>(byte[] content)
    {
        using BrotliStream brotli = new(new MemoryStream(content), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, Options) ?? throw new InvalidDataException("A stored offer is empty.");
    }
}
