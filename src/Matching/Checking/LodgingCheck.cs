using Matching.Model;
using Matching.Plans;
using Matching.Rules;

namespace Matching.Checking;

/// <summary>Rule C4: the mode of each crew, who lodges, that a stay is not broken off, and beds.</summary>
internal sealed class LodgingCheck(Ledger ledger, Findings findings)
{
    private readonly SeasonIndex _index = ledger.Index;
    private readonly Season _season = ledger.Index.Season;

    public void Run()
    {
        for (int number = 0; number < ledger.Crews.Length; number++)
        {
            Crew crew = ledger.Crews[number];
            Order order = _season.Orders[ledger.CrewOrder[number]];
            if (!CrewRules.AllowsMode(order, crew.Mode))
            {
                findings.Add(RuleCode.C4, crew.From, CrewWording.WrongMode(crew, order), crew.Id.Value, order.Id.Value);
            }

            if (crew.Mode == CrewMode.Lodge)
            {
                CheckMembers(number, crew);
            }
        }

        var staysAt = new List<Membership>?[_season.Sites.Length];
        foreach (Membership part in ledger.Memberships)
        {
            if (ledger.Crews[part.Crew].Mode == CrewMode.Lodge)
            {
                CheckStay(part);
                (staysAt[ledger.CrewSite[part.Crew]] ??= []).Add(part);
            }
        }

        for (int site = 0; site < staysAt.Length; site++)
        {
            if (staysAt[site] is { } stays)
            {
                CheckBeds(_season.Sites[site], stays);
            }
        }
    }

    private void CheckMembers(int number, Crew crew)
    {
        for (int i = ledger.CrewStart[number]; i < ledger.CrewStart[number + 1]; i++)
        {
            Worker worker = _season.Workers[ledger.RowWorker[ledger.ByCrew[i]]];
            if (!worker.LodgingOk)
            {
                DateOnly date = _season.Day(ledger.RowDay[ledger.ByCrew[i]]);
                findings.Add(RuleCode.C4, date, CrewWording.WillNotLodge(worker, crew, date), worker.Id.Value, crew.Id.Value);
            }
        }
    }

    // On the first and the last day itself another crew would break W1, not the stay.
    private void CheckStay(Membership stay)
    {
        (int start, int end) = ledger.RowsOf(stay.Worker);
        for (int row = start; row < end; row++)
        {
            int day = ledger.RowDay[row];
            if (day > stay.First && day < stay.Last && ledger.RowCrew[row] != stay.Crew)
            {
                Worker worker = _season.Workers[stay.Worker];
                Crew other = ledger.Crews[ledger.RowCrew[row]];
                Crew lodging = ledger.Crews[stay.Crew];
                DateOnly date = _season.Day(day);
                Text text = CrewWording.LeavesStay(worker, other, lodging, date, _season.Day(stay.First), _season.Day(stay.Last));
                findings.Add(RuleCode.C4, date, text, worker.Id.Value, other.Id.Value, lodging.Id.Value);
            }
        }
    }

    private void CheckBeds(Site site, List<Membership> stays)
    {
        int[] change = new int[_index.Days + 1];
        foreach (Membership stay in stays)
        {
            change[stay.First]++;
            change[stay.Last + 1]--;
        }

        int staying = 0;
        for (int day = 0; day < _index.Days; day++)
        {
            staying += change[day];
            if (staying > site.Beds)
            {
                DateOnly date = _season.Day(day);
                string[] crews = [.. stays.Where(s => s.First <= day && day <= s.Last)
                    .Select(s => ledger.Crews[s.Crew].Id.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                findings.Add(RuleCode.C4, date, CrewWording.TooFewBeds(site, date, staying), [site.Id.Value, .. crews]);
            }
        }
    }
}
