namespace Matching.Api.Http;

/// <summary>A kind of error: the stable word a client switches on, the status it comes with, and what it means.</summary>
/// <param name="Code">The stable kebab-case word.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">One sentence, the same for every occurrence.</param>
internal sealed record ProblemCode(string Code, int Status, string Title);
