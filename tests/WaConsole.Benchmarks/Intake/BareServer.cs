using System.Buffers;
using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Npgsql;
using WaConsole.CloudApi;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Benchmarks.Intake;

/// <summary>
/// The ceiling: Kestrel without routing or middleware, the signature, and one commit for all that wait. It understands nothing of what it
/// stores. Prints its port, ends when its input does.
/// </summary>
internal sealed class BareServer(DatabaseProvider provider, string connectionString)
{
    private const int MaxTogether = 500;

    private static readonly IReadOnlyList<string> Secrets = [TestAccount.AppSecret];

    private readonly BlockingCollection<Waiting> _waiting = [];

    public static async Task<int> RunAsync(string provider, string connectionString)
    {
        await new BareServer(Enum.Parse<DatabaseProvider>(provider), connectionString).ServeAsync();
        return 0;
    }

    private async Task ServeAsync()
    {
        var commits = new Thread(Commit) { IsBackground = true };
        commits.Start();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(AcceptAsync);
        await app.StartAsync();
        Console.WriteLine(new Uri(app.Urls.First()).Port);
        await Console.In.ReadToEndAsync();
        _waiting.CompleteAdding();
    }

    private async Task AcceptAsync(HttpContext context)
    {
        var body = new byte[(int)context.Request.ContentLength!.Value];
        await context.Request.Body.ReadExactlyAsync(body);
        if (!WebhookSignature.Verify(body, context.Request.Headers[WebhookSignature.HeaderName], Secrets))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var waiting = new Waiting(body);
        _waiting.Add(waiting);
        await waiting.Done.Task;
    }

    private void Commit()
    {
        using DbConnection connection = provider == DatabaseProvider.Sqlite
            ? new SqliteConnection(connectionString)
            : new NpgsqlConnection(connectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = provider == DatabaseProvider.Sqlite
            ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE Bodies (Id INTEGER PRIMARY KEY, Body BLOB)"
            : "CREATE TABLE Bodies (Id bigserial PRIMARY KEY, Body bytea)";
        command.ExecuteNonQuery();
        Action<List<Waiting>> store = provider == DatabaseProvider.Sqlite ? IntoSqlite(connection) : IntoPostgres(connection);
        var batch = new List<Waiting>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MaxTogether && _waiting.TryTake(out var next))
            {
                batch.Add(next);
            }

            store(batch);
            foreach (var waiting in batch)
            {
                waiting.Done.SetResult();
            }
        }
    }

    private static Action<List<Waiting>> IntoSqlite(DbConnection connection)
    {
        var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO Bodies (Body) VALUES (@body)";
        var body = new SqliteParameter("@body", SqliteType.Blob);
        insert.Parameters.Add(body);
        return batch =>
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var waiting in batch)
            {
                body.Value = waiting.Body;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        };
    }

    private static Action<List<Waiting>> IntoPostgres(DbConnection connection)
    {
        var insert = new NpgsqlCommand("INSERT INTO Bodies (Body) SELECT unnest($1)", (NpgsqlConnection)connection);
        var bodies = new NpgsqlParameter<byte[][]> { TypedValue = [] };
        insert.Parameters.Add(bodies);
        return batch =>
        {
            bodies.TypedValue = [.. batch.Select(waiting => waiting.Body)];
            insert.ExecuteNonQuery();
        };
    }

    private sealed record Waiting(byte[] Body)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
