using System.Diagnostics;
using System.Globalization;
using Matching.Model;
using Matching.Plans;
using Matching.Why;

namespace Matching.SeasonSuite.Operations;

/// <summary>How long the reasons of short order-days take, and how many remedies helped.</summary>
internal static class WhyTimes
{
    public static int Of(Season season, Plan plan, int count, int seed, TextWriter output)
    {
        var random = new Random(seed);
        List<double> seconds = [];
        int remedies = 0;
        for (int i = 0; i < count; i++)
        {
            Shortage shortage = plan.Shortages[random.Next(plan.Shortages.Length)];
            long start = Stopwatch.GetTimestamp();
            OrderAnswer answer = WhyInquiry.AskOrder(season, plan, shortage.Order, shortage.Date);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            remedies += answer.Remedies.Length;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{shortage.Order} {shortage.Date:yyyy-MM-dd}  missing {answer.Missing}, {answer.Blocking.Length} sets of rules, {answer.Remedies.Length} remedies, {seconds[^1]:0.00} s"));
        }

        double first = seconds.FirstOrDefault();
        seconds.Sort();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count} questions, {remedies} remedies: first {first:0.00} s, median {Quantiles.At(seconds, 0.5):0.00}, p90 {Quantiles.At(seconds, 0.9):0.00}, most {Quantiles.At(seconds, 1):0.00}"));
        return 0;
    }
}
