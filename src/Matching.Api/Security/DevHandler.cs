using System.Security.Claims;
using System.Text.Encodings.Web;
using Matching.Api.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Matching.Api.Security;

/// <summary>Takes a request without any credential: for an administrator with <c>--dev</c>, for nobody otherwise.</summary>
internal sealed class DevHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ServeOptions host)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Dev";
    public const string Tenant = "dev";

    /// <inheritdoc/>
    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!host.Dev)
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        Claim[] claims =
        [
            new(CallerClaims.Tenant, Tenant), new(CallerClaims.Role, Roles.Admin), new(CallerClaims.Subject, "dev"),
            new(CallerClaims.Credential, "dev"),
        ];
        ClaimsIdentity identity = new(claims, SchemeName, CallerClaims.Subject, CallerClaims.Role);
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }
}
