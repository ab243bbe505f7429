using System.Text.Json;
using Matching.Files.Format;
using Matching.Model;

namespace Matching.Files.Reading;

/// <summary>A setting as written.</summary>
/// <param name="Type">The JSON type; in a sheet, whatever the setting asks for.</param>
/// <param name="Text">The number's or string's text.</param>
/// <param name="Line">Where it stands.</param>
internal readonly record struct Setting(JsonTokenType? Type, string Text, int? Line);

/// <summary>The settings of a season; the days are null when faulty.</summary>
internal sealed record SeasonSettings(
    string Name, DateOnly? Start, DateOnly? End, RoadSettings Road, TransportSettings Transport, WorkSettings Work, CostSettings Costs)
{
    /// <summary>Whether a day is known to lie outside the season.</summary>
    public bool Excludes(DateOnly day) => day < Start || day > End;
}

/// <summary>Reads the settings from the values of <c>season.json</c> or of the sheet <c>season</c>.</summary>
internal sealed class SettingsReader
{
    /// <summary>The most days of a season.</summary>
    public const int MostDays = 3_660;

    private readonly Dictionary<string, Setting>? _settings;
    private readonly FaultLog _log;

    private SettingsReader(Dictionary<string, Setting>? settings, FaultLog log) => (_settings, _log) = (settings, log);

    /// <summary>Reads all settings; null stands for a file that could not be read at all, which has been reported.</summary>
    public static SeasonSettings Read(Dictionary<string, Setting>? settings, FaultLog log) => new SettingsReader(settings, log).Read();

    private SeasonSettings Read()
    {
        (RoadSettings road, TransportSettings transport, WorkSettings work, CostSettings costs) = (new(), new(), new(), new());
        string name = Text(SettingsFormat.Name) ?? "";
        DateOnly? start = Date(SettingsFormat.Start);
        DateOnly? end = Date(SettingsFormat.End);
        if (start > end)
        {
            Report(SettingsFormat.End, $"a day not before the start {start:yyyy-MM-dd}", FaultCode.FromAfterTo);
            (start, end) = (null, null);
        }
        else if (end?.DayNumber - start?.DayNumber >= MostDays)
        {
            Report(SettingsFormat.End, "a season of at most 3,660 days", FaultCode.SeasonTooLong);
        }

        return new SeasonSettings(
            name,
            start,
            end,
            new RoadSettings
            {
                Detour = Number(SettingsFormat.Detour) ?? road.Detour,
                SpeedKmh = Number(SettingsFormat.SpeedKmh) ?? road.SpeedKmh,
                StopMinutes = Whole(SettingsFormat.StopMinutes) ?? road.StopMinutes,
            },
            new TransportSettings
            {
                MaxRideMinutes = Whole(SettingsFormat.MaxRideMinutes) ?? transport.MaxRideMinutes,
                EarliestDeparture = Time(SettingsFormat.EarliestDeparture) ?? transport.EarliestDeparture,
                MaxDriveMinutesPerDay = Whole(SettingsFormat.MaxDriveMinutesPerDay) ?? transport.MaxDriveMinutesPerDay,
                CoachFarePerKm = Number(SettingsFormat.CoachFarePerKm) ?? transport.CoachFarePerKm,
            },
            new WorkSettings
            {
                MinAge = Whole(SettingsFormat.MinAge) ?? work.MinAge,
                AdultAge = Whole(SettingsFormat.AdultAge) ?? work.AdultAge,
                MaxConsecutiveDays = Whole(SettingsFormat.MaxConsecutiveDays) ?? work.MaxConsecutiveDays,
                MaxHoursPer7Days = Number(SettingsFormat.MaxHoursPer7Days) ?? work.MaxHoursPer7Days,
            },
            new CostSettings
            {
                EngagementStart = Number(SettingsFormat.EngagementStart) ?? costs.EngagementStart,
                MemberJoin = Number(SettingsFormat.MemberJoin) ?? costs.MemberJoin,
                OtherBroker = Number(SettingsFormat.OtherBroker) ?? costs.OtherBroker,
            });
    }

    private string? Text(Column key)
    {
        if (!Take(key, JsonTokenType.String, out Setting setting))
        {
            return null;
        }

        if (setting.Text.Length > CellText.MaxLength)
        {
            Report(key, "at most 32,767 characters", FaultCode.CellTooLong);
        }
        else if (setting.Text.AsSpan().ContainsAny(CellText.Controls))
        {
            Report(key, "text without control characters other than tab and line breaks", FaultCode.ControlCharacter);
        }

        return setting.Text;
    }

    private int? Whole(Column key) =>
        Take(key, JsonTokenType.Number, out Setting setting) ? Checked(key, CellValue.Whole(setting.Text, key)) : null;

    private decimal? Number(Column key) =>
        Take(key, JsonTokenType.Number, out Setting setting) ? Checked(key, CellValue.Number(setting.Text, key)) : null;

    private DateOnly? Date(Column key) =>
        Take(key, JsonTokenType.String, out Setting setting) ? Checked(key, CellValue.Date(setting.Text)) : null;

    private TimeOnly? Time(Column key) =>
        Take(key, JsonTokenType.String, out Setting setting) ? Checked(key, CellValue.Time(setting.Text)) : null;

    private T? Checked<T>(Column key, CellValue<T> value)
        where T : struct
    {
        if (value.Code is null)
        {
            return value.Value;
        }

        Report(key, key.Expected, value.Code);
        return null;
    }

    private bool Take(Column key, JsonTokenType type, out Setting setting)
    {
        setting = default;
        if (_settings is null)
        {
            return false;
        }

        if (_settings.TryGetValue(key.Name, out setting) && setting.Type == JsonTokenType.None)
        {
            // The sheet has reported the cell.
            return false;
        }

        // A null value and an empty cell of the sheet stand for the default.
        bool there = _settings.ContainsKey(key.Name) && setting.Type != JsonTokenType.Null && !(setting.Type is null && setting.Text.Length == 0);
        if (!there)
        {
            if (!key.Optional)
            {
                _log.Add(new Fault(SeasonFormat.SettingsFile, setting.Line, key.Name, null, key.Expected, FaultCode.MissingKey));
            }

            return false;
        }

        if (setting.Type is not null && setting.Type != type)
        {
            Report(key, key.Expected + (type == JsonTokenType.String ? ", as a JSON string" : ", as a JSON number"), FaultCode.WrongType);
            return false;
        }

        return true;
    }

    private void Report(Column key, string expected, string code)
    {
        Setting setting = _settings![key.Name];
        _log.Add(new Fault(SeasonFormat.SettingsFile, setting.Line, key.Name, CellText.Shown(setting.Text), expected, code));
    }
}
