using System.Collections.Immutable;
using Matching.Model;

namespace Matching.Requests;

/// <summary>What a broker asks: an engagement that could be added to the published plan. One of the three kinds below.</summary>
/// <param name="From">First day of the window; an offer lies within it.</param>
/// <param name="To">Last day of the window.</param>
public abstract record BrokerRequest(DateOnly From, DateOnly To)
{
    /// <summary>The kind by its name in the contract: <c>crew</c>, <c>work</c> or <c>people</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Everything that makes the request unanswerable; empty when it can be answered.</summary>
    /// <param name="season">The season it is asked of.</param>
    public ImmutableArray<RequestFault> Faults(Season season)
    {
        ArgumentNullException.ThrowIfNull(season);
        var faults = ImmutableArray.CreateBuilder<RequestFault>();
        if (From > To)
        {
            faults.Add(new("from", false, $"The window ends on {To:yyyy-MM-dd}, before it begins on {From:yyyy-MM-dd}."));
        }

        AddFaults(season, faults);
        return faults.DrainToImmutable();
    }

    /// <summary>Adds the faults of the kind's own fields.</summary>
    private protected abstract void AddFaults(Season season, ImmutableArray<RequestFault>.Builder faults);

    private protected static void CheckWorkers(int workers, ImmutableArray<RequestFault>.Builder faults)
    {
        if (workers < 1)
        {
            faults.Add(new("workers", false, $"A crew has at least 1 member, not {workers}."));
        }
    }

    private protected static void CheckBroker(Season season, BrokerId broker, ImmutableArray<RequestFault>.Builder faults)
    {
        if (!season.BrokerById.ContainsKey(broker))
        {
            faults.Add(new("brokerId", true, $"The season has no broker {broker}."));
        }
    }
}

/// <summary>"30 people of level 2 for this order in this window": who could bring them?</summary>
/// <param name="Order">The order.</param>
/// <param name="From">First day of the window.</param>
/// <param name="To">Last day of the window.</param>
/// <param name="Workers">Most members on a day, at least 1.</param>
/// <param name="MinLevel">Least level 1..5 in the order's skill, beyond what the order asks; null for none.</param>
/// <param name="Broker">Who leads, or null for any broker.</param>
public sealed record CrewRequest(OrderId Order, DateOnly From, DateOnly To, int Workers, int? MinLevel = null, BrokerId? Broker = null)
    : BrokerRequest(From, To)
{
    /// <inheritdoc/>
    public override string Kind => "crew";

    private protected override void AddFaults(Season season, ImmutableArray<RequestFault>.Builder faults)
    {
        CheckWorkers(Workers, faults);
        if (MinLevel is < 1 or > 5)
        {
            faults.Add(new("minLevel", false, $"Levels are 1 to 5, not {MinLevel}."));
        }

        if (!season.OrderById.ContainsKey(Order))
        {
            faults.Add(new("orderId", true, $"The season has no order {Order}."));
        }

        if (Broker is { } broker)
        {
            CheckBroker(season, broker, faults);
        }
    }
}

/// <summary>"My crew is free in this window: where to?" The broker's area gives the members.</summary>
/// <param name="Broker">Who leads.</param>
/// <param name="From">First day of the window.</param>
/// <param name="To">Last day of the window.</param>
/// <param name="Workers">Most members on a day, at least 1.</param>
public sealed record WorkRequest(BrokerId Broker, DateOnly From, DateOnly To, int Workers) : BrokerRequest(From, To)
{
    /// <inheritdoc/>
    public override string Kind => "work";

    private protected override void AddFaults(Season season, ImmutableArray<RequestFault>.Builder faults)
    {
        CheckWorkers(Workers, faults);
        CheckBroker(season, Broker, faults);
    }
}

/// <summary>"These people of mine are free in this window: where to?" Members are among the named.</summary>
/// <param name="Broker">Who leads.</param>
/// <param name="Workers">The people, at least one; repeated names count once.</param>
/// <param name="From">First day of the window.</param>
/// <param name="To">Last day of the window.</param>
public sealed record PeopleRequest(BrokerId Broker, ImmutableArray<WorkerId> Workers, DateOnly From, DateOnly To) : BrokerRequest(From, To)
{
    /// <inheritdoc/>
    public override string Kind => "people";

    /// <inheritdoc/>
    public bool Equals(PeopleRequest? other) =>
        other is not null && Broker == other.Broker && From == other.From && To == other.To && Workers.SequenceEqual(other.Workers);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Broker, From, To, Workers.IsDefaultOrEmpty ? 0 : Workers.Length);

    private protected override void AddFaults(Season season, ImmutableArray<RequestFault>.Builder faults)
    {
        if (Workers.IsDefaultOrEmpty)
        {
            faults.Add(new("workerIds", false, "At least one worker is named."));
            return;
        }

        CheckBroker(season, Broker, faults);
        foreach (WorkerId worker in Workers)
        {
            if (worker.Value is null || !season.WorkerById.ContainsKey(worker))
            {
                faults.Add(new("workerIds", true, $"The season has no worker {worker}."));
            }
        }
    }
}

/// <summary>Why a request cannot be answered at all.</summary>
/// <param name="Field">The field by its name in the contract.</param>
/// <param name="IsUnknownId">Whether it names something the season does not have; else its value is bad.</param>
/// <param name="Message">One English sentence.</param>
public sealed record RequestFault(string Field, bool IsUnknownId, string Message);
