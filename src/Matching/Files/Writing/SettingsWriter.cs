using System.Text.Encodings.Web;
using System.Text.Json;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Writing;

/// <summary>Writes <c>season.json</c> with every key spelled out.</summary>
internal static class SettingsWriter
{
    /// <summary>Readable JSON: Chinese as it is, LF on every machine.</summary>
    public static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the settings.</summary>
    public static void Write(Season season, Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            string? group = null;
            json.WriteStartObject();
            foreach ((Column key, string text) in SeasonWriter.Settings(season))
            {
                int dot = key.Name.IndexOf('.', StringComparison.Ordinal);
                string? of = dot < 0 ? null : key.Name[..dot];
                if (of != group)
                {
                    if (group is not null)
                    {
                        json.WriteEndObject();
                    }

                    json.WriteStartObject(of!);
                    group = of;
                }

                json.WritePropertyName(key.Name[(dot + 1)..]);
                if (key.Kind is CellKind.Number or CellKind.Whole)
                {
                    json.WriteRawValue(text);
                }
                else
                {
                    json.WriteStringValue(text);
                }
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        stream.Write("\n"u8);
    }
}
