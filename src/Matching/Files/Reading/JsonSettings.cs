using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Matching.Files.Format;

namespace Matching.Files.Reading;

/// <summary>
/// Turns <c>season.json</c> into settings with dotted keys. Read token by token, because a document model would hide keys that
/// stand twice, the lines, and how numbers are spelled.
/// </summary>
internal static class JsonSettings
{
    /// <summary>The settings, or null when the text is not a JSON object.</summary>
    public static Dictionary<string, Setting>? Read(byte[] bytes, FaultLog log)
    {
        ReadOnlySpan<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes;
        if (!Utf8.IsValid(text) || CsvTable.LooksLikeUtf16(bytes))
        {
            log.Add(SeasonFormat.SettingsFile, "text in UTF-8", FaultCode.NotUtf8);
            return null;
        }

        try
        {
            return ReadObject(text, log);
        }
        catch (JsonException malformed)
        {
            int? line = malformed.LineNumber is { } zeroBased ? (int)zeroBased + 1 : null;
            log.Add(new Fault(SeasonFormat.SettingsFile, line, null, null, "well-formed JSON: " + malformed.Message, FaultCode.MalformedJson));
            return null;
        }
    }

    private static Dictionary<string, Setting>? ReadObject(ReadOnlySpan<byte> text, FaultLog log)
    {
        var reader = new Utf8JsonReader(text);
        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        var groups = SettingsFormat.Keys.Where(k => k.Name.Contains('.', StringComparison.Ordinal)).Select(k => k.Name[..k.Name.IndexOf('.', StringComparison.Ordinal)]).ToHashSet(StringComparer.Ordinal);
        var known = SettingsFormat.Keys.Select(k => k.Name).ToHashSet(StringComparer.Ordinal);
        var path = new List<string>();
        var keys = new Stack<HashSet<string>>();
        string key = "";
        bool isObject = false;
        (int counted, int lines) = (0, 1);
        while (reader.Read())
        {
            string dotted = Dotted(path, key);
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    key = Unescaped(ref reader);
                    if (!keys.Peek().Add(key))
                    {
                        log.Add(new Fault(SeasonFormat.SettingsFile, LineOf(ref reader, text), CellText.Shown(Dotted(path, key)), null, "each key once", FaultCode.KeyTwice));
                    }

                    break;
                case JsonTokenType.StartObject:
                    if (keys.Count > 0)
                    {
                        // Known settings that hold an object are of the wrong type; unknown ones are walked for keys twice.
                        TakeValue(ref reader, dotted, text);
                        path.Add(key);
                    }
                    else
                    {
                        isObject = true;
                    }

                    keys.Push(new HashSet<string>(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    keys.Pop();
                    if (path.Count > 0)
                    {
                        path.RemoveAt(path.Count - 1);
                    }

                    break;
                case JsonTokenType.StartArray:
                    if (keys.Count > 0)
                    {
                        TakeValue(ref reader, dotted, text);
                    }

                    reader.Skip();
                    break;
                default:
                    if (keys.Count > 0)
                    {
                        TakeValue(ref reader, dotted, text);
                    }

                    break;
            }
        }

        if (!isObject)
        {
            log.Add(new Fault(SeasonFormat.SettingsFile, 1, null, null, "a JSON object", FaultCode.WrongType));
            return null;
        }

        return settings;

        void TakeValue(ref Utf8JsonReader at, string dotted, ReadOnlySpan<byte> all)
        {
            int line = LineOf(ref at, all);
            bool isGroup = groups.Contains(dotted);
            if (known.Contains(dotted) && !key.Contains('.', StringComparison.Ordinal))
            {
                settings.TryAdd(dotted, new Setting(at.TokenType, Value(ref at), line));
            }
            else if (isGroup && at.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
            {
                log.Add(new Fault(SeasonFormat.SettingsFile, line, dotted, CellText.Shown(Value(ref at)), "a JSON object", FaultCode.WrongType));
            }
            else if (!isGroup && !IsBelowUnknown(dotted))
            {
                log.Note($"{SeasonFormat.SettingsFile}: the key '{CellText.Shown(dotted)}' is unknown and ignored.");
            }
        }

        int LineOf(ref Utf8JsonReader at, ReadOnlySpan<byte> all)
        {
            lines += all[counted..(int)at.TokenStartIndex].Count((byte)'\n');
            counted = (int)at.TokenStartIndex;
            return lines;
        }

        // One note for an unknown object is enough; its members need none.
        bool IsBelowUnknown(string dotted) => path.Count > 0 && !(path.Count == 1 && groups.Contains(path[0]));
    }

    private static string Dotted(List<string> path, string key) => path.Count == 0 ? key : string.Join('.', path) + "." + key;

    private static string Value(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => Unescaped(ref reader),
        JsonTokenType.StartObject => "{…}",
        JsonTokenType.StartArray => "[…]",
        _ => Encoding.UTF8.GetString(reader.ValueSpan),
    };

    private static string Unescaped(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, written as an escape: no text at all.
            throw new JsonException("a \\u escape names half a character");
        }
    }
}
