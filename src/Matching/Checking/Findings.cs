using System.Collections.Immutable;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>A sentence in both languages.</summary>
internal readonly record struct Text(string English, string Chinese)
{
    public static Text Of(FormattableString english, FormattableString chinese) =>
        new(FormattableString.Invariant(english), FormattableString.Invariant(chinese));

    /// <summary>A number of things in English: 1 member, 2 members.</summary>
    public static string Count(long number, string thing) =>
        FormattableString.Invariant($"{number} {thing}{(number == 1 ? "" : "s")}");
}

/// <summary>Collects breaches while the rules are gone through, and puts them in their order at the end.</summary>
internal sealed class Findings
{
    private readonly List<Violation> _violations = [];

    public void Add(RuleCode rule, DateOnly? date, Text text, params ImmutableArray<string> ids) =>
        _violations.Add(new Violation(rule, ids, date, text.English, text.Chinese));

    /// <summary>Adds what was found beside this.</summary>
    public void AddAll(Findings others) => _violations.AddRange(others._violations);

    public ImmutableArray<Violation> InOrder()
    {
        _violations.Sort(Compare);
        return [.. _violations];
    }

    /// <summary>The order breaches are reported in: 0 for the same rule, day, ids and words.</summary>
    public static int Compare(Violation a, Violation b)
    {
        int order = a.Rule.CompareTo(b.Rule);
        if (order != 0)
        {
            return order;
        }

        order = Nullable.Compare(a.Date, b.Date);
        if (order != 0)
        {
            return order;
        }

        for (int i = 0; i < Math.Min(a.Ids.Length, b.Ids.Length); i++)
        {
            order = string.CompareOrdinal(a.Ids[i], b.Ids[i]);
            if (order != 0)
            {
                return order;
            }
        }

        order = a.Ids.Length.CompareTo(b.Ids.Length);
        return order != 0 ? order : string.CompareOrdinal(a.Message, b.Message);
    }
}
