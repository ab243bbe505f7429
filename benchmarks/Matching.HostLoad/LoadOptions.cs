namespace Matching.HostLoad;

/// <summary>What a run does.</summary>
/// <param name="Season">Path of the season.</param>
/// <param name="Plan">Path of the plan that is published.</param>
/// <param name="Database">Where the host stores; null for a new SQLite file.</param>
/// <param name="Brokers">Brokers at once.</param>
/// <param name="Operations">Operations in all.</param>
/// <param name="WarmUp">Operations before times count.</param>
/// <param name="KillEvery">Seconds between kills of the host; 0 for none.</param>
/// <param name="Seed">Seed of what is asked.</param>
internal sealed record LoadOptions(string Season, string Plan, string? Database, int Brokers, long Operations, long WarmUp, double KillEvery, int Seed);
