using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WaConsole.Core.Storage;

namespace WaConsole.Core.Tests.Storage;

public sealed class StoreConditionTests
{
    private static readonly SqliteException Full = new("database or disk is full", 13);
    private static readonly NpgsqlException Away = new("Exception while reading from stream");

    private readonly StoreCondition _condition = new(new FakeTimeProvider());

    [Fact]
    public void What_a_reader_met_is_over_when_it_can_read_again()
    {
        _condition.Unread(Away);
        Assert.Equal(StoreTrouble.Refusing, _condition.Current);

        _condition.Read();
        Assert.Equal(StoreTrouble.None, _condition.Current);
    }

    [Fact]
    public void A_full_disk_that_can_be_read_is_full_until_something_is_written()
    {
        _condition.Refused(Full);
        _condition.Unread(Away);
        _condition.Read();
        Assert.Equal(StoreTrouble.DiskFull, _condition.Current);

        _condition.Worked();
        Assert.Equal(StoreTrouble.None, _condition.Current);
    }

    public static TheoryData<Exception> NotTheDatabase =>
    [
        new TimeoutException("somebody else took too long"),
        new PostgresException("canceling statement due to statement timeout", "ERROR", "ERROR", "57014"),
        new OperationCanceledException("nobody waits", new PostgresException("canceling statement due to user request", "ERROR", "ERROR", "57014")),
    ];

    [Theory, MemberData(nameof(NotTheDatabase))]
    public void What_was_broken_off_is_no_trouble_of_the_database(Exception failure) =>
        Assert.Equal(StoreTrouble.None, StoreCondition.TroubleOf(failure));
}
