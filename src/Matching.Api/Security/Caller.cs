using System.Security.Claims;

namespace Matching.Api.Security;

/// <summary>What a credential may be for.</summary>
internal static class Roles
{
    public const string Planner = "planner";
    public const string Broker = "broker";
    public const string Viewer = "viewer";
    public const string Admin = "admin";

    /// <summary>All roles.</summary>
    public static IReadOnlyList<string> All { get; } = [Planner, Broker, Viewer, Admin];
}

/// <summary>Names of claims, the same in tokens and for keys.</summary>
internal static class CallerClaims
{
    public const string Tenant = "tenant";
    public const string Role = "role";
    public const string Broker = "broker_id";
    public const string Subject = "sub";

    /// <summary>What tells credentials apart: for idempotency and rate limits.</summary>
    public const string Credential = "credential";
}

/// <summary>Who asks.</summary>
/// <param name="Tenant">The county.</param>
/// <param name="Roles">What for.</param>
/// <param name="BrokerId">The broker they are, or null.</param>
/// <param name="Name">Who, for the log; never a secret.</param>
/// <param name="Credential">What tells the credential apart; never a secret.</param>
internal sealed record Caller(string Tenant, IReadOnlySet<string> Roles, string? BrokerId, string Name, string Credential)
{
    /// <summary>Whether the caller may plan.</summary>
    public bool IsPlanner => Roles.Contains(Security.Roles.Planner) || Roles.Contains(Security.Roles.Admin);

    /// <summary>Whether workers' names are for them.</summary>
    public bool SeesNames => IsPlanner;

    /// <summary>The broker whose people and crews are all they see; null when they see everybody's.</summary>
    public string? OnlyBroker => IsPlanner || Roles.Contains(Security.Roles.Viewer) ? null : BrokerId ?? "";

    /// <summary>Reads the caller from an authenticated request.</summary>
    public static Caller Of(HttpContext context) => Of(context.User);

    /// <summary>Reads the caller from an authenticated user.</summary>
    public static Caller Of(ClaimsPrincipal user)
    {
        string tenant = user.FindFirstValue(CallerClaims.Tenant) ?? "";
        string subject = user.FindFirstValue(CallerClaims.Subject) ?? "";
        return new Caller(
            tenant,
            user.FindAll(CallerClaims.Role).Select(c => c.Value).ToHashSet(StringComparer.Ordinal),
            user.FindFirstValue(CallerClaims.Broker),
            subject,
            user.FindFirstValue(CallerClaims.Credential) ?? $"jwt:{tenant}:{subject}");
    }
}
