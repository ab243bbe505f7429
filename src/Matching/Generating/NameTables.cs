namespace Matching.Generating;

/// <summary>Names for invented people, farms and villages. Any likeness to a person or firm is chance.</summary>
internal static class NameTables
{
    // Repeated surnames are the common ones; 马, 海, 杨, 丁, 白, 哈, 纳, 虎 and 锁 are frequent among Ningxia's Hui families.
    private static readonly string[] Surnames =
        [.. "马马马马马马马马马杨杨杨杨李李李王王王张张张海海丁丁白白金金田田罗罗刘陈赵周苏苏何吴冯买买虎锁哈纳咸禹撒安韩黑穆康郭贺石余沙单妥拜洪谢高明兰顾唐朱徐孙".Select(c => c.ToString())];

    private static readonly string[] WomensNames =
    [
        "秀英", "桂兰", "玉梅", "秀兰", "玉兰", "桂花", "彩霞", "小红", "晓燕", "秀花", "玉花", "凤英", "梅花", "金花", "彩琴", "小梅", "春花", "秀梅", "玉琴", "海燕",
        "麦燕", "法图麦", "阿依舍", "索菲", "如梅", "彦花", "耀花", "生花", "志花", "学花", "希花", "英", "兰", "芳", "霞", "梅", "花", "琴", "玲", "燕",
        "文秀", "文霞", "建英", "淑珍", "淑琴", "桂芳", "银花", "风兰", "月英", "月琴", "雪梅", "丽娟", "晓梅", "丽萍", "爱萍", "玉霞", "玉珍", "素芳", "翠花", "翠兰",
    ];

    private static readonly string[] MensNames =
    [
        "建国", "志明", "耀武", "希福", "生福", "学军", "文军", "建军", "国栋", "少华", "彦虎", "彦龙", "成林", "成福", "生贵", "生林", "占福", "占海", "进才", "进福",
        "哈米", "穆沙", "伊斯", "尔沙", "主麻", "小军", "小虎", "志强", "志忠", "正华", "正军", "玉明", "玉宝", "玉海", "军", "龙", "虎", "林", "明", "忠",
        "存林", "存福", "万福", "万军", "德林", "德福", "金虎", "金龙", "俊山", "俊海", "贵", "全福", "全林", "世忠", "世明", "文忠", "文明", "宗林", "宗海", "永福",
    ];

    private static readonly string[] FarmWords =
    [
        "红果", "沃野", "金穗", "绿源", "丰泽", "润泽", "长河", "塞上", "朝霞", "晨露", "甘泉", "新渠", "西滩", "东滩", "北渠", "南渠", "柳树", "沙枣", "红柳", "白杨",
        "丰收", "兴农", "惠民", "同心渠", "和谐", "富民", "康润", "瑞丰", "盛源", "德源", "金河", "银滩", "青铜", "黄沙窝", "清水", "石坝", "古城", "双井", "三道渠", "四道沟",
        "五里墩", "八里湾", "上滩", "下滩", "大湾", "小湾", "高台", "平原", "河湾", "渠口", "新田", "旧营", "营盘", "塔儿", "枣园", "果香", "杞香", "杞源", "杞红", "杞润",
    ];

    private static readonly string[] FarmKinds = ["枸杞合作社", "枸杞基地", "枸杞园", "枸杞家庭农场", "枸杞庄园"];

    private static readonly string[] EmployerKinds = ["枸杞专业合作社", "农业发展有限公司", "枸杞种植有限公司", "家庭农场", "农林科技有限公司"];

    private static readonly string[] VillageWords =
    [
        "新兴", "和平", "幸福", "永新", "安乐", "康庄", "向阳", "东升", "光明", "前进", "胜利", "友谊", "振兴", "兴民", "福源", "春晖", "绿洲", "新源", "泰和", "清泉",
    ];

    /// <summary>A surname.</summary>
    public static string Surname(SeededRandom random) => random.Pick(Surnames);

    /// <summary>A given name.</summary>
    public static string GivenName(SeededRandom random, bool woman) => random.Pick(woman ? WomensNames : MensNames);

    /// <summary>A farm's name in a township, different from those used before.</summary>
    public static string Farm(SeededRandom random, string township, HashSet<string> used) =>
        Unused(used, () => Short(township) + random.Pick(FarmWords) + random.Pick(FarmKinds), "第{0}园");

    /// <summary>An employer's name, different from those used before.</summary>
    public static string Employer(SeededRandom random, string township, HashSet<string> used) =>
        Unused(used, () => Short(township) + random.Pick(FarmWords) + random.Pick(EmployerKinds), "({0})");

    /// <summary>An invented village's name, different from those used before.</summary>
    public static string Village(SeededRandom random, HashSet<string> used) =>
        Unused(used, () => random.Pick(VillageWords) + "新村", "{0}队");

    /// <summary>A township's name without 镇 or 乡.</summary>
    public static string Short(string township) => township.Length > 2 ? township[..^1] : township;

    private static string Unused(HashSet<string> used, Func<string> draw, string numbering)
    {
        string name = draw();
        for (int attempt = 0; attempt < 8; attempt++)
        {
            if (used.Add(name))
            {
                return name;
            }

            name = draw();
        }

        // The table is used up: number the names.
        for (int number = 2; ; number++)
        {
            string numbered = name + string.Format(System.Globalization.CultureInfo.InvariantCulture, numbering, number);
            if (used.Add(numbered))
            {
                return numbered;
            }
        }
    }
}
