using System.Net.Http.Json;
using System.Text.Json;
using Npgsql;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.EndToEnd.Fixtures;

/// <summary>What a test wants of its console.</summary>
internal sealed record ConsoleOptions
{
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.Sqlite;

    /// <summary>The console starts its own simulator with demo data; otherwise it is pointed at <see cref="Simulator"/>.</summary>
    public SimulatorProcess? Simulator { get; init; }

    /// <summary>Demo conversations and customers who write by themselves.</summary>
    public bool DemoData { get; init; }

    /// <summary>A command that runs the program, in place of starting it directly.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>Another way to the same database, for the program alone.</summary>
    public Func<DatabaseOptions, DatabaseOptions>? Through { get; init; }

    /// <summary>What this program's environment holds besides.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();
}

/// <summary>The published console in Production, on a database of its own; with its built-in simulator unless told otherwise.</summary>
internal sealed class RunningConsole : IAsyncDisposable
{
    public const string ApiKey = "wac_end-to-end-key-0123456789abcdef0123456789";

    /// <summary>What the program's connections to PostgreSQL are called there.</summary>
    private const string Connections = "console under test";

    private readonly ConsoleOptions _options;
    private readonly TestDatabase _database;
    private readonly string _media = TempFolder.Folder("media");
    private readonly int _port = ProgramProcess.FreePort();
    private readonly int _simulatorPort = ProgramProcess.FreePort();
    private ProgramProcess? _process;

    private RunningConsole(ConsoleOptions options, TestDatabase database)
    {
        _options = options;
        _database = database;
        Api = new HttpClient { BaseAddress = new Uri(Address, "api/v1/") };
        Api.DefaultRequestHeaders.Add("X-Api-Key", ApiKey);
        Simulator = new SimulatorControl(SimulatorAddress);
    }

    public Uri Address => new($"http://127.0.0.1:{_port}/");

    public Uri SimulatorAddress => _options.Simulator?.Address ?? new Uri($"http://127.0.0.1:{_simulatorPort}/");

    public Uri Webhook => new(Address, "webhooks/whatsapp");

    public HttpClient Api { get; }

    public SimulatorControl Simulator { get; }

    public DatabaseOptions Database => _database.Options;

    /// <summary>The cookies of those who signed in here, by name.</summary>
    public Dictionary<string, string> SignedIn { get; } = new(StringComparer.Ordinal);

    public int ProcessId => _process!.Id;

    public string Output => _process?.Output ?? "";

    public static Task<RunningConsole> StartAsync() => StartAsync(new ConsoleOptions());

    public static async Task<RunningConsole> StartAsync(ConsoleOptions options)
    {
        var console = new RunningConsole(options, await TestDatabase.CreateAsync(options.Provider));
        try
        {
            await console.RestartAsync();
            return console;
        }
        catch
        {
            await console.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the program on what is there: the first start, or the one after <see cref="KillAsync"/>.</summary>
    public async Task RestartAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _process = ProgramProcess.Start(Published.Console, "WaConsole.Web", Settings(), _options.Under);
        await _process.UntilAnsweredAsync(new Uri(Address, "health/ready"));
    }

    /// <summary>
    /// PostgreSQL works off what a program sent before it died, a commit too: its database stands still only when the server has let go of
    /// the program's connections.
    /// </summary>
    public async Task KillAsync()
    {
        await _process!.KillAsync();
        if (_database.Options.Provider != DatabaseProvider.Postgres)
        {
            return;
        }

        await using var server = new NpgsqlConnection(TestDatabase.PostgresServer);
        await server.OpenAsync();
        await using var left = new NpgsqlCommand("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = $1 AND application_name = $2", server);
        left.Parameters.AddWithValue(new NpgsqlConnectionStringBuilder(_database.Options.ConnectionString).Database!);
        left.Parameters.AddWithValue(Connections);
        await Until.TrueAsync(async () => await left.ExecuteScalarAsync() is 0L, "a database without the program that was killed");
    }

    /// <summary>SIGTERM; the exit code.</summary>
    public Task<int> StopAsync() => _process!.StopAsync();

    /// <summary>Waits until the customer has a conversation; returns its id.</summary>
    public async Task<string> ConversationWithAsync(string phone)
    {
        string? id = null;
        await Until.TrueAsync(async () => (id = await FindConversationAsync(phone)) is not null, $"a conversation with …{phone[^4..]}");
        return id!;
    }

    /// <summary>The newest messages of a conversation, newest page only unless <paramref name="all"/>.</summary>
    public async Task<IReadOnlyList<JsonElement>> MessagesAsync(string conversation, bool all = false)
    {
        List<JsonElement> found = [];
        var before = "";
        do
        {
            var page = await Api.GetFromJsonAsync<JsonElement>($"conversations/{conversation}/messages?limit=100{before}");
            found.AddRange(page.GetProperty("items").EnumerateArray());
            before = page.GetProperty("next").GetString() is { } next ? $"&before={next}" : "";
        }
        while (all && before.Length > 0);

        return found;
    }

    /// <summary>A text from a customer as WhatsApp would deliver it, signed, straight to the webhook.</summary>
    public async Task ReceiveAsync(string phone, string name, string text)
    {
        using var answer = await PostWebhookAsync(WebhookBodies.Text(phone, name, $"wamid.{Guid.CreateVersion7():n}", text));
        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }

    public async Task<HttpResponseMessage> PostWebhookAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Webhook) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("X-Hub-Signature-256", TestAccount.Sign(body));
        return await Api.SendAsync(request);
    }

    /// <summary>Where the first file of a conversation can be fetched, once it was stored.</summary>
    public async Task<string> MediaAddressAsync(string conversation)
    {
        string? address = null;
        await Until.TrueAsync(
            async () => (address = (await MessagesAsync(conversation))
                .Select(message => message.GetProperty("media"))
                .Where(media => media.ValueKind == JsonValueKind.Object)
                .Select(media => media.GetProperty("url").GetString())
                .FirstOrDefault()) is not null,
            "a stored file");
        return address!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Api.Dispose();
        Simulator.Dispose();
        await _database.DisposeAsync();
    }

    private async Task<string?> FindConversationAsync(string phone)
    {
        var page = await Api.GetFromJsonAsync<JsonElement>($"conversations?search={phone}&limit=5");
        return page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()).FirstOrDefault();
    }

    private string ConnectionString()
    {
        var database = _options.Through?.Invoke(_database.Options) ?? _database.Options;
        return database.Provider == DatabaseProvider.Postgres
            ? new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = Connections }.ToString()
            : database.ConnectionString;
    }

    private Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Urls"] = Address.ToString().TrimEnd('/'),
            ["Database__Provider"] = _database.Options.Provider.ToString(),
            ["Database__ConnectionString"] = ConnectionString(),

            // A machine that runs many tests at once is slower than the limits a person is promised; and past its time a webhook is refused
            // that may be stored a moment later.
            ["Database__ReadLimitSeconds"] = "60",
            ["Intake__AcceptTimeoutSeconds"] = "60",
            ["Media__Root"] = _media,
            ["Bootstrap__ApiKey"] = ApiKey,
            ["Simulator__DemoData"] = _options.DemoData ? "true" : "false",
        };
        if (_options.Simulator is { } simulator)
        {
            settings["Bootstrap__AdminEmail"] = "admin@example.com";
            settings["Bootstrap__AdminPassword"] = "end-to-end-password-1";
            settings["WhatsApp__GraphBaseAddress"] = simulator.Address.ToString();
            settings["WhatsApp__AppId"] = "700000000000001";
            settings["WhatsApp__AppSecret"] = TestAccount.AppSecret;
            settings["WhatsApp__VerifyToken"] = TestAccount.VerifyToken;
            settings["WhatsApp__AccessToken"] = TestAccount.AccessToken;
            settings["WhatsApp__BusinessAccountId"] = TestAccount.WhatsAppId;
            settings["WhatsApp__PhoneNumberId"] = TestAccount.PhoneNumberId;
        }
        else
        {
            settings["Simulator__Url"] = $"http://127.0.0.1:{_simulatorPort}";
            settings["Simulator__AppSecret"] = TestAccount.AppSecret;
            settings["Simulator__AccessToken"] = TestAccount.AccessToken;
            settings["Simulator__DemoCustomers"] = _options.DemoData ? "true" : "false";
            settings["Simulator__CustomersPerMinute"] = _options.DemoData ? "2" : "0";
            if (!_options.DemoData)
            {
                // Long enough to be seen on the way, and nobody waits as for a real reviewer.
                settings["Simulator__ReviewDelay"] = "00:00:00.5";
                settings["Simulator__StatusDelays__Read"] = "00:00:00.4";
            }
        }

        foreach (var (key, value) in _options.Environment)
        {
            settings[key] = value;
        }

        return settings;
    }
}
