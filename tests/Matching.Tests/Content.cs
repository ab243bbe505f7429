using System.Collections;
using System.Reflection;

namespace Matching.Tests;

/// <summary>Compares what objects hold, field by field, whatever their classes.</summary>
internal static class Content
{
    /// <summary>Where two objects of the same type differ, or null. Fields of the named types, and delegates, are left out.</summary>
    public static string? Difference(object? a, object? b, params Type[] leftOut) => Difference(a, b, "", leftOut, new HashSet<(int, int)>(), new Dictionary<object, int>(ReferenceEqualityComparer.Instance));

    private static string? Difference(object? a, object? b, string at, Type[] leftOut, HashSet<(int, int)> seen, Dictionary<object, int> numbers)
    {
        if (a is null || b is null)
        {
            return a is null && b is null ? null : at;
        }

        Type type = a.GetType();
        if (type != b.GetType())
        {
            return at;
        }

        if (type.IsPrimitive || a is string or decimal or Enum)
        {
            return a is double x && b is double y ? Math.Abs(x - y) <= 1e-6 * Math.Max(1, Math.Abs(x)) ? null : $"{at}: {x} and {y}" : a.Equals(b) ? null : $"{at}: {a} and {b}";
        }

        if (a is Delegate || leftOut.Contains(type) || (!type.IsValueType && !seen.Add((NumberOf(a, numbers), NumberOf(b, numbers)))))
        {
            return null;
        }

        if (IsSet(type))
        {
            return ((IEnumerable)a).Cast<object>().ToHashSet().SetEquals(((IEnumerable)b).Cast<object>()) ? null : at;
        }

        if (a is IEnumerable)
        {
            object?[] these = [.. ((IEnumerable)a).Cast<object?>()];
            object?[] those = [.. ((IEnumerable)b).Cast<object?>()];
            return these.Length != those.Length
                ? $"{at}: {these.Length} and {those.Length}"
                : these.Select((item, i) => Difference(item, those[i], $"{at}[{i}]", leftOut, seen, numbers)).FirstOrDefault(d => d is not null);
        }

        return type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(f => Difference(f.GetValue(a), f.GetValue(b), $"{at}.{f.Name}", leftOut, seen, numbers)).FirstOrDefault(d => d is not null);
    }

    private static int NumberOf(object item, Dictionary<object, int> numbers)
    {
        if (!numbers.TryGetValue(item, out int number))
        {
            numbers[item] = number = numbers.Count;
        }

        return number;
    }

    private static bool IsSet(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(HashSet<>);
}
