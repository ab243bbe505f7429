using Google.OrTools.LinearSolver;

namespace Matching.Planning.Solver;

/// <summary>
/// A linear program max q·x, 0 ≤ x ≤ most, whose rows a·x ≤ c arrive one by one (GLOP of OR-Tools, warm-started between
/// solves). Its answers are directions, never proofs.
/// </summary>
internal sealed class CuttingPlanes : IDisposable
{
    private readonly Google.OrTools.LinearSolver.Solver _solver = Google.OrTools.LinearSolver.Solver.CreateSolver("GLOP");
    private readonly Variable[] _x;

    public CuttingPlanes(ReadOnlySpan<double> weights, double most)
    {
        _x = new Variable[weights.Length];
        _solver.Objective().SetMaximization();
        for (int i = 0; i < _x.Length; i++)
        {
            _x[i] = _solver.MakeNumVar(0, most, string.Empty);
            _solver.Objective().SetCoefficient(_x[i], weights[i]);
        }
    }

    public int Rows => _solver.NumConstraints();

    /// <summary>Adds Σ counts × x ≤ limit.</summary>
    public void Add(ReadOnlySpan<double> counts, double limit)
    {
        Constraint row = _solver.MakeConstraint(double.NegativeInfinity, limit, string.Empty);
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] != 0)
            {
                row.SetCoefficient(_x[i], counts[i]);
            }
        }
    }

    /// <summary>Solves; false when the solver gave up.</summary>
    public bool Solve(Span<double> x)
    {
        if (_solver.Solve() != Google.OrTools.LinearSolver.Solver.ResultStatus.OPTIMAL)
        {
            return false;
        }

        for (int i = 0; i < _x.Length; i++)
        {
            x[i] = Math.Max(0, _x[i].SolutionValue());
        }

        return true;
    }

    public void Dispose() => _solver.Dispose();
}
