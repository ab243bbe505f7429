using Matching.Files;

namespace Matching.Api;

/// <summary>What each kind of fault is called in Chinese; English readers find it in the fault's own clause.</summary>
internal static class FaultNames
{
    private static readonly Dictionary<string, string> Chinese = new(StringComparer.Ordinal)
    {
        [FaultCode.NotFound] = "找不到",
        [FaultCode.Unreadable] = "无法读取",
        [FaultCode.MissingFile] = "缺少文件",
        [FaultCode.MissingHeader] = "缺少表头",
        [FaultCode.MissingColumn] = "缺少列",
        [FaultCode.ColumnTwice] = "列重复",
        [FaultCode.CellCount] = "单元格数与表头不符",
        [FaultCode.StrayQuote] = "引号位置不对",
        [FaultCode.UnterminatedQuote] = "引号没有结束，文件可能不完整",
        [FaultCode.ControlCharacter] = "含有控制字符",
        [FaultCode.CellTooLong] = "单元格过长",
        [FaultCode.NotUtf8] = "不是 UTF-8 文本",
        [FaultCode.EmptyCell] = "单元格为空",
        [FaultCode.NotANumber] = "不是数",
        [FaultCode.NotWhole] = "不是整数",
        [FaultCode.OutOfRange] = "超出范围",
        [FaultCode.TooManyDecimals] = "小数位过多",
        [FaultCode.NotADate] = "不是日期",
        [FaultCode.NotATime] = "不是时间",
        [FaultCode.NotATruthValue] = "不是 true 或 false",
        [FaultCode.NotAChoice] = "不是允许的词",
        [FaultCode.UnknownId] = "编号不存在",
        [FaultCode.WrongKind] = "地点类型不对",
        [FaultCode.Duplicate] = "键重复",
        [FaultCode.FromAfterTo] = "起始日晚于结束日",
        [FaultCode.OutsideSeason] = "日期不在采收季内",
        [FaultCode.MinOverMax] = "最小值大于最大值",
        [FaultCode.RequiredAndTarget] = "必需与目标不合",
        [FaultCode.Overlap] = "时间段重叠",
        [FaultCode.Cycle] = "地点上下级成环",
        [FaultCode.NoCoordinates] = "缺少坐标",
        [FaultCode.SameWorker] = "一对里是同一名工人",
        [FaultCode.SelfTravel] = "到自身的路程应为 0",
        [FaultCode.NoSiteRow] = "sites.csv 中没有这个用工点",
        [FaultCode.MalformedJson] = "不是合法的 JSON",
        [FaultCode.KeyTwice] = "键写了两次",
        [FaultCode.WrongType] = "值的类型不对",
        [FaultCode.MissingKey] = "缺少键",
        [FaultCode.SeasonTooLong] = "采收季过长",
        [FaultCode.ExcelError] = "Excel 错误值",
        [FaultCode.UnknownContainer] = "不是文件夹、zip 或 Excel 工作簿",
        [FaultCode.DamagedContainer] = "压缩包或工作簿已损坏",
        [FaultCode.EntryClimbsOut] = "压缩包条目越出压缩包",
        [FaultCode.EntryTwice] = "压缩包条目重复",
        [FaultCode.TooLarge] = "解压后过大",
        [FaultCode.SeveralFolders] = "压缩包内有多个文件夹",
        [FaultCode.StopDiffers] = "同一停靠站的地点或时间不一致",
        [FaultCode.MoreFaults] = "其余错误未列出",
    };

    /// <summary>The name of a kind, or null when it has none yet.</summary>
    public static string? InChinese(string code) => Chinese.GetValueOrDefault(code);
}
