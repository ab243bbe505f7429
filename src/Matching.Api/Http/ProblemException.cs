namespace Matching.Api.Http;

/// <summary>Ends a request with a problem; <see cref="ProblemMiddleware"/> writes it.</summary>
/// <param name="problem">What kind.</param>
/// <param name="detail">What happened here, one sentence.</param>
/// <param name="more">Further members of the body, such as <c>faults</c>.</param>
internal sealed class ProblemException(ProblemCode problem, string detail, params (string Name, object? Value)[] more) : Exception(detail)
{
    /// <summary>What kind.</summary>
    public ProblemCode Problem => problem;

    /// <summary>Further members of the body.</summary>
    public IReadOnlyList<(string Name, object? Value)> More => more;

    /// <summary>Nothing of that id is there, or not for this tenant.</summary>
    public static ProblemException NotFound(string what, string id) => new(ProblemCodes.NotFound, $"There is no {what} '{id}'.");

    /// <summary>A value of the request is at fault.</summary>
    public static ProblemException BadRequest(string detail) => new(ProblemCodes.BadRequest, detail);
}
