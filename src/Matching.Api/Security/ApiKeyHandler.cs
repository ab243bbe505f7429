using System.Security.Claims;
using System.Text.Encodings.Web;
using Matching.Api.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matching.Api.Security;

/// <summary>Knows callers by <c>X-Api-Key</c>.</summary>
internal sealed class ApiKeyHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder,
    IDbContextFactory<MatchingDb> databases, IMemoryCache cache)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    public const string Header = "X-Api-Key";

    // A key that was removed is refused at the latest after this.
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string hash = ApiKeys.HashOf(Request.Headers[Header].ToString());
        if (!cache.TryGetValue((SchemeName, hash), out ApiKeyRow? key))
        {
            await using MatchingDb db = await databases.CreateDbContextAsync(Context.RequestAborted);
            key = await db.ApiKeys.AsNoTracking().FirstOrDefaultAsync(k => k.Hash == hash, Context.RequestAborted);
            if (key is not null)
            {
                cache.Set((SchemeName, hash), key, KeptFor);
            }
        }

        if (key is null)
        {
            return AuthenticateResult.Fail("The key is unknown.");
        }

        List<Claim> claims =
        [
            new(CallerClaims.Tenant, key.Tenant), new(CallerClaims.Role, key.Role), new(CallerClaims.Subject, $"key {key.Id}"),
            new(CallerClaims.Credential, $"key:{key.Id}"),
        ];
        if (key.BrokerId is { } broker)
        {
            claims.Add(new Claim(CallerClaims.Broker, broker));
        }

        ClaimsIdentity identity = new(claims, SchemeName, CallerClaims.Subject, CallerClaims.Role);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }
}
