using Google.OrTools.Sat;
using Matching.Plans;

namespace Matching.Planning.Exact;

/// <summary>The ten parts of a plan's worth, in the contract's order.</summary>
internal enum WorthPart
{
    RequiredValue,
    TargetValue,
    Vehicles,
    Coaches,
    Brokers,
    Starts,
    Joins,
    OtherBroker,
    Agreements,
    WorkShare,
}

/// <summary>
/// The objective: terms of exact decimals over solver variables. The solver sees whole multiples of 10⁻ᵏ CNY; a coefficient
/// that is none (great-circle kilometres) is rounded to the nearest, and <see cref="Tolerance"/> accounts for all of them.
/// </summary>
internal sealed class ExactMoney
{
    private const int LeastDigits = 7;
    private const int MostDigits = 8;

    /// <summary>Whole numbers up to this are exact as doubles.</summary>
    private const double MostExact = 1L << 53;

    private readonly List<(WorthPart Part, IntVar Variable, decimal Coefficient, int Largest)> _terms = [];
    private decimal _unit = 10_000_000m;

    /// <summary>CNY by which the solver's figure and the exact figure of any plan can differ; 0 when all coefficients are exact.</summary>
    public decimal Tolerance { get; private set; }

    /// <summary>Whether the objective of every plan is a whole number that a double holds exactly; else the model has none.</summary>
    public bool Fits { get; private set; }

    /// <summary>Adds coefficient × variable to a part; costs are negative.</summary>
    /// <param name="part">The part.</param>
    /// <param name="variable">The variable, never negative.</param>
    /// <param name="coefficient">CNY per unit.</param>
    /// <param name="largest">The variable's largest value.</param>
    public void Add(WorthPart part, IntVar variable, decimal coefficient, int largest = 1)
    {
        if (coefficient != 0m)
        {
            _terms.Add((part, variable, coefficient, largest));
        }
    }

    /// <summary>Gives the objective to the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="mostInexact">How many units of variables with inexact coefficients a plan can have at most.</param>
    public void Maximize(CpModel model, long mostInexact)
    {
        int digits = Math.Clamp(_terms.Select(t => (int)t.Coefficient.Scale).Where(s => s <= MostDigits).DefaultIfEmpty(0).Max(), LeastDigits, MostDigits);
        _unit = (decimal)Math.Pow(10, digits);
        Fits = _terms.Sum(t => (double)Math.Abs(t.Coefficient) * t.Largest) * (double)_unit < MostExact;
        if (!Fits)
        {
            return;
        }

        LinearExprBuilder sum = LinearExpr.NewBuilder();
        bool isExact = true;
        foreach ((_, IntVar variable, decimal coefficient, _) in _terms)
        {
            decimal scaled = Math.Round(coefficient * _unit, 0, MidpointRounding.AwayFromZero);
            isExact &= scaled == coefficient * _unit;
            sum.AddTerm(variable, (long)scaled);
        }

        Tolerance = isExact ? 0m : mostInexact * 0.5m / _unit;
        model.Maximize(sum);
    }

    /// <summary>The solver's bound on the objective in CNY: a whole number that the solver gives as a double.</summary>
    public decimal FromSolver(double objective) => (decimal)Math.Round(objective) / _unit;

    /// <summary>The exact parts of the solution, not rounded.</summary>
    public Worth Read(CpSolver solver)
    {
        decimal[] parts = new decimal[10];
        foreach ((WorthPart part, IntVar variable, decimal coefficient, _) in _terms)
        {
            parts[(int)part] += coefficient * solver.Value(variable);
        }

        return new(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6], parts[7], parts[8], parts[9]);
    }

    /// <summary>CNY that rounding the parts to cents can add: half a cent for each part that need not be whole cents.</summary>
    public decimal RoundingRoom => 0.005m * _terms.Where(t => Math.Round(t.Coefficient, 2) != t.Coefficient).Select(t => t.Part).Distinct().Count();
}
