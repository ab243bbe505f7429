using System.Text.RegularExpressions;
using Xunit;

namespace Matching.Tests.Architecture;

/// <summary>
/// The rooms of the library depend on one another in one direction only: files, rules and plans on the model, planning on
/// those, and nothing on planning but the front door.
/// </summary>
public partial class RoomDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Model"] = [],
        ["Plans"] = ["Model"],
        ["Rules"] = ["Model", "Plans"],
        ["Search"] = ["Plans"],
        ["Files"] = ["Model", "Plans"],
        ["Changes"] = ["Model", "Files"],
        ["Generating"] = ["Model", "Plans", "Rules", "Search"],
        ["Checking"] = ["Model", "Plans", "Rules"],
        ["Planning"] = ["Model", "Plans", "Rules", "Search"],
        ["Comparing"] = ["Model", "Plans", "Checking"],
        ["Reporting"] = ["Model", "Plans", "Rules", "Search", "Comparing"],
        ["Repairing"] = ["Model", "Plans", "Rules", "Checking", "Comparing", "Changes", "Planning"],
        ["Stress"] = ["Model", "Plans", "Rules", "Checking"],
        ["Importing"] = ["Model", "Plans", "Rules", "Files", "Checking", "Repairing"],
        ["Scenarios"] = ["Model", "Plans", "Rules", "Checking", "Comparing", "Repairing", "Planning"],
        ["Why"] = ["Model", "Plans", "Rules", "Checking", "Comparing", "Changes", "Repairing", "Planning"],
        ["Requests"] = ["Model", "Plans", "Files", "Rules", "Planning"],

        // The front door.
        [""] = ["Model", "Plans", "Rules", "Search", "Planning"],
    };

    [Fact]
    public void Every_room_is_known()
    {
        IEnumerable<string> rooms = SourceTree.LibraryFiles().Select(f => SourceTree.RoomOf(f.Path)).Distinct();

        Assert.Equal(Allowed.Keys.Order(), rooms.Order());
    }

    [Fact]
    public void Rooms_depend_in_one_direction()
    {
        List<string> breaches =
        [
            .. from file in SourceTree.LibraryFiles()
               let room = SourceTree.RoomOf(file.Path)
               from used in RoomsUsed(file.Text)
               where used != room && !Allowed.GetValueOrDefault(room, []).Contains(used)
               select $"{file.Path} uses {used}",
        ];

        Assert.Empty(breaches);
    }

    [Fact]
    public void Allowed_directions_have_no_circle()
    {
        foreach (string room in Allowed.Keys)
        {
            Assert.DoesNotContain(room, Reached(room));
        }
    }

    [Fact]
    public void The_solver_is_spoken_to_in_the_planner_alone()
    {
        List<string> breaches =
        [
            .. from file in SourceTree.LibraryFiles()
               where file.Text.Contains("Google.OrTools", StringComparison.Ordinal)
               where SourceTree.RoomOf(file.Path) != "Planning"
               select file.Path,
        ];

        Assert.Empty(breaches);
    }

    private static HashSet<string> Reached(string room)
    {
        HashSet<string> seen = [];
        Stack<string> open = new(Allowed[room]);
        while (open.TryPop(out string? next))
        {
            if (seen.Add(next))
            {
                foreach (string further in Allowed[next])
                {
                    open.Push(further);
                }
            }
        }

        return seen;
    }

    // A room is used by a using directive, or by a name that starts with it, whole or relative to Matching.
    private static IEnumerable<string> RoomsUsed(string text) => RoomName().Matches(text)
        .Select(m => m.Groups["room"].Value)
        .Where(Allowed.ContainsKey)
        .Distinct();

    [GeneratedRegex(@"(?:\bMatching\.(?<room>[A-Z][A-Za-z]*)\b)|(?:(?<![\w.])(?<room>Model|Plans|Rules|Search|Files|Changes|Generating|Checking|Planning|Reporting|Comparing|Why|Repairing|Scenarios|Stress|Importing|Requests)\.[A-Z])")]
    private static partial Regex RoomName();
}
