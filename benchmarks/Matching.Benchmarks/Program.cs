using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;

// The project that BenchmarkDotNet builds for a run takes its time on a busy machine.
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly)
    .Run(args, ManualConfig.Create(DefaultConfig.Instance).WithBuildTimeout(TimeSpan.FromMinutes(10)));
