using System.Globalization;

namespace Matching.SeasonSuite.Published;

/// <summary>Facilities with capacity and opening cost, customers with demands, costs by facility and customer.</summary>
internal sealed record CrewFormingText(
    IReadOnlyList<(int Capacity, int Opening)> Facilities, IReadOnlyList<int> Demands, IReadOnlyList<IReadOnlyList<int>> Costs)
{
    /// <summary>All numbers in order, apart by white space.</summary>
    public static CrewFormingText Read(string text)
    {
        int[] numbers = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(w => int.Parse(w, CultureInfo.InvariantCulture))];
        int facilities = numbers[0];
        int customers = numbers[1];
        int demands = 2 + (2 * facilities);
        int costs = demands + customers;
        if (numbers.Length < costs + (facilities * customers))
        {
            throw new FormatException($"{facilities} facilities and {customers} customers need {costs + (facilities * customers)} numbers, not {numbers.Length}.");
        }

        return new(
            [.. Enumerable.Range(0, facilities).Select(i => (numbers[2 + (2 * i)], numbers[3 + (2 * i)]))],
            numbers[demands..costs],
            [.. Enumerable.Range(0, facilities).Select(i => (IReadOnlyList<int>)numbers[(costs + (i * customers))..(costs + ((i + 1) * customers))])]);
    }
}
