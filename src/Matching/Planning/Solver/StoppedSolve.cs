using Google.OrTools.Sat;

namespace Matching.Planning.Solver;

/// <summary>Solving a CP-SAT model until somebody no longer waits for it.</summary>
internal static class StoppedSolve
{
    private static readonly TimeSpan StopEvery = TimeSpan.FromMilliseconds(20);

    /// <summary>Solves; a cancel ends it with what is found so far. A stop before the solver has begun would be lost, so it is asked for again until it is heard.</summary>
    public static CpSolverStatus SolveUntil(this CpSolver solver, CpModel model, CancellationToken cancelled)
    {
        var stop = new Timer(_ =>
        {
            if (cancelled.IsCancellationRequested)
            {
                solver.StopSearch();
            }
        });
        stop.Change(StopEvery, StopEvery);
        try
        {
            return solver.Solve(model);
        }
        finally
        {
            // The solver may be disposed only when no call to it is under way.
            stop.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
