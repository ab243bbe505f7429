using System.Collections.Immutable;
using System.Globalization;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>
/// Collects the rules that closed candidates: one entry per rule, with the first words and up to a dozen ids. Ask
/// <see cref="Wants"/> before words are made: a request closes thousands of candidates.
/// </summary>
internal sealed class RefusalLog
{
    private const int MostIds = 12;
    private const int MostExplained = 3;
    private readonly Entry?[] _byRule = new Entry?[Enum.GetValues<RuleCode>().Length];
    private readonly bool _silent;
    private int _explained;

    public RefusalLog(bool silent = false) => _silent = silent;

    /// <summary>Whether the rule's entry still takes words; when not, the candidate is counted.</summary>
    public bool Wants(RuleCode rule)
    {
        if (_silent)
        {
            return false;
        }

        if (_byRule[(int)rule] is { Ids.Count: >= MostIds } or { Times: >= 2 * MostIds })
        {
            _byRule[(int)rule]!.Times++;
            return false;
        }

        return true;
    }

    /// <summary>Whether another failed crew should be explained person by person: a few tell enough.</summary>
    public bool WantsPeople() => !_silent && _explained++ < MostExplained;

    public void Close(RuleCode rule, string message, params ReadOnlySpan<string> ids)
    {
        if (_silent)
        {
            return;
        }

        Entry entry = _byRule[(int)rule] ??= new Entry(message);
        foreach (string id in ids)
        {
            if (entry.Ids.Count < MostIds && !entry.Ids.Contains(id))
            {
                entry.Ids.Add(id);
            }
        }

        entry.Times++;
    }

    public ImmutableArray<RuleInTheWay> ToArray()
    {
        var rules = ImmutableArray.CreateBuilder<RuleInTheWay>();
        for (int r = 0; r < _byRule.Length; r++)
        {
            if (_byRule[r] is { } entry)
            {
                string more = entry.Times == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" And {entry.Times - 1} more times.");
                rules.Add(new RuleInTheWay((RuleCode)r, [.. entry.Ids], entry.Message + more));
            }
        }

        return rules.DrainToImmutable();
    }

    private sealed class Entry(string message)
    {
        public List<string> Ids { get; } = [];

        public string Message => message;

        public int Times { get; set; }
    }
}
