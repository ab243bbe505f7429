using Matching.Api.Tests.Http;

[assembly: AssemblyFixture(typeof(SqliteHost))]
[assembly: AssemblyFixture(typeof(PostgresHost))]
[assembly: AssemblyFixture(typeof(SecureHost))]
