using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Matching.Files.Format;
using Matching.Plans;

namespace Matching.Files.Reading;

/// <summary>
/// Reads <c>plan.json</c>. Another program's may say less or more: absent keys have their defaults and unknown ones are ignored,
/// only what cannot be understood is a fault.
/// </summary>
internal sealed class FactsReader
{
    private readonly FaultLog _log;

    private FactsReader(FaultLog log) => _log = log;

    /// <summary>The facts; null when the text is no JSON object or a value is of the wrong type, which is reported.</summary>
    public static PlanFacts? Read(byte[] bytes, FaultLog log)
    {
        ReadOnlyMemory<byte> text = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsMemory(Encoding.UTF8.Preamble.Length) : bytes;
        if (!System.Text.Unicode.Utf8.IsValid(text.Span) || CsvTable.LooksLikeUtf16(bytes))
        {
            log.Add(PlanFormat.FactsFile, "text in UTF-8", FaultCode.NotUtf8);
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return new FactsReader(log).Read(document.RootElement);
        }
        catch (JsonException malformed)
        {
            int? line = malformed.LineNumber is { } zeroBased ? (int)zeroBased + 1 : null;
            log.Add(new Fault(PlanFormat.FactsFile, line, null, null, "well-formed JSON: " + malformed.Message, FaultCode.MalformedJson));
            return null;
        }
    }

    private PlanFacts? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            _log.Add(PlanFormat.FactsFile, "a JSON object", FaultCode.WrongType);
            return null;
        }

        var parts = new Dictionary<string, decimal>(StringComparer.Ordinal);
        if (Find(root, "parts", JsonValueKind.Object) is { } given)
        {
            foreach (string part in new Worth(0, 0, 0, 0, 0, 0, 0, 0, 0, 0).Parts.Select(p => p.Key))
            {
                parts[part] = Number(given, part) ?? 0;
            }
        }

        decimal Part(string name) => parts.GetValueOrDefault(name);
        var worth = new Worth(
            Part("requiredValue"), Part("targetValue"), Part("vehicles"), Part("coaches"), Part("brokers"),
            Part("starts"), Part("joins"), Part("otherBroker"), Part("agreements"), Part("workShare"));
        if (Number(root, "netValue") is { } net && net != worth.NetValue)
        {
            _log.Note($"{PlanFormat.FactsFile}: netValue {PlainNumber.Of(net)} is not the sum of its parts, {PlainNumber.Of(worth.NetValue)}.");
        }

        return new PlanFacts
        {
            Worth = worth,
            UpperBound = Number(root, "upperBound"),
            Gap = Number(root, "gap"),
            Settings = Texts(root, "settings"),
            Seed = Find(root, "seed", JsonValueKind.Number) is { } seed ? Seed(seed) : 0,
            Seconds = (double?)Number(root, "seconds"),
            Versions = Texts(root, "versions"),
        };
    }

    private long Seed(JsonElement value)
    {
        if (value.TryGetInt64(out long seed))
        {
            return seed;
        }

        Report("seed", value, "a whole number");
        return 0;
    }

    private decimal? Number(JsonElement of, string key)
    {
        if (Find(of, key, JsonValueKind.Number) is not { } value)
        {
            return null;
        }

        if (value.TryGetDecimal(out decimal number))
        {
            return number;
        }

        Report(key, value, "a number that can be held");
        return null;
    }

    private ImmutableSortedDictionary<string, string> Texts(JsonElement of, string key)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (Find(of, key, JsonValueKind.Object) is { } group)
        {
            foreach (JsonProperty entry in group.EnumerateObject())
            {
                texts[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString() ?? "" : entry.Value.GetRawText();
            }
        }

        return texts.ToImmutable();
    }

    private JsonElement? Find(JsonElement of, string key, JsonValueKind kind)
    {
        if (!of.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == kind)
        {
            return value;
        }

        Report(key, value, kind == JsonValueKind.Object ? "a JSON object" : "a JSON number");
        return null;
    }

    private void Report(string key, JsonElement value, string expected) =>
        _log.Add(new Fault(PlanFormat.FactsFile, null, key, CellText.Shown(value.GetRawText()), expected, FaultCode.WrongType));
}
