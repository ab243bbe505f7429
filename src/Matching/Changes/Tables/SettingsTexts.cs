using System.Text.Json;
using Matching.Files.Format;
using Matching.Files.Reading;
using Matching.Files.Writing;
using Matching.Model;

namespace Matching.Changes.Tables;

/// <summary>The settings of a season as texts with dotted keys.</summary>
internal sealed class SettingsTexts
{
    private static readonly HashSet<string> Known = SettingsFormat.Keys.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
    private static readonly HashSet<string> Groups = Known.Where(k => k.Contains('.', StringComparison.Ordinal))
        .Select(k => k[..k.IndexOf('.', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);

    private readonly Dictionary<string, int> _changedBy = new(StringComparer.Ordinal);

    private SettingsTexts(Dictionary<string, Setting> values) => Values = values;

    /// <summary>The values by key.</summary>
    public Dictionary<string, Setting> Values { get; }

    /// <summary>The settings of a season.</summary>
    public static SettingsTexts Of(Season season) => new(SeasonWriter.Settings(season).ToDictionary(
        s => s.Key.Name,
        s => new Setting(s.Key.Kind is CellKind.Number or CellKind.Whole ? JsonTokenType.Number : JsonTokenType.String, s.Text, null),
        StringComparer.Ordinal));

    /// <summary>The last change that touched a key, or null.</summary>
    public int? ChangeOf(string key) => _changedBy.TryGetValue(key, out int index) ? index : null;

    /// <summary>Merges an object into the settings.</summary>
    /// <returns>Null, or what was expected.</returns>
    public string? Merge(JsonElement to, int index)
    {
        foreach (JsonProperty member in to.EnumerateObject())
        {
            if (!Groups.Contains(member.Name))
            {
                if (Put(member.Name, member.Value, index) is { } expected)
                {
                    return expected;
                }
            }
            else if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty inner in member.Value.EnumerateObject())
                {
                    if (Put($"{member.Name}.{inner.Name}", inner.Value, index) is { } expected)
                    {
                        return expected;
                    }
                }
            }
            else if (member.Value.ValueKind == JsonValueKind.Null)
            {
                foreach (string key in Known.Where(k => k.StartsWith(member.Name + '.', StringComparison.Ordinal)))
                {
                    Put(key, member.Value, index);
                }
            }
            else
            {
                return $"an object for '{member.Name}'";
            }
        }

        return null;
    }

    private string? Put(string key, JsonElement value, int index)
    {
        if (!Known.Contains(key))
        {
            return $"a key of season.json instead of '{CellText.Shown(key)}': {string.Join(", ", SettingsFormat.Keys.Select(k => k.Name))}";
        }

        (JsonTokenType Type, string Text)? read = value.ValueKind switch
        {
            JsonValueKind.String => (JsonTokenType.String, value.GetString()!),
            JsonValueKind.Number => (JsonTokenType.Number, value.GetRawText()),
            JsonValueKind.Null => (JsonTokenType.Null, ""),
            _ => null,
        };
        if (read is not { } setting)
        {
            return $"a text, a number or null for '{key}'";
        }

        Values[key] = new Setting(setting.Type, setting.Text, null);
        _changedBy[key] = index;
        return null;
    }
}
