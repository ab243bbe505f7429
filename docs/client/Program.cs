// Plans the demo season on a server and prints what came out: dotnet run --project docs/client -- http://localhost:5080 [KEY]
using Matching.Client;

using HttpClient http = new() { BaseAddress = new Uri(args.Length > 0 ? args[0] : "http://localhost:5080") };
MatchingClient client = new(http, args.Length > 1 ? args[1] : null);

try
{
    SeasonInfo season = await client.CreateDemoSeasonAsync("zhongning-small");
    PlanInfo plan = await client.CreatePlanAsync(season.Id, new PlanOrder(Seconds: 5));
    await foreach (PlanEvent told in client.FollowPlanAsync(plan.Id))
    {
        Console.WriteLine(told.State ?? $"{told.Progress!.Stage}: {told.Progress.NetValue:N2} CNY, gap {told.Progress.Gap:P2}");
    }

    plan = await client.GetPlanAsync(plan.Id);
    Console.WriteLine($"{plan.State}: {plan.NetValue:N2} CNY, at most {plan.UpperBound:N2}");
    await foreach (CrewItem crew in client.ListCrewsAsync(plan.Id))
    {
        Console.WriteLine($"{crew.CrewId}: {crew.BrokerId} at {crew.OrderId}, {crew.From:yyyy-MM-dd} to {crew.To:yyyy-MM-dd}, {crew.Mode}");
    }

    return 0;
}
catch (ApiProblemException refused)
{
    Console.Error.WriteLine($"{refused.Status} {refused.Code}: {refused.Message}");
    return 1;
}
