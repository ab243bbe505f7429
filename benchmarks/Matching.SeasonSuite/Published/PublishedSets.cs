namespace Matching.SeasonSuite.Published;

/// <summary>The public instances measured against, with the best published costs, read from a folder that holds the four sets.</summary>
internal static class PublishedSets
{
    // Bertsimas, Delarue, Martin, PNAS 116 (2019), best of five methods.
    private static readonly (string Name, int Ride2700, int Ride5400)[] SchoolBuses =
    [
        ("RSRB01", 31, 31), ("RSRB02", 29, 26), ("RSRB03", 55, 50), ("RSRB04", 62, 49), ("RSRB05", 100, 91), ("RSRB08", 173, 152),
        ("CSCB01", 33, 30), ("CSCB02", 37, 28), ("CSCB04", 69, 48), ("CSCB08", 186, 136),
    ];

    // 12th DIMACS challenge (2022), best of seven solvers.
    private static readonly (string Path, decimal Best)[] SplitDelivery =
    [
        ("SET-4/eil51.sd", 521), ("SET-4/eilB101.sd", 1_059), ("SET-2/S51D2.sd", 703), ("SET-2/S51D5.sd", 1_328), ("SET-2/S76D3.sd", 1_418),
        ("SET-2/S101D3.sd", 1_854), ("SET-2/S101D5.sd", 2_758), ("SET-3/p02_1090.cri", 2_284), ("SET-3/p03_3070.cri", 2_956),
        ("SET-3/p04_1050.cri", 2_808), ("SET-3/p10_3070.cri", 5_320), ("SET-1/SD10.txt", 268_473), ("SET-1/SD14.txt", 1_071_550),
        ("SET-1/SD21.txt", 1_127_095),
    ];

    // Yang, Chu, Chen, EJOR 221 (2012): optimal.
    private static readonly (string Name, decimal Best)[] CrewForming =
    [
        ("p1", 30_181), ("p2", 28_923), ("p3", 28_131), ("p4", 28_152), ("p5", 27_646), ("p6", 27_977), ("p7", 29_704), ("p8", 27_993),
        ("p9", 27_691), ("p10", 29_195),
    ];

    // Best known, CVRPLIB; null: the value that stands in the file.
    private static readonly (string Name, decimal? Best)[] Routing =
    [
        ("CMT1", 524.61m), ("CMT2", 835.26m), ("CMT3", 826.14m), ("CMT4", 1_028.42m), ("CMT5", 1_291.29m), ("CMT11", 1_042.11m), ("CMT12", 819.56m),
        .. Enumerable.Range(9, 12).Select(i => (FormattableString.Invariant($"Golden_{i}"), (decimal?)null)),
    ];

    /// <summary>The instances of the sets whose folders are there, those named only when names are given.</summary>
    public static IEnumerable<PublishedInstance> In(string folder, IReadOnlyCollection<string> names)
    {
        bool Wanted(string name) => names.Count == 0
            || names.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase) || name.StartsWith(n + " ", StringComparison.OrdinalIgnoreCase));

        foreach ((string path, decimal best) in SplitDelivery)
        {
            string file = Path.Combine(folder, "sdvrp", path);
            string name = Path.GetFileNameWithoutExtension(path);
            if (File.Exists(file) && (Wanted(name) || names.Contains("sdvrp")))
            {
                yield return RoutingSeason.Of(name, "sdvrp", RoutingText.ReadSplitDelivery(File.ReadAllText(file)), best, rounded: true);
            }
        }

        foreach ((string name, decimal? best) in Routing)
        {
            string file = Path.Combine(folder, "cvrp", name + ".vrp");
            if (File.Exists(file) && (Wanted(name) || names.Contains("cvrp")))
            {
                yield return RoutingSeason.Of(name, "cvrp", RoutingText.ReadCvrplib(File.ReadAllText(file)), best, rounded: false);
            }
        }

        foreach ((string name, int ride, int best) in SchoolBuses.SelectMany(b => new[] { (b.Name, 2700, b.Ride2700), (b.Name, 5400, b.Ride5400) }))
        {
            string at = Path.Combine(folder, "sbrp", name);
            if (Directory.Exists(at) && (Wanted(FormattableString.Invariant($"{name} {ride} s")) || names.Contains("sbrp")))
            {
                SchoolBusText text = SchoolBusText.Read(File.ReadAllText(Path.Combine(at, "Schools.txt")), File.ReadAllText(Path.Combine(at, "Stops.txt")));
                yield return SchoolBusSeason.Of(name, text, ride, best);
            }
        }

        foreach ((string name, decimal best) in CrewForming)
        {
            string file = Path.Combine(folder, "sscflp", name);
            if (File.Exists(file) && (Wanted(name) || names.Contains("sscflp")))
            {
                yield return CrewFormingSeason.Of(name, CrewFormingText.Read(File.ReadAllText(file)), best);
            }
        }
    }
}
