using Matching.Api.Output;

namespace Matching.Api.Tests;

public class CellWidthTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("crews", 5)]
    [InlineData("班组", 4)]
    [InlineData("净值 (CNY)", 10)]
    [InlineData("，", 2)]
    public void Chinese_takes_two_columns(string text, int width) => Assert.Equal(width, CellWidth.Of(text));

    [Fact]
    public void Columns_of_a_table_line_up_on_the_screen()
    {
        using StringWriter writer = new();
        TextTable table = new(false, true);
        table.Add("班组", "7");
        table.Add("crews", "1,234");

        table.Write(writer);

        string[] lines = writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Equal(CellWidth.Of(lines[0]), CellWidth.Of(lines[1]));
        Assert.EndsWith("    7", lines[0]);
    }

    [Fact]
    public void Wrapped_text_loses_nothing_and_keeps_to_its_width()
    {
        const string Text = "新方案的文件夹：不存在、为空，或是旧方案（将整体替换）。 The folder of the new plan, which must not exist.";

        List<string> lines = [.. CellWidth.Wrap(Text, 20)];

        Assert.All(lines, l => Assert.InRange(CellWidth.Of(l), 1, 22));
        Assert.Equal(Text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
    }
}
