using Matching.Model;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rule H2: pairs that work together, at one site or apart.</summary>
internal sealed class PairCheck(Ledger ledger, Findings findings)
{
    private readonly Season _season = ledger.Index.Season;

    public void Run()
    {
        var seen = new HashSet<(int, int, PairKind)>();
        foreach (WorkerPair pair in ledger.Scope?.Pairs ?? _season.Pairs)
        {
            int a = ledger.Index.Workers[pair.WorkerA];
            int b = ledger.Index.Workers[pair.WorkerB];
            if (seen.Add((Math.Min(a, b), Math.Max(a, b), pair.Kind)))
            {
                CheckPair(pair, a, b);
            }
        }
    }

    private void CheckPair(WorkerPair pair, int a, int b)
    {
        (int rowA, int endA) = ledger.RowsOf(a);
        (int rowB, int endB) = ledger.RowsOf(b);
        while (rowA < endA || rowB < endB)
        {
            int day = Math.Min(
                rowA < endA ? ledger.RowDay[rowA] : int.MaxValue,
                rowB < endB ? ledger.RowDay[rowB] : int.MaxValue);
            int nextA = EndOfDay(rowA, endA, day);
            int nextB = EndOfDay(rowB, endB, day);
            CheckDay(pair, _season.Day(day), ledger.RowCrew.AsSpan(rowA..nextA), ledger.RowCrew.AsSpan(rowB..nextB));
            (rowA, rowB) = (nextA, nextB);
        }
    }

    private int EndOfDay(int row, int end, int day)
    {
        while (row < end && ledger.RowDay[row] == day)
        {
            row++;
        }

        return row;
    }

    // The crews of each of the two on the day, ascending; more than one only where W1 is broken too.
    private void CheckDay(WorkerPair pair, DateOnly date, ReadOnlySpan<int> crewsA, ReadOnlySpan<int> crewsB)
    {
        switch (pair.Kind)
        {
            case PairKind.Together when !crewsA.SequenceEqual(crewsB):
                Report(pair, date, PeopleWording.NotTogether(pair, date, Names(crewsA), Names(crewsB)));
                break;
            case PairKind.SameSite when crewsA.Length > 0 && crewsB.Length > 0:
                CheckSite(pair, date, crewsA, crewsB);
                break;
            case PairKind.Apart:
                foreach (int crew in crewsA)
                {
                    if (crewsB.Contains(crew))
                    {
                        Report(pair, date, PeopleWording.NotApart(pair, date, ledger.Crews[crew]), ledger.Crews[crew].Id.Value);
                    }
                }

                break;
            default:
                break;
        }
    }

    private void CheckSite(WorkerPair pair, DateOnly date, ReadOnlySpan<int> crewsA, ReadOnlySpan<int> crewsB)
    {
        var sites = new SortedSet<string>(StringComparer.Ordinal);
        foreach (int crew in (int[])[.. crewsA, .. crewsB])
        {
            sites.Add(_season.Sites[ledger.CrewSite[crew]].Id.Value);
        }

        if (sites.Count > 1)
        {
            Report(pair, date, PeopleWording.NotAtOneSite(pair, date, string.Join(", ", sites)));
        }
    }

    private void Report(WorkerPair pair, DateOnly date, Text text, params ReadOnlySpan<string> more) =>
        findings.Add(RuleCode.H2, date, text, [pair.WorkerA.Value, pair.WorkerB.Value, .. more]);

    private string Names(ReadOnlySpan<int> crews)
    {
        if (crews.IsEmpty)
        {
            return "–";
        }

        var names = new List<string>();
        foreach (int crew in crews)
        {
            names.Add(ledger.Crews[crew].Id.Value);
        }

        names.Sort(StringComparer.Ordinal);
        return string.Join(", ", names);
    }
}
