using FsCheck.Xunit;
using Matching.Files.Reading;
using Xunit;

namespace Matching.Tests.Files;

public class ExcelTextTests
{
    [Theory]
    [InlineData("46183", "2026-06-10")]
    [InlineData("0.1875", "04:30")]
    [InlineData("0", "00:00")]
    [InlineData("46183.5", "2026-06-10T12:00")]
    [InlineData("0.18751", "04:30:01")]
    [InlineData("59", "1900-02-28")]
    [InlineData("61", "1900-03-01")]
    [InlineData("1", "1900-01-01")]
    [InlineData("-1", "-1")]
    [InlineData("1E9", "1E9")]
    public void Serial_numbers_are_days_and_times(string stored, string expected) => Assert.Equal(expected, ExcelText.DateText(stored, from1904: false));

    [Fact]
    public void The_calendar_of_old_Macs_counts_from_1904() => Assert.Equal("2026-06-10", ExcelText.DateText("44721", from1904: true));

    [Fact]
    public void Every_minute_of_the_day_comes_back()
    {
        for (int minute = 0; minute < 1440; minute++)
        {
            string stored = (TimeSpan.FromMinutes(minute) / TimeSpan.FromDays(1)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(new TimeOnly(minute / 60, minute % 60).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture), ExcelText.DateText(stored, from1904: false));
        }
    }

    [Theory]
    [InlineData("yyyy\\-mm\\-dd", true)]
    [InlineData("yyyy\"年\"m\"月\"d\"日\"", true)]
    [InlineData("[$-804]aaaa;@", false)]
    [InlineData("[h]:mm", true)]
    [InlineData("hh:mm", true)]
    [InlineData("0.00", false)]
    [InlineData("General", false)]
    [InlineData("[Red]#,##0.00\"days\"", false)]
    [InlineData("\\d0", false)]
    [InlineData("@", false)]
    public void Date_formats_are_told_from_others(string format, bool isDate) => Assert.Equal(isDate, ExcelText.IsDateFormat(format));

    [Theory]
    [InlineData("0.1", "0.1")]
    [InlineData("1.1000000000000001", "1.1")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("1E-7", "0.0000001")]
    [InlineData("1E+30", "1E+30")]
    [InlineData("5.0", "5.0")]
    public void Numbers_are_those_Excel_shows(string stored, string expected) => Assert.Equal(expected, ExcelText.NumberText(stored));

    [Theory]
    [InlineData("a\rb", "a_x000D_b")]
    [InlineData("_x000D_", "_x005F_x000D_")]
    [InlineData("_x", "_x")]
    [InlineData("\uFFFF", "_xFFFF_")]
    public void What_XML_cannot_hold_is_escaped(string text, string encoded) => Assert.Equal(encoded, ExcelText.Encode(text));

    [Property]
    public void Escapes_come_back(string? text) => Assert.Equal(text ?? "", ExcelText.Decode(ExcelText.Encode(text ?? "")));

    [Property]
    public void Text_full_of_escapes_comes_back(bool[] parts)
    {
        string text = string.Concat(parts.Select(p => p ? "_x000D_" : "_x005F"));
        Assert.Equal(text, ExcelText.Decode(ExcelText.Encode(text)));
    }
}
