using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Matching.Api.Security;

/// <summary>Policies of the routes.</summary>
internal static class Policies
{
    /// <summary>Any role of a tenant.</summary>
    public const string Reader = "reader";

    /// <summary>Planners and administrators.</summary>
    public const string Planner = "planner";

    /// <summary>Planners, administrators, and brokers for themselves.</summary>
    public const string Booker = "booker";

    /// <summary>Everybody but brokers: whole seasons and plans.</summary>
    public const string Overview = "overview";
}

/// <summary>Who may come in, and with what.</summary>
internal static class SecuritySetup
{
    private const string Selector = "Matching";

    /// <summary>Adds bearer tokens, keys and the development door. Tokens are configured under <c>Authentication:Schemes:Bearer</c>.</summary>
    public static void AddMatchingSecurity(this IServiceCollection services)
    {
        services.AddAuthentication(Selector)
            .AddPolicyScheme(Selector, Selector, options => options.ForwardDefaultSelector = SchemeOf)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyHandler>(ApiKeyHandler.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, DevHandler>(DevHandler.SchemeName, null)
            .AddJwtBearer(options =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters.RoleClaimType = CallerClaims.Role;
                options.TokenValidationParameters.NameClaimType = CallerClaims.Subject;
            });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Reader, p => Allow(p, Roles.Planner, Roles.Admin, Roles.Viewer, Roles.Broker))
            .AddPolicy(Policies.Planner, p => Allow(p, Roles.Planner, Roles.Admin))
            .AddPolicy(Policies.Booker, p => Allow(p, Roles.Planner, Roles.Admin, Roles.Broker))
            .AddPolicy(Policies.Overview, p => Allow(p, Roles.Planner, Roles.Admin, Roles.Viewer));
    }

    private static void Allow(AuthorizationPolicyBuilder policy, params string[] roles) =>
        policy.RequireAuthenticatedUser().RequireClaim(CallerClaims.Tenant).RequireClaim(CallerClaims.Role, roles)
            .RequireAssertion(context => !context.User.HasClaim(c => c.Type == CallerClaims.Tenant && c.Value.Length == 0));

    private static string SchemeOf(HttpContext context) =>
        context.Request.Headers.ContainsKey(ApiKeyHandler.Header) ? ApiKeyHandler.SchemeName
        : context.Request.Headers.ContainsKey("Authorization") ? JwtBearerDefaults.AuthenticationScheme
        : DevHandler.SchemeName;
}
