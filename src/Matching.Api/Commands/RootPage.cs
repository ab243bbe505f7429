using System.CommandLine;
using System.CommandLine.Help;

namespace Matching.Api.Commands;

/// <summary>The program as a whole: its commands and the options that go with all of them.</summary>
internal sealed class RootPage : RootCommand
{
    public RootPage(CliHost host)
        : base(host.In(HelpTexts.Root))
    {
        Directives.Clear();
        Help = Options.OfType<HelpOption>().Single();
        Help.Description = host.In(HelpTexts.Help);
        Version = Options.OfType<VersionOption>().Single();
        Version.Description = host.In(HelpTexts.Version);
        Language = new ValueOption("--lang", "zh|en", host.In(HelpTexts.Language)) { Recursive = true };
        Options.Add(Language);

        Add(new PlanCommand(host));
        Add(new CheckCommand(host));
        Add(new ValidateCommand(host));
        Add(new GenerateCommand(host));
        Add(new TemplateCommand(host));
        Add(new ConvertCommand(host));
        Add(new ApplyCommand(host));
        Add(new DiffCommand(host));
        Add(new TryCommand(host));
        Add(new RepairCommand(host));
        Add(new WhyCommand(host));
        Add(new WhatIfCommand(host));
        Add(new ImportCommand(host));
        Add(new ShortagesCommand(host));
        Add(new PricesCommand(host));
        Add(new StressCommand(host));
        Add(new ServeCommand(host));
        Add(new KeyCommand(host));
        Add(new RunJobCommand(host));
    }

    /// <summary><c>--help</c>, good for every command.</summary>
    public HelpOption Help { get; }

    /// <summary><c>--version</c>.</summary>
    public VersionOption Version { get; }

    /// <summary><c>--lang</c>, good for every command.</summary>
    public ValueOption Language { get; }
}
