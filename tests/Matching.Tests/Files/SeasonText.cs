using System.Text;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

/// <summary>A small good season as the text of its files; tests change a file and read the folder.</summary>
internal sealed class SeasonText
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    private SeasonText()
    {
    }

    /// <summary>One of everything, without a fault or note.</summary>
    public static SeasonText Good() => new SeasonText()
        .With("season.json", """{"name":"Zhongning goji 2026","start":"2026-06-10","end":"2026-06-20"}""")
        .With("places.csv", """
            place_id,name,kind,parent_id,lat,lon
            C,中宁县,county,,,
            T,红寺堡镇,township,C,37.42,106.06
            V,弘德村,village,T,37.40,106.00
            S,枸杞园,site,C,37.50,105.70
            D,车场,depot,,37.45,105.90
            """)
        .With("travel.csv", "from_id,to_id,minutes,km\nV,S,40,31.5\nS,S,0,0\n")
        .With("workers.csv", """
            worker_id,name,village_id,birth_date,household_id,sex,broker_id,min_daily_wage,max_days,target_days,target_weight,lodging_ok,tags,needs
            W1,马兰花,V,1980-02-29,H1,F,B,120,60,40,2.555,TRUE,driver; first-aid ;,halal-canteen
            W2,Li,V,2008-01-01,,,,,,,,,,
            """)
        .With("worker_skills.csv", "worker_id,skill,level\nW1,picking,5\nW1,pruning,2\nW2,picking,1\n")
        .With("availability.csv", "worker_id,from,to\nW1,2026-06-01,2026-06-15\nW1,2026-06-12,\n")
        .With("households.csv", "household_id,keep_home,from,to,mutual_help_group\nH1,1,2026-06-12,2026-06-13,G\nH1,1,2026-06-14,,\n")
        .With("pairs.csv", "worker_a,worker_b,kind\nW1,W2,same_site\nW1,W2,same_site\n")
        .With("refusals.csv", "worker_id,site_id\nW2,S\n")
        .With("brokers.csv", "broker_id,name,area_id,certificate_until,crew_min,crew_max,daily_fee,available_from,available_to\nB,王经纪,T,2026-12-31,1,30,200.50,,\n")
        .With("sites.csv", "site_id,employer,beds,tags\nS,绿源公司,20,halal-canteen\n")
        .With("orders.csv", """
            order_id,site_id,skill,min_level,daily_wage,start_time,hours,crew_min,crew_max,value_required,value_target,experienced_level,experienced_share,needs,adult_only,lodging
            O,S,picking,1,150,07:30,8.5,1,40,300,180.25,4,0.3,,false,allowed
            """)
        .With("demand.csv", "order_id,date,required,target\nO,2026-06-10,1,2\nO,2026-06-11,0,2\n")
        .With("rounds.csv", "order_id,from,to,worker_days,late_loss\nO,2026-06-08,2026-06-11,3,0.05\n")
        .With("agreements.csv", "agreement_id,supplier_id,buyer_id,from,to,min_days,max_days,penalty\nA,T,绿源公司,2026-06-01,2026-06-30,1,,50\nA2,B,S,,,0,9,1\n")
        .With("vehicles.csv", "vehicle_id,depot_id,seats,cost_per_day,cost_per_km,available_from,available_to\nX,D,33,300,2.345,2026-06-10,\n")
        .With("absences.csv", "kind,id,from,to,reason\nworker,W2,2026-06-18,,wedding\nsite,S,2026-06-20,2026-06-20,\nbroker,B,,2026-06-01,\nvehicle,X,2026-06-19,2026-06-19,\"a, b\"\n")
        .With("pins.csv", "date,broker_id,order_id,worker_id\n2026-06-10,B,O,W1\n");

    /// <summary>The same with a file in place of another.</summary>
    public SeasonText With(string file, string text) => With(file, Encoding.UTF8.GetBytes(text));

    /// <summary>The same with a file in place of another.</summary>
    public SeasonText With(string file, byte[] bytes)
    {
        _files[file] = bytes;
        return this;
    }

    /// <summary>The same without a file.</summary>
    public SeasonText Without(string file)
    {
        _files.Remove(file);
        return this;
    }

    /// <summary>The same with a row more at the end of a file.</summary>
    public SeasonText Plus(string file, string row) => With(file, Text(file).TrimEnd('\n') + "\n" + row + "\n");

    /// <summary>The same with some text of a file replaced.</summary>
    public SeasonText Replacing(string file, string old, string text)
    {
        Assert.Contains(old, Text(file), StringComparison.Ordinal);
        return With(file, Text(file).Replace(old, text, StringComparison.Ordinal));
    }

    /// <summary>The text of a file.</summary>
    public string Text(string file) => Encoding.UTF8.GetString(_files[file]);

    /// <summary>All files.</summary>
    public IEnumerable<KeyValuePair<string, byte[]>> Files => _files;

    /// <summary>Writes the files into a folder.</summary>
    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach ((string name, byte[] bytes) in _files)
        {
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
        }
    }

    /// <summary>Reads the folder.</summary>
    public ReadResult<Season> Read()
    {
        using var folder = new TempFolder();
        WriteTo(folder.Path);
        return SeasonFiles.Read(folder.Path);
    }

    /// <summary>Reads the folder, which has exactly one fault.</summary>
    public Fault OnlyFault() => Assert.Single(Read().Faults);

    /// <summary>Reads the folder and asserts its only fault.</summary>
    public void HasOneFault(string file, int? line, string? column, string code)
    {
        Fault fault = OnlyFault();
        Assert.Equal((file, line, column, code), (fault.File, fault.Line, fault.Column, fault.Code));
    }
}

/// <summary>A folder that is deleted at the end.</summary>
internal sealed class TempFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("matching-").FullName;

    /// <summary>A path inside it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);
}
