using System.Net;
using System.Net.Sockets;
using Matching.Api.Hosting;
using Orleans.Configuration;

namespace Matching.Api.Cluster;

/// <summary>The silo in this process: alone and on this machine, or one of several that meet in the database.</summary>
internal static class ClusterSetup
{
    private const string Name = "matching";
    private const string Invariant = "Npgsql";

    /// <summary>Adds it.</summary>
    public static void AddMatchingCluster(this WebApplicationBuilder builder, ServeOptions options) => builder.Host.UseOrleans(silo =>
    {
        int port = FreePort();
        if (options.Cluster)
        {
            silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
            silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Invariant, options.Database.ConnectionString));
            silo.Configure<EndpointOptions>(endpoint =>
            {
                endpoint.AdvertisedIPAddress = options.NodeAddress;
                endpoint.SiloPort = port;
                endpoint.GatewayPort = 0;
            });

            // A node that was killed is found out within seconds, not minutes.
            silo.Configure<ClusterMembershipOptions>(membership =>
            {
                membership.ProbeTimeout = TimeSpan.FromSeconds(2);
                membership.NumMissedProbesLimit = 2;
                membership.NumVotesForDeathDeclaration = 1;
                membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);
                membership.DefunctSiloExpiration = TimeSpan.FromDays(1);
            });
        }
        else
        {
            silo.UseLocalhostClustering(port, gatewayPort: 0, serviceId: Name, clusterId: Name);
        }
    });

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
