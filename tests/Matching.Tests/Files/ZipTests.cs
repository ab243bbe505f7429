using System.IO.Compression;
using Matching.Files;
using Matching.Model;
using Xunit;

namespace Matching.Tests.Files;

public class ZipTests
{
    private static ReadResult<Season> Read(Action<ZipArchive> fill)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            fill(zip);
        }

        stream.Position = 0;
        return SeasonFiles.Read(stream, "upload.zip");
    }

    private static void Add(ZipArchive zip, string name, byte[] bytes)
    {
        using Stream entry = zip.CreateEntry(name).Open();
        entry.Write(bytes);
    }

    private static Action<ZipArchive> Good(string folder = "") => zip =>
    {
        foreach ((string name, byte[] bytes) in SeasonText.Good().Files)
        {
            Add(zip, folder + name, bytes);
        }
    };

    [Theory]
    [InlineData("")]
    [InlineData("season 2026/")]
    [InlineData("./")]
    [InlineData("folder\\")]
    public void The_files_may_lie_at_the_root_or_in_one_top_folder(string folder)
    {
        ReadResult<Season> result = Read(Good(folder));

        Assert.Empty(result.Faults);
        Assert.Empty(result.Notes);
        Assert.Equal(2, result.OrThrow().Workers.Length);
    }

    [Fact]
    public void A_zip_is_known_by_its_content_and_read_from_a_path_or_a_stream_that_cannot_seek()
    {
        using var folder = new TempFolder();
        SeasonFiles.WriteZip(SeasonText.Good().Read().OrThrow(), folder["season.dat"]);

        Assert.Empty(SeasonFiles.Read(folder["season.dat"]).Faults);
        using var forward = new GZipStream(new MemoryStream(Gzipped(File.ReadAllBytes(folder["season.dat"]))), CompressionMode.Decompress);
        Assert.Empty(SeasonFiles.Read(forward, "upload").Faults);
    }

    [Fact]
    public void Strange_entries_are_notes()
    {
        ReadResult<Season> result = Read(zip =>
        {
            Good("a/")(zip);
            Add(zip, "__MACOSX/a/._workers.csv", [1]);
            Add(zip, "a/readme.txt", [1]);
        });

        Assert.Empty(result.Faults);
        Assert.Equal(2, result.Notes.Length);
    }

    [Theory]
    [InlineData("../workers.csv")]
    [InlineData("a/../../x.csv")]
    [InlineData("/etc/x.csv")]
    [InlineData("C:/x.csv")]
    [InlineData("..\\x.csv")]
    public void An_entry_that_climbs_out_is_a_fault(string name)
    {
        Fault fault = Assert.Single(Read(zip =>
        {
            Good()(zip);
            Add(zip, name, [1]);
        }).Faults);

        Assert.Equal((name, FaultCode.EntryClimbsOut), (fault.File, fault.Code));
    }

    [Fact]
    public void A_link_is_a_fault()
    {
        Fault fault = Assert.Single(Read(zip =>
        {
            Good()(zip);
            ZipArchiveEntry link = zip.CreateEntry("link.csv");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
        }).Faults);

        Assert.Equal(("link.csv", FaultCode.EntryClimbsOut), (fault.File, fault.Code));
    }

    [Theory]
    [InlineData("workers.csv")]
    [InlineData("./workers.csv")]
    public void An_entry_that_stands_twice_is_a_fault(string name)
    {
        Fault fault = Assert.Single(Read(zip =>
        {
            Good()(zip);
            Add(zip, name, [1]);
        }).Faults);

        Assert.Equal((name, FaultCode.EntryTwice), (fault.File, fault.Code));
    }

    [Theory]
    [InlineData("workers.csv")]
    [InlineData("notes.txt")]
    public void An_entry_that_inflates_beyond_sane_limits_is_a_fault(string name)
    {
        Fault fault = Assert.Single(Read(zip =>
        {
            foreach ((string file, byte[] bytes) in SeasonText.Good().Files.Where(f => f.Key != name))
            {
                Add(zip, file, bytes);
            }

            Add(zip, name, new byte[8 << 20]);
        }).Faults);

        Assert.Equal((name, FaultCode.TooLarge), (fault.File, fault.Code));
    }

    [Fact]
    public void An_entry_that_lies_about_its_size_does_not_fill_the_memory()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string file, byte[] content) in SeasonText.Good().Files.Where(f => f.Key != "workers.csv"))
            {
                Add(zip, file, content);
            }

            Add(zip, "workers.csv", new byte[64 << 20]);
        }

        // The uncompressed size stands 24 bytes into the central entry, whose name stands 46 bytes into it.
        byte[] bytes = stream.ToArray();
        int name = bytes.AsSpan().LastIndexOf("workers.csv"u8);
        BitConverter.TryWriteBytes(bytes.AsSpan(name - 46 + 24), 100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        ReadResult<Season> result = SeasonFiles.Read(new MemoryStream(bytes), "upload");

        Assert.NotEmpty(result.Faults);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
    }

    [Fact]
    public void Files_in_two_top_folders_are_a_fault()
    {
        Fault fault = Assert.Single(Read(zip =>
        {
            Good("a/")(zip);
            Good("b/")(zip);
        }).Faults);

        Assert.Equal(FaultCode.SeveralFolders, fault.Code);
    }

    [Fact]
    public void An_empty_zip_lacks_the_files() => Assert.All(Read(_ => { }).Faults, f => Assert.Equal(FaultCode.MissingFile, f.Code));

    [Theory]
    [InlineData(new byte[] { }, FaultCode.UnknownContainer)]
    [InlineData(new byte[] { 1, 2, 3, 4, 5 }, FaultCode.UnknownContainer)]
    [InlineData(new byte[] { 0xD0, 0xCF, 0x11, 0xE0, 0, 0 }, FaultCode.UnknownContainer)]
    [InlineData(new byte[] { (byte)'P', (byte)'K', 3, 4, 5, 6, 7, 8 }, FaultCode.DamagedContainer)]
    public void What_is_no_zip_is_one_fault(byte[] bytes, string code) =>
        Assert.Equal(code, Assert.Single(SeasonFiles.Read(new MemoryStream(bytes), "upload").Faults).Code);

    [Fact]
    public void A_damaged_entry_is_a_fault_of_its_file()
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Good()(zip);
        }

        byte[] bytes = stream.ToArray();
        int at = bytes.AsSpan().IndexOf("workers.csv"u8) + "workers.csv".Length;
        bytes.AsSpan(at, 40).Fill(0xFF);

        Assert.Contains(SeasonFiles.Read(new MemoryStream(bytes), "upload").Faults, f => f.File == "workers.csv");
    }

    [Fact]
    public void The_same_season_gives_the_same_zip()
    {
        Season season = SeasonText.Good().Read().OrThrow();
        (var one, var other) = (new MemoryStream(), new MemoryStream());
        SeasonFiles.WriteZip(season, one);
        SeasonFiles.WriteZip(season, other);

        Assert.Equal(one.ToArray(), other.ToArray());
    }

    private static byte[] Gzipped(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }
}
