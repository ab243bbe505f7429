namespace Matching.Generating;

/// <summary>Names for invented people, farms and villages. Any likeness to a person or firm is chance.</summary>
internal static class NameTables
{
    // Repeated surnames are the common ones; 马, 海, 杨, 丁, 白, 哈, 纳, 虎 and 锁 are frequent among Ningxia's Hui families.
    private static readonly string[] Surnames =
        [.. "马马马马马马马马马杨杨杨杨李李李王王王张张张海海丁丁白白金金田田罗罗刘陈赵周苏苏何吴冯买买虎锁哈纳咸禹撒安韩黑穆康郭贺石余沙单妥拜洪谢高明兰顾唐朱徐孙".Select(c => c.ToString())];

    private static readonly string[] WomensNames =
    [
        .. Pairs("秀桂玉彩晓凤金小春海文建淑银月雪丽爱素翠学耀", "英兰梅花霞琴玲燕芳珍萍娟"),
        "麦燕", "法图麦", "阿依舍", "索菲", "如梅", "桂香", "英", "兰", "芳", "霞", "梅", "琴", "玲", "燕",
    ];

    private static readonly string[] MensNames =
    [
        .. Pairs("建志耀希生学文国少彦成占进玉存万德金俊全世宗永正", "国明武福军栋华虎龙林贵海才山忠宝"),
        "哈米", "穆沙", "伊斯", "尔沙", "主麻", "小军", "小虎", "军", "龙", "虎", "林", "明", "忠", "贵",
    ];

    private static readonly string[] FarmWords =
    [
        "红果", "沃野", "金穗", "绿源", "丰泽", "润泽", "长河", "塞上", "朝霞", "晨露", "甘泉", "新渠", "西滩", "东滩", "北渠", "南渠", "柳树", "沙枣", "红柳", "白杨",
        "丰收", "兴农", "惠民", "同心渠", "和谐", "富民", "康润", "瑞丰", "盛源", "德源", "金河", "银滩", "青铜", "黄沙窝", "清水", "石坝", "古城", "双井", "三道渠", "四道沟",
        "五里墩", "八里湾", "上滩", "下滩", "大湾", "小湾", "高台", "平原", "河湾", "渠口", "新田", "旧营", "营盘", "塔儿", "枣园", "果香", "杞香", "杞源", "杞红", "杞润",
    ];

    private static readonly string[] FarmKinds = ["枸杞合作社", "枸杞基地", "枸杞园", "枸杞家庭农场", "枸杞庄园"];

    private static readonly string[] EmployerKinds = ["农业发展有限公司", "家庭农场", "农林科技有限公司", "枸杞专业合作社", "枸杞种植有限公司"];

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
    public static string Employer(SeededRandom random, string township, bool goji, HashSet<string> used) =>
        Unused(used, () => Short(township) + random.Pick(FarmWords) + EmployerKinds[random.Next(0, goji ? 4 : 2)], "({0})");

    /// <summary>An invented village's name, different from those used before.</summary>
    public static string Village(SeededRandom random, HashSet<string> used) =>
        Unused(used, () => random.Pick(VillageWords) + "新村", "{0}队");

    /// <summary>A township's name without 镇 or 乡.</summary>
    public static string Short(string township) => township.Length > 2 ? township[..^1] : township;

    private static IEnumerable<string> Pairs(string first, string second) =>
        first.SelectMany(_ => second, (a, b) => $"{a}{b}").Where(n => n[0] != n[1]);

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
