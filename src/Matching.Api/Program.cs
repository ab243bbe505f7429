using Matching.Api;

return await Cli.RunFromConsoleAsync(args);
