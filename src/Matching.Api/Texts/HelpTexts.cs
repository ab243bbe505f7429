namespace Matching.Api;

/// <summary>Texts of the help pages.</summary>
internal static class HelpTexts
{
    public static readonly Text Root = new(
        "Plans who works where on every day of a harvest season, checks plans and reads seasons.",
        "为整个采收季安排每天谁到哪里干活；也能检查方案、读取采收季数据。");

    public static readonly Text Usage = new("Usage", "用法");
    public static readonly Text Commands = new("Commands", "命令");
    public static readonly Text Arguments = new("Arguments", "参数");
    public static readonly Text Options = new("Options", "选项");
    public static readonly Text ExitCodes = new("Exit codes", "退出码");
    public static readonly Text Required = new("required", "必填");
    public static readonly Text Default = new("default", "默认");
    public static readonly Text More = new(
        "'matching COMMAND --help' tells more about a command.", "用“matching 命令 --help”查看某个命令的详细说明。");

    public static readonly Text ExitDone = new("done", "完成");
    public static readonly Text ExitIllegal = new("the plan breaks rules (check)", "方案违反规则（check）");
    public static readonly Text ExitBadInput = new(
        "faults in the input, the arguments or the output place; nothing is written", "输入、参数或输出位置有错，什么也不写");
    public static readonly Text ExitCancelled = new("cancelled; the best plan so far is written", "已取消，写出目前最好的方案");
    public static readonly Text ExitFailed = new("the program failed", "程序出错");

    public static readonly Text Help = new("Shows this page.", "显示本页。");
    public static readonly Text Version = new("Shows the version.", "显示版本。");
    public static readonly Text Language = new(
        "Language of all texts: zh or en. Without it LC_ALL, LC_MESSAGES and LANG decide.",
        "文字语言：zh 或 en；不写时由 LC_ALL、LC_MESSAGES、LANG 决定。");
    public static readonly Text Json = new("Prints one JSON document instead of tables.", "只输出一个 JSON 文档，不输出表格。");
    public static readonly Text Season = new(
        "The season: a folder, a .zip of it, or an .xlsx workbook.", "采收季：文件夹、其 .zip 压缩包或 .xlsx 工作簿。");
    public static readonly Text Plan = new("The plan: a folder or a .zip of it.", "方案：文件夹或其 .zip 压缩包。");

    public static readonly Text PlanCommand = new(
        "Plans a season and writes the plan folder.", "安排一个采收季，写出方案文件夹。");
    public static readonly Text PlanOut = new(
        "Folder of the new plan. It must not exist, be empty, or hold an earlier plan, which is replaced.",
        "新方案的文件夹：不存在、为空，或是旧方案（将整体替换）。");
    public static readonly Text Seconds = new("Seconds for the whole run, more than 0.", "整个运行的秒数，大于 0。");
    public static readonly Text Seed = new("Seed of every random choice.", "所有随机选择的种子。");
    public static readonly Text Threads = new("Threads to use, at least 1.", "使用的线程数，至少 1。");
    public static readonly Text AllProcessors = new("all processors", "全部处理器");
    public static readonly Text Reproducible = new(
        "Stops on an amount of work instead of the clock: same season, options and seed, same plan to the byte.",
        "按工作量而不按时钟停止：采收季、选项和种子相同，方案逐字节相同。");

    public static readonly Text UntilFlat = new(
        "Stops before the limit once the plan has gained less than 0.1 % of its worth over the last half of the time used.",
        "方案在已用时间的后一半里增值不到 0.1 % 时，提前停止。");

    public static readonly Text CheckCommand = new(
        "Checks a plan against its season: every broken rule, and the worth.", "对照采收季检查方案：列出每一处违规，并计算净值。");
    public static readonly Text ValidateCommand = new(
        "Reads a season and reports every fault.", "读取采收季，报告每一处错误。");

    public static readonly Text GenerateCommand = new(
        "Draws a season around Hongsibu and Zhongning.", "生成一个红寺堡与中宁一带的采收季。");
    public static readonly Text GenerateOut = new(
        "Where the season goes: a folder, a .zip or an .xlsx by its ending. It must not exist or be empty.",
        "采收季写到哪里：按结尾为文件夹、.zip 或 .xlsx；须不存在或为空。");
    public static readonly Text Workers = new("Number of workers, 1 to 1,000,000.", "工人数，1 到 1,000,000。");
    public static readonly Text Villages = new("Number of villages.", "村庄数。");
    public static readonly Text Brokers = new("Number of brokers.", "经纪人数。");
    public static readonly Text Sites = new("Number of sites.", "用工点数。");
    public static readonly Text Orders = new("Number of orders.", "用工订单数。");
    public static readonly Text Days = new("Number of season days, 1 to 3660.", "采收季天数，1 到 3660。");
    public static readonly Text Vehicles = new("Number of vehicles.", "车辆数。");
    public static readonly Text Profile = new("Kind of season: {0}.", "采收季类型：{0}。");
    public static readonly Text FromWorkers = new("scaled from the workers", "按工人数推算");

    public static readonly Text TemplateCommand = new(
        "Writes an empty workbook to fill in by hand.", "写出一个供手工填写的空白工作簿。");
    public static readonly Text TemplateOut = new("The .xlsx file. It must not exist.", "要写的 .xlsx 文件，须不存在。");

    public static readonly Text ConvertCommand = new(
        "Turns a season into a folder, a .zip or a workbook.", "把采收季转换为文件夹、.zip 或工作簿。");

    public static readonly Text ApplyCommand = new(
        "Applies a change set to a season and writes the changed season.", "对采收季执行一组更改，写出更改后的采收季。");
    public static readonly Text Changes = new("The change set: a JSON array of changes.", "一组更改：JSON 数组。");

    public static readonly Text ServeCommand = new(
        "Serves the HTTP API: seasons, plans, requests of brokers.", "启动 HTTP 服务：采收季、方案、经纪人的请求。");
    public static readonly Text Urls = new(
        "Addresses to listen on, separated by semicolons.", "监听地址，用分号隔开。");
    public static readonly Text Database = new(
        "Where to store: the path of a SQLite file, created when absent, or a PostgreSQL connection string. Without it MATCHING_DATABASE decides.",
        "数据存放处：SQLite 文件路径（不存在则创建）或 PostgreSQL 连接字符串；不写时由 MATCHING_DATABASE 决定。");
    public static readonly Text Dev = new(
        "For development: listens on this machine only and takes a request without credentials as an administrator's.",
        "开发用：只在本机监听，没有凭证的请求按管理员处理。");

    public static readonly Text Cluster = new(
        "One of several nodes that find each other through the PostgreSQL database.", "多个节点之一，经由 PostgreSQL 数据库互相发现。");
    public static readonly Text NodeAddress = new(
        "The IP address at which the other nodes reach this one.", "其他节点访问本节点所用的 IP 地址。");

    public static readonly Text RunJobCommand = new("Works on a job for a host.", "为服务执行一个任务。");
    public static readonly Text RunJobFolder = new("The job's folder.", "任务文件夹。");

    public static readonly Text KeyCommand = new("Makes an API key and prints it once.", "生成一个 API 密钥，只显示一次。");
    public static readonly Text KeyDeed = new("The word add.", "固定写 add。");
    public static readonly Text KeyTenant = new("The county the key is for.", "密钥所属的县。");
    public static readonly Text KeyRole = new("What the key may do.", "密钥的角色。");
    public static readonly Text KeyBroker = new("The broker the key is for; needed for the role broker.", "密钥对应的经纪人编号；角色为 broker 时必填。");
}
