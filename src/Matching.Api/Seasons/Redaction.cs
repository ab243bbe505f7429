using Matching.Model;

namespace Matching.Api.Seasons;

/// <summary>Takes out what not everybody needs to know about people.</summary>
internal static class Redaction
{
    /// <summary>The same season with every worker called by their id.</summary>
    public static Season WithoutNames(Season season) => season with { Workers = [.. season.Workers.Select(w => w with { Name = w.Id.Value })] };
}
