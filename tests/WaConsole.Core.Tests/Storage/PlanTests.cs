namespace WaConsole.Core.Tests.Storage;

/// <summary>A limit on the rows of a plan holds only when the rows are read: each version of PostgreSQL prints them its own way.</summary>
public sealed class PlanTests
{
    private const string Version17 =
        """
        Limit  (cost=0.29..8.33 rows=10 width=16) (actual rows=10 loops=1)
          ->  Nested Loop  (cost=0.29..812.40 rows=1010 width=16) (actual rows=10 loops=1)
                ->  Index Scan using "IX_Outbox_Due" on "Outbox" o  (cost=0.29..8.33 rows=20 width=16) (actual rows=20 loops=1)
                ->  Index Scan using "PK_Messages" on "Messages" m  (cost=0.29..8.31 rows=1 width=8) (actual rows=1 loops=20)
                      Filter: ("Kind" = 1)
                      Rows Removed by Filter: 7
        Planning Time: 0.210 ms
        Execution Time: 0.064 ms
        """;

    private const string Version18 =
        """
        Limit  (cost=0.29..8.33 rows=10 width=16) (actual rows=10.00 loops=1)
          Buffers: shared hit=12
          ->  Nested Loop  (cost=0.29..812.40 rows=1010 width=16) (actual rows=10.00 loops=1)
                Buffers: shared hit=12
                ->  Index Scan using "IX_Outbox_Due" on "Outbox" o  (cost=0.29..8.33 rows=20 width=16) (actual rows=20.00 loops=1)
                      Index Searches: 1
                ->  Index Scan using "PK_Messages" on "Messages" m  (cost=0.29..8.31 rows=1 width=8) (actual rows=0.50 loops=20)
                      Filter: ("Kind" = 1)
                      Rows Removed by Filter: 7
                      Index Searches: 20
        Planning Time: 0.210 ms
        Execution Time: 0.064 ms
        """;

    [Theory]
    [InlineData(Version17)]
    [InlineData(Version18)]
    public void The_most_rows_of_a_step_are_counted_over_its_loops(string text) => Assert.Equal(7 * 20, new Plan("", text).MostRows);

    [Theory]
    [InlineData("Seq Scan on \"Messages\"  (cost=0.00..9.00 rows=5 width=8) (actual rows=100000 loops=1)", 100_000)]
    [InlineData("Seq Scan on \"Messages\"  (cost=0.00..9.00 rows=5 width=8) (actual rows=100000.00 loops=1)", 100_000)]
    [InlineData("Index Scan on \"Messages\"  (cost=0.00..9.00 rows=5 width=8) (actual rows=0.33 loops=3)", 1)]
    [InlineData("Index Scan on \"Messages\"  (cost=0.00..9.00 rows=5 width=8) (actual time=0.014..0.015 rows=4.00 loops=2)", 8)]
    public void Rows_are_read_with_and_without_decimals(string text, long rows) => Assert.Equal(rows, new Plan("", text).MostRows);

    [Theory]
    [InlineData("")]
    [InlineData("SEARCH Messages USING INDEX IX_Messages_Wamid (Wamid=?)")]
    [InlineData("Index Scan on \"Messages\"  (cost=0.00..9.00 rows=5 width=8) (never executed)")]
    public void A_plan_without_a_counted_step_is_an_error_and_no_empty_limit(string text) =>
        Assert.Throws<FormatException>(() => new Plan("", text).MostRows);
}
