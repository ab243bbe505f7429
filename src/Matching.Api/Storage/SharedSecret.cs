using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Storage;

/// <summary>Secrets that all nodes share and that outlive restarts; made at the first start.</summary>
internal static class SharedSecret
{
    private const int Bytes = 32;

    /// <summary>The secret of a purpose.</summary>
    public static async Task<byte[]> GetAsync(DatabaseTarget database, string purpose, CancellationToken cancellationToken)
    {
        string name = $"secret.{purpose}";
        await using (MatchingDb db = database.Open())
        {
            if (await db.Settings.FirstOrDefaultAsync(s => s.Name == name, cancellationToken) is { } known)
            {
                return Convert.FromBase64String(known.Value);
            }

            db.Settings.Add(new SettingRow { Name = name, Value = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes)) });
            try
            {
                await db.SaveChangesAsync(cancellationToken);
            }
            catch (DbUpdateException e) when (DatabaseErrors.IsTaken(e))
            {
                // Another node was first; its secret is read below.
            }
        }

        await using MatchingDb again = database.Open();
        return Convert.FromBase64String((await again.Settings.FirstAsync(s => s.Name == name, cancellationToken)).Value);
    }
}
