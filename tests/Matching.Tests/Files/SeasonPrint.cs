using System.Text.Json;
using System.Text.Json.Serialization;
using Matching.Files.Format;
using Matching.Model;
using Matching.Plans;

namespace Matching.Tests.Files;

/// <summary>Prints all that a season or plan says, so that two can be compared.</summary>
internal static class SeasonPrint
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Converters = { new PlainDecimals() } };

    /// <summary>The season's text.</summary>
    public static string Of(Season season) => JsonSerializer.Serialize(
        new
        {
            season.Name,
            season.Start,
            season.End,
            season.Road,
            season.Transport,
            season.Work,
            season.Costs,
            season.Places,
            season.Travel,
            season.Workers,
            season.HouseholdDuties,
            season.Pairs,
            season.Refusals,
            season.Brokers,
            season.Sites,
            season.Orders,
            season.Demand,
            season.Rounds,
            season.Agreements,
            season.Vehicles,
            season.Absences,
            season.Pins,
        },
        Indented);

    /// <summary>The plan's text.</summary>
    public static string Of(Plan plan) => JsonSerializer.Serialize(plan, Indented);

    // 1.50 and 1.5 are the same amount.
    private sealed class PlainDecimals : JsonConverter<decimal>
    {
        public override decimal Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDecimal();

        public override void Write(Utf8JsonWriter writer, decimal value, JsonSerializerOptions options) => writer.WriteRawValue(PlainNumber.Of(value));
    }
}
