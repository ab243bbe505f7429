using System.Collections.Immutable;
using System.Globalization;
using Matching.Rules;

namespace Matching.Requests.Building;

/// <summary>Collects the rules that closed candidates: one entry per rule, with the first words and up to a dozen ids.</summary>
internal sealed class RefusalLog
{
    private const int MostIds = 12;
    private readonly SortedDictionary<RuleCode, (List<string> Ids, string Message, int Times)> _byRule = [];

    public void Close(RuleCode rule, string message, params ReadOnlySpan<string> ids)
    {
        if (!_byRule.TryGetValue(rule, out (List<string> Ids, string Message, int Times) entry))
        {
            entry = ([], message, 0);
        }

        foreach (string id in ids)
        {
            if (entry.Ids.Count < MostIds && !entry.Ids.Contains(id))
            {
                entry.Ids.Add(id);
            }
        }

        _byRule[rule] = entry with { Times = entry.Times + 1 };
    }

    public bool Has(RuleCode rule) => _byRule.ContainsKey(rule);

    public ImmutableArray<RuleInTheWay> ToArray() =>
    [
        .. _byRule.Select(e => new RuleInTheWay(
            e.Key, [.. e.Value.Ids],
            e.Value.Times == 1 ? e.Value.Message
                : string.Create(CultureInfo.InvariantCulture, $"{e.Value.Message} So for {e.Value.Times - 1} more."))),
    ];
}
