using System.CommandLine;
using Matching.HostLoad;

// The host as brokers meet it: many at once, on one machine, killed now and then; nothing may be lost or promised twice.
Option<string> season = new("--season") { Description = "Season folder or zip.", Required = true };
Option<string> plan = new("--plan") { Description = "Folder or zip of a legal plan of it, which is published.", Required = true };
Option<string?> database = new("--database") { Description = "SQLite file or PostgreSQL connection string; a new SQLite file when absent." };
Option<int> brokers = new("--brokers") { Description = "Brokers at once.", DefaultValueFactory = _ => 64 };
Option<long> operations = new("--operations") { Description = "Operations in all.", DefaultValueFactory = _ => 10_000 };
Option<double> kill = new("--kill-every") { Description = "Seconds after which the host is killed and started again; 0 for never.", DefaultValueFactory = _ => 0 };
Option<long> warmUp = new("--warm-up") { Description = "Operations before times count: a fresh process still compiles.", DefaultValueFactory = _ => 0 };
Option<int> seed = new("--seed") { Description = "Seed of what is asked.", DefaultValueFactory = _ => 1 };
RootCommand command = new("Load on the HTTP host.") { season, plan, database, brokers, operations, warmUp, kill, seed };
command.SetAction((parsed, stop) => LoadRun.RunAsync(
    new LoadOptions(
        parsed.GetValue(season)!, parsed.GetValue(plan)!, parsed.GetValue(database), parsed.GetValue(brokers), parsed.GetValue(operations), parsed.GetValue(warmUp),
        parsed.GetValue(kill), parsed.GetValue(seed)),
    Console.Out, stop));
return await command.Parse(args).InvokeAsync();
