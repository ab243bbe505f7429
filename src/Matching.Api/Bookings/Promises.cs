using System.Globalization;
using System.Text;
using Matching.Api.Storage;
using Matching.Requests;
using Microsoft.EntityFrameworkCore;

namespace Matching.Api.Bookings;

/// <summary>Writes what a hold promises into tables whose keys and checks refuse a second promise.</summary>
internal static class Promises
{
    private const int RowsAtOnce = 200;

    /// <summary>Takes people, the broker, seats and beds; fails on a constraint when any of them is promised.</summary>
    public static async Task TakeAsync(MatchingDb db, DispatchSnapshot snapshot, long seasonNo, long holdNo, Booking booking, CancellationToken cancellationToken)
    {
        Offer offer = booking.Offer;
        List<object[]> workerDays = [.. offer.Members.SelectMany(m => m.Dates.Select(d => (object[])[seasonNo, m.Worker.Value, d.DayNumber, holdNo]))];
        await InsertAsync(db, "promised_worker_days (season_no, worker_id, day, hold_no)", workerDays, cancellationToken);
        List<object[]> brokerDays = [];
        for (int day = offer.From.DayNumber; day <= offer.To.DayNumber; day++)
        {
            brokerDays.Add([seasonNo, offer.Broker.Value, day, holdNo]);
        }

        await InsertAsync(db, "promised_broker_days (season_no, broker_id, day, hold_no)", brokerDays, cancellationToken);
        foreach (CapacityUse use in snapshot.CapacityOf(booking))
        {
            int changed = await db.Database.ExecuteSqlAsync(
                $"update promised_capacity set used = used + {use.Used} where season_no = {seasonNo} and resource = {use.Resource}", cancellationToken);
            if (changed == 0)
            {
                await db.Database.ExecuteSqlAsync(
                    $"insert into promised_capacity (season_no, resource, used, most) values ({seasonNo}, {use.Resource}, {use.Published + use.Used}, {use.Most})",
                    cancellationToken);
            }
        }
    }

    /// <summary>Gives everything back.</summary>
    public static async Task ReturnAsync(MatchingDb db, DispatchSnapshot snapshot, long seasonNo, long holdNo, Booking booking, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from promised_worker_days where hold_no = {holdNo}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from promised_broker_days where hold_no = {holdNo}", cancellationToken);
        foreach (CapacityUse use in snapshot.CapacityOf(booking))
        {
            await db.Database.ExecuteSqlAsync(
                $"update promised_capacity set used = used - {use.Used} where season_no = {seasonNo} and resource = {use.Resource}", cancellationToken);
        }
    }

    /// <summary>Forgets all promises of a season.</summary>
    public static async Task ClearAsync(MatchingDb db, long seasonNo, CancellationToken cancellationToken)
    {
        await db.Database.ExecuteSqlAsync($"delete from promised_worker_days where season_no = {seasonNo}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from promised_broker_days where season_no = {seasonNo}", cancellationToken);
        await db.Database.ExecuteSqlAsync($"delete from promised_capacity where season_no = {seasonNo}", cancellationToken);
    }

    private static async Task InsertAsync(MatchingDb db, string into, List<object[]> rows, CancellationToken cancellationToken)
    {
        foreach (object[][] chunk in rows.Chunk(RowsAtOnce))
        {
            StringBuilder sql = new("insert into " + into + " values ");
            List<object> values = [];
            for (int r = 0; r < chunk.Length; r++)
            {
                sql.Append(r == 0 ? "(" : ", (");
                for (int i = 0; i < chunk[r].Length; i++)
                {
                    sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}{{{values.Count}}}");
                    values.Add(chunk[r][i]);
                }

                sql.Append(')');
            }

            await db.Database.ExecuteSqlRawAsync(sql.ToString(), values, cancellationToken);
        }
    }
}
