using Google.OrTools.LinearSolver;
using Google.OrTools.Sat;
using Constraint = Google.OrTools.LinearSolver.Constraint;
using LinearSolver = Google.OrTools.LinearSolver.Solver;

namespace Matching.Planning.Solver;

/// <summary>
/// A CP-SAT model with its variables in parts (GLOP of OR-Tools): linear rows as they stand, clauses as sums. Its answers are directions, never proofs.
/// </summary>
internal static class LinearRelaxation
{
    /// <summary>Values by index of the model's variables, or null where the solver gave up.</summary>
    /// <param name="model">Linear rows, clauses and at-most-one rows, without conditions on rows other than clauses; an objective to minimize as the model stores it.</param>
    /// <param name="seconds">Most seconds, or null for as long as it takes.</param>
    /// <exception cref="NotSupportedException">The model has another kind of row.</exception>
    public static double[]? Solve(CpModelProto model, double? seconds)
    {
        using LinearSolver solver = LinearSolver.CreateSolver("GLOP");
        Variable[] x = [.. model.Variables.Select(v => solver.MakeNumVar(v.Domain[0], v.Domain[^1], string.Empty))];
        foreach (ConstraintProto row in model.Constraints)
        {
            Add(solver, x, row);
        }

        for (int i = 0; i < model.Objective.Vars.Count; i++)
        {
            AddTerm(solver.Objective(), x[model.Objective.Vars[i]], model.Objective.Coeffs[i]);
        }

        solver.Objective().SetMinimization();
        if (seconds is { } most)
        {
            solver.SetTimeLimit((long)(most * 1000));
        }

        return solver.Solve() == LinearSolver.ResultStatus.OPTIMAL ? [.. x.Select(v => v.SolutionValue())] : null;
    }

    private static void Add(LinearSolver solver, Variable[] x, ConstraintProto row)
    {
        switch (row.ConstraintCase)
        {
            case ConstraintProto.ConstraintOneofCase.Linear when row.EnforcementLiteral.Count == 0:
                Constraint linear = solver.MakeConstraint(Bound(row.Linear.Domain[0]), Bound(row.Linear.Domain[^1]), string.Empty);
                for (int i = 0; i < row.Linear.Vars.Count; i++)
                {
                    AddTerm(linear, x[row.Linear.Vars[i]], row.Linear.Coeffs[i]);
                }

                break;
            case ConstraintProto.ConstraintOneofCase.AtMostOne when row.EnforcementLiteral.Count == 0:
                AddLiterals(solver, x, row.AtMostOne.Literals, double.NegativeInfinity, 1);
                break;
            case ConstraintProto.ConstraintOneofCase.BoolOr:
                // If all conditions hold, one of the literals does: one of them, or of the opposites of the conditions.
                AddLiterals(solver, x, row.BoolOr.Literals.Concat(row.EnforcementLiteral.Select(l => -l - 1)), 1, double.PositiveInfinity);
                break;
            default:
                throw new NotSupportedException($"A row of the kind {row.ConstraintCase} has no linear form here.");
        }
    }

    /// <summary>Least ≤ Σ literals ≤ most, where an index below zero is 1 − the variable.</summary>
    private static void AddLiterals(LinearSolver solver, Variable[] x, IEnumerable<int> literals, double least, double most)
    {
        Constraint row = solver.MakeConstraint(string.Empty);
        int opposites = 0;
        foreach (int literal in literals)
        {
            bool isOpposite = literal < 0;
            opposites += isOpposite ? 1 : 0;
            AddTerm(row, x[isOpposite ? -literal - 1 : literal], isOpposite ? -1 : 1);
        }

        row.SetBounds(least - opposites, most - opposites);
    }

    private static void AddTerm(Constraint row, Variable x, double coefficient) => row.SetCoefficient(x, row.GetCoefficient(x) + coefficient);

    private static void AddTerm(Objective objective, Variable x, double coefficient) => objective.SetCoefficient(x, objective.GetCoefficient(x) + coefficient);

    private static double Bound(long value) => value switch
    {
        long.MinValue => double.NegativeInfinity,
        long.MaxValue => double.PositiveInfinity,
        _ => value,
    };
}
