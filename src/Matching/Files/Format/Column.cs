using System.Globalization;

namespace Matching.Files.Format;

/// <summary>What the cells of a column hold.</summary>
internal enum CellKind
{
    /// <summary>Free text.</summary>
    Text,

    /// <summary>An opaque id or another word that recurs, such as a skill; kept once in memory.</summary>
    Id,

    /// <summary>A whole number, written without a point.</summary>
    Whole,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary>An ISO 8601 day.</summary>
    Date,

    /// <summary>A time HH:mm.</summary>
    Time,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>Items separated by <c>;</c>.</summary>
    List,

    /// <summary>One of <see cref="Column.Choices"/>.</summary>
    Choice,
}

/// <summary>A column of a file, described once: reading, checking, the template's comments and drop-downs all follow it.</summary>
/// <param name="Name">The name in the header.</param>
/// <param name="Kind">What its cells hold.</param>
/// <param name="Zh">Meaning and unit in Chinese.</param>
/// <param name="En">Meaning and unit in English.</param>
internal sealed record Column(string Name, CellKind Kind, string Zh, string En)
{
    /// <summary>Whether the column may be absent (written <c>?</c>); it may then be empty as well.</summary>
    public bool Optional { get; init; }

    /// <summary>Whether a cell may be empty though the column must be there: the open bound of a window.</summary>
    public bool MayBeEmpty { get; init; }

    /// <summary>Least number allowed, or null.</summary>
    public decimal? Min { get; init; }

    /// <summary>Whether <see cref="Min"/> itself is too little.</summary>
    public bool AboveMin { get; init; }

    /// <summary>Greatest number allowed, or null.</summary>
    public decimal? Max { get; init; }

    /// <summary>Whether it is an amount of money: at most two decimals.</summary>
    public bool Money { get; init; }

    /// <summary>The words allowed, for <see cref="CellKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a good cell looks like, one English clause.</summary>
    public string Expected => Kind switch
    {
        CellKind.Whole => "a whole number" + RangeEn,
        CellKind.Number when Money => "an amount of money with at most two decimals" + RangeEn,
        CellKind.Number => "a number" + RangeEn,
        CellKind.Date => "a day written yyyy-MM-dd",
        CellKind.Time => "a time written HH:mm",
        CellKind.Flag => "true or false",
        CellKind.Choice => "one of " + string.Join(", ", Choices),
        CellKind.List => "items separated by ;",
        _ => "text",
    };

    /// <summary>The same in Chinese.</summary>
    public string ExpectedZh => Kind switch
    {
        CellKind.Whole => "整数" + RangeZh,
        CellKind.Number when Money => "金额（元），最多两位小数" + RangeZh,
        CellKind.Number => "数字" + RangeZh,
        CellKind.Date => "日期 yyyy-MM-dd",
        CellKind.Time => "时间 HH:mm",
        CellKind.Flag => "true 或 false",
        CellKind.Choice => "取值：" + string.Join("、", Choices),
        CellKind.List => "多项用英文分号 ; 隔开",
        _ => "文本",
    };

    private string RangeEn => (Min, Max) switch
    {
        ({ } min, { } max) when AboveMin => $" above {Plain(min)} and at most {Plain(max)}",
        ({ } min, { } max) => $" from {Plain(min)} to {Plain(max)}",
        ({ } min, null) => AboveMin ? $" above {Plain(min)}" : $", at least {Plain(min)}",
        _ => "",
    };

    private string RangeZh => (Min, Max) switch
    {
        ({ } min, { } max) when AboveMin => $"，大于 {Plain(min)} 且不超过 {Plain(max)}",
        ({ } min, { } max) => $"，{Plain(min)} 到 {Plain(max)}",
        ({ } min, null) => AboveMin ? $"，大于 {Plain(min)}" : $"，不小于 {Plain(min)}",
        _ => "",
    };

    /// <summary>Whether a number lies in the column's range.</summary>
    public bool Allows(decimal value) =>
        (Min is not { } min || (AboveMin ? value > min : value >= min)) && (Max is not { } max || value <= max);

    /// <summary>Free text.</summary>
    public static Column Text(string name, string zh, string en) => new(name, CellKind.Text, zh, en);

    /// <summary>An id or a recurring word.</summary>
    public static Column Id(string name, string zh, string en) => new(name, CellKind.Id, zh, en);

    /// <summary>A whole number in a range; not negative unless said.</summary>
    public static Column Whole(string name, string zh, string en, int min = 0, int? max = null) =>
        new(name, CellKind.Whole, zh, en) { Min = min, Max = max };

    /// <summary>A decimal number in a range; not negative unless said.</summary>
    public static Column Number(string name, string zh, string en, decimal min = 0, decimal? max = null) =>
        new(name, CellKind.Number, zh, en) { Min = min, Max = max };

    /// <summary>An amount of money, not negative.</summary>
    public static Column Amount(string name, string zh, string en) =>
        new(name, CellKind.Number, zh, en) { Min = 0, Money = true };

    /// <summary>A day.</summary>
    public static Column Date(string name, string zh, string en) => new(name, CellKind.Date, zh, en);

    /// <summary>A bound of a window: the column must be there, an empty cell leaves that side open.</summary>
    public static Column Bound(string name, string zh, string en) => new(name, CellKind.Date, zh, en) { MayBeEmpty = true };

    /// <summary>A time of day.</summary>
    public static Column Time(string name, string zh, string en) => new(name, CellKind.Time, zh, en);

    /// <summary>A truth value, false when absent.</summary>
    public static Column Flag(string name, string zh, string en) => new(name, CellKind.Flag, zh, en) { Optional = true, Choices = ["true", "false"] };

    /// <summary>A list, empty when absent.</summary>
    public static Column List(string name, string zh, string en) => new(name, CellKind.List, zh, en) { Optional = true };

    /// <summary>One of some words.</summary>
    public static Column Choice(string name, string zh, string en, params string[] choices) =>
        new(name, CellKind.Choice, zh, en) { Choices = choices };

    /// <summary>The same column, allowed to be absent or empty.</summary>
    public Column Maybe() => this with { Optional = true };

    private static string Plain(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
