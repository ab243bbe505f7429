using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Matching.Api.Storage;

namespace Matching.Api.Security;

/// <summary>Makes keys for machines. A key has 256 random bits, so a plain hash is enough to keep it.</summary>
internal static class ApiKeys
{
    private const string Prefix = "mk_";
    private const int SecretBytes = 32;

    /// <summary>Makes a key and stores its hash.</summary>
    /// <returns>The key, to be shown once.</returns>
    public static async Task<string> AddAsync(MatchingDb db, string tenant, string role, string? brokerId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string key = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        db.ApiKeys.Add(new ApiKeyRow
        {
            Id = Ids.New("k"),
            Hash = HashOf(key),
            Tenant = tenant,
            Role = role,
            BrokerId = brokerId,
            CreatedAt = now,
        });
        await db.SaveChangesAsync(cancellationToken);
        return key;
    }

    /// <summary>What is stored of a key.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
