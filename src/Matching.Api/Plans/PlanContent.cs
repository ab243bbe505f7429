using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;
using Matching.Api.Http;
using Matching.Api.Storage;
using Matching.Model;
using Matching.Plans;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Matching.Api.Plans;

/// <summary>
/// Writes a finished plan's rows: crews, workers, worker-days, trips, shortages. Worker-days go in batches, each a transaction of
/// its own, so that a season's million does not keep others from writing; they are seen only once the plan's state says done.
/// </summary>
internal sealed class PlanContent(IDbContextFactory<MatchingDb> databases)
{
    private const int BatchRows = 20_000;

    /// <summary>Removes what an earlier attempt left and writes everything.</summary>
    public async Task WriteAsync(long planNo, Season season, Plan plan, ImmutableArray<Shortage> shortages, CancellationToken cancellationToken)
    {
        await RemoveAsync(planNo, cancellationToken);
        Dictionary<string, int> crews = await WriteCrewsAsync(planNo, plan, cancellationToken);
        (Dictionary<string, int> workers, Dictionary<string, int> villages) = await WriteWorkersAsync(planNo, season, plan, cancellationToken);
        await WriteWorkerDaysAsync(planNo, season, plan, crews, workers, villages, cancellationToken);
        await WriteTripsAsync(planNo, plan, shortages, cancellationToken);
    }

    /// <summary>Removes all rows of a plan but its own.</summary>
    public async Task RemoveAsync(long planNo, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        for (int from = 0; await db.WorkerDays.AnyAsync(d => d.PlanNo == planNo, cancellationToken); from += BatchRows)
        {
            int to = from + BatchRows;
            await db.WorkerDays.Where(d => d.PlanNo == planNo && d.Seq <= to).ExecuteDeleteAsync(cancellationToken);
        }

        await db.PlanCrews.Where(r => r.PlanNo == planNo).ExecuteDeleteAsync(cancellationToken);
        await db.PlanWorkers.Where(r => r.PlanNo == planNo).ExecuteDeleteAsync(cancellationToken);
        await db.PlanTrips.Where(r => r.PlanNo == planNo).ExecuteDeleteAsync(cancellationToken);
        await db.PlanShortages.Where(r => r.PlanNo == planNo).ExecuteDeleteAsync(cancellationToken);
        await db.PlanFiles.Where(r => r.PlanNo == planNo).ExecuteDeleteAsync(cancellationToken);
    }

    private async Task<Dictionary<string, int>> WriteCrewsAsync(long planNo, Plan plan, CancellationToken cancellationToken)
    {
        Dictionary<string, int> numbers = new(StringComparer.Ordinal);
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (Crew crew in plan.Crews)
        {
            numbers.Add(crew.Id.Value, numbers.Count + 1);
            db.PlanCrews.Add(new PlanCrewRow
            {
                PlanNo = planNo,
                Idx = numbers.Count,
                CrewId = crew.Id.Value,
                BrokerId = crew.Broker.Value,
                OrderId = crew.Order.Value,
                From = crew.From,
                To = crew.To,
                Mode = crew.Mode == CrewMode.Lodge ? "lodge" : "commute",
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return numbers;
    }

    private async Task<(Dictionary<string, int> Workers, Dictionary<string, int> Villages)> WriteWorkersAsync(
        long planNo, Season season, Plan plan, CancellationToken cancellationToken)
    {
        Dictionary<string, int> workers = new(StringComparer.Ordinal);
        Dictionary<string, int> villages = new(StringComparer.Ordinal);
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        foreach (WorkerDay day in plan.WorkerDays)
        {
            if (!workers.TryAdd(day.Worker.Value, workers.Count + 1))
            {
                continue;
            }

            string village = season.WorkerById[day.Worker].Village.Value;
            villages.TryAdd(village, villages.Count + 1);
            db.PlanWorkers.Add(new PlanWorkerRow
            {
                PlanNo = planNo,
                Idx = workers.Count,
                WorkerId = day.Worker.Value,
                VillageId = village,
                Village = villages[village],
            });
        }

        await db.SaveChangesAsync(cancellationToken);
        return (workers, villages);
    }

    private async Task WriteWorkerDaysAsync(
        long planNo, Season season, Plan plan, Dictionary<string, int> crews, Dictionary<string, int> workers, Dictionary<string, int> villages,
        CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        for (int from = 0; from < plan.WorkerDays.Length; from += BatchRows)
        {
            int to = Math.Min(from + BatchRows, plan.WorkerDays.Length);
            IEnumerable<WorkerDayRow> batch = Enumerable.Range(from, to - from).Select(i =>
            {
                WorkerDay day = plan.WorkerDays[i];
                return new WorkerDayRow
                {
                    PlanNo = planNo,
                    Seq = i + 1,
                    Day = day.Date.DayNumber,
                    Crew = crews[day.Crew.Value],
                    Worker = workers[day.Worker.Value],
                    Village = villages[season.WorkerById[day.Worker].Village.Value],
                };
            });
            if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
            {
                await CopyAsync(postgres, batch, cancellationToken);
            }
            else
            {
                await InsertAsync(db.Database.GetDbConnection(), batch, cancellationToken);
            }
        }
    }

    private static async Task CopyAsync(NpgsqlConnection connection, IEnumerable<WorkerDayRow> batch, CancellationToken cancellationToken)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(
            "copy worker_days (plan_no, seq, day, crew, worker, village) from stdin (format binary)", cancellationToken);
        foreach (WorkerDayRow row in batch)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.PlanNo, cancellationToken);
            await copy.WriteAsync(row.Seq, cancellationToken);
            await copy.WriteAsync(row.Day, cancellationToken);
            await copy.WriteAsync(row.Crew, cancellationToken);
            await copy.WriteAsync(row.Worker, cancellationToken);
            await copy.WriteAsync(row.Village, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task InsertAsync(DbConnection connection, IEnumerable<WorkerDayRow> batch, CancellationToken cancellationToken)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "insert into worker_days (plan_no, seq, day, crew, worker, village) values (@p, @s, @d, @c, @w, @v)";
        DbParameter[] cells = [.. ((string[])["@p", "@s", "@d", "@c", "@w", "@v"]).Select(name =>
        {
            DbParameter cell = insert.CreateParameter();
            cell.ParameterName = name;
            insert.Parameters.Add(cell);
            return cell;
        })];
        foreach (WorkerDayRow row in batch)
        {
            cells[0].Value = row.PlanNo;
            cells[1].Value = row.Seq;
            cells[2].Value = row.Day;
            cells[3].Value = row.Crew;
            cells[4].Value = row.Worker;
            cells[5].Value = row.Village;
            await insert.ExecuteNonQueryAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private async Task WriteTripsAsync(long planNo, Plan plan, ImmutableArray<Shortage> shortages, CancellationToken cancellationToken)
    {
        await using MatchingDb db = await databases.CreateDbContextAsync(cancellationToken);
        int idx = 0;
        foreach (Trip trip in plan.Trips.OrderBy(t => t.Date))
        {
            db.PlanTrips.Add(new PlanTripRow
            {
                PlanNo = planNo,
                Idx = ++idx,
                TripId = trip.Id.Value,
                Date = trip.Date,
                VehicleId = trip.Vehicle.Value,
                Departs = trip.Departs,
                Stops = JsonSerializer.Serialize(StopsOf(trip), ApiJson.Options),
            });
        }

        idx = 0;
        foreach (Shortage shortage in shortages)
        {
            db.PlanShortages.Add(new PlanShortageRow
            {
                PlanNo = planNo,
                Idx = ++idx,
                OrderId = shortage.Order.Value,
                Date = shortage.Date,
                Required = shortage.Required,
                Target = shortage.Target,
                Filled = shortage.Filled,
            });
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    private static IEnumerable<StopBody> StopsOf(Trip trip) =>
        from stop in trip.Stops
        from at in stop.Groups
        select new StopBody(stop.Seq, stop.Place.Value, stop.Arrives, at.Crew.Value, at.Village.Value, at.Board, at.Alight);
}
