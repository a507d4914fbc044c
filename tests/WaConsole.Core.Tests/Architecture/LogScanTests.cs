using Microsoft.Extensions.Logging;
using WaConsole.Core.Contacts;
using WaConsole.Core.Storage;
using WaConsole.Testing;

namespace WaConsole.Core.Tests.Architecture;

public sealed class LogScanTests
{
    [Fact]
    public async Task A_planted_phone_number_in_the_log_fails_the_test_that_logged_it()
    {
        var host = await CoreHost.StartAsync(DatabaseProvider.Sqlite);
        await host.WithDbAsync(async db =>
        {
            db.Contacts.Add(new Contact { Phone = "+34600100299", ProfileName = "Planted Person", CreatedAtUtc = new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc) });
            await db.SaveChangesAsync();
        });
        host.Get<ILogger<LogScanTests>>().LogWarning("No answer for {Who}", "+34600100299");

        await Assert.ThrowsAsync<PersonalDataLoggedException>(async () => await host.DisposeAsync());
    }
}
