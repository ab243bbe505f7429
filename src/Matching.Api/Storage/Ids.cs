namespace Matching.Api.Storage;

/// <summary>Ids that people and programs see: a word for the kind and a number nobody can guess, rising with time.</summary>
internal static class Ids
{
    public static string Season() => New("s");

    public static string Plan() => New("p");

    /// <summary>A new id of a kind.</summary>
    public static string New(string kind) => $"{kind}-{Guid.CreateVersion7():N}";
}
