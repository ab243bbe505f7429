namespace Matching.Api;

/// <summary>Texts of faults in arguments, input and output places.</summary>
internal static class FaultTexts
{
    public static readonly Text NoCommand = new("No command is given.", "没有写命令。");
    public static readonly Text UnknownCommand = new("Unknown command '{0}'.", "未知命令“{0}”。");
    public static readonly Text UnknownOption = new("Unknown option '{0}'.", "未知选项“{0}”。");
    public static readonly Text UnexpectedArgument = new("Unexpected argument '{0}'.", "多余的参数“{0}”。");
    public static readonly Text Maybe = new("Maybe '{0}'?", "是不是“{0}”？");
    public static readonly Text MissingArgument = new("{0} is missing.", "缺少 {0}。");
    public static readonly Text EmptyArgument = new("{0} is empty.", "{0} 为空。");
    public static readonly Text MissingOption = new("Option '{0}' is missing.", "缺少选项“{0}”。");
    public static readonly Text MissingValue = new("Option '{0}' needs a value.", "选项“{0}”需要一个值。");
    public static readonly Text OptionTwice = new("Option '{0}' is given {1} times; once is enough.", "选项“{0}”写了 {1} 次，只能写一次。");
    public static readonly Text NotNumber = new(
        "Option '{0}': '{1}' is not a number such as 120 or 0.5.", "选项“{0}”：“{1}”不是 120 或 0.5 这样的数。");
    public static readonly Text NotWhole = new("Option '{0}': '{1}' is not a whole number.", "选项“{0}”：“{1}”不是整数。");
    public static readonly Text NotAbove = new("Option '{0}': '{1}' must be more than {2}.", "选项“{0}”：“{1}”必须大于 {2}。");
    public static readonly Text OutOfRange = new(
        "Option '{0}': '{1}' must be from {2} to {3}.", "选项“{0}”：“{1}”必须在 {2} 到 {3} 之间。");
    public static readonly Text NotChoice = new("Option '{0}': '{1}' is not one of {2}.", "选项“{0}”：“{1}”不是 {2} 之一。");
    public static readonly Text NotUrl = new(
        "Option '{0}': '{1}' is not an address such as http://localhost:5080.", "选项“{0}”：“{1}”不是 http://localhost:5080 这样的地址。");
    public static readonly Text NotWorkbook = new("Option '{0}': '{1}' must end in .xlsx.", "选项“{0}”：“{1}”必须以 .xlsx 结尾。");
    public static readonly Text CannotListen = new("Cannot listen on {0}: {1}", "无法监听 {0}：{1}");
    public static readonly Text CannotRead = new("{0}: cannot be read: {1}", "{0}：无法读取：{1}");
    public static readonly Text ChangeRefused = new("{0}, change {1}: expected {2}", "{0}，第 {1} 项更改（从 0 起）：应为 {2}");
    public static readonly Text NoChangeSet = new("{0}: expected {1}", "{0}：应为 {1}");
    public static readonly Text ClusterNeedsPostgres = new("{0} needs a PostgreSQL database", "{0} 需要 PostgreSQL 数据库");
    public static readonly Text NotAddress = new("{0}: '{1}' is no IP address", "{0}：“{1}”不是 IP 地址");
    public static readonly Text CannotOpenDatabase = new("Cannot open the database: {0}", "无法打开数据库：{0}");
    public static readonly Text NotDatabase = new("{0}: neither a path nor a connection string ({1})", "{0}：既不是路径也不是连接字符串（{1}）");
    public static readonly Text DevNotLoopback = new("{0} listens on this machine only, not on {1}", "{0} 只能在本机监听，不能用 {1}");
    public static readonly Text SeeHelp = new("'{0} --help' tells how.", "用“{0} --help”查看用法。");

    public static readonly Text OutputRefused = new("{0}: refused. {1}", "{0}：拒绝写入。{1}");
    public static readonly Text OutputExists = new(
        "It exists and is not empty; name a new place or remove it first.", "它已存在且不为空；请换一个位置，或先删除它。");

    public static readonly Text Comma = new(", ", "，");
    public static readonly Text Colon = new(": ", "：");
    public static readonly Text Expected = new("expected {0}", "应为 {0}");
    public static readonly Text Line = new("line {0}", "第 {0} 行");
    public static readonly Text Column = new("column {0}", "列 {0}");
    public static readonly Text Value = new("value '{0}'", "值“{0}”");
    public static readonly Text FaultCount = new("{0}: {1} fault(s).", "{0}：{1} 处错误。");
    public static readonly Text Note = new("note: {0}", "提示：{0}");

    public static readonly Text Failed = new(
        "The program failed and wrote nothing: {0}: {1}", "程序出错，什么也没有写：{0}：{1}");
}
