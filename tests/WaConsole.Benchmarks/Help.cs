namespace WaConsole.Benchmarks;

internal static class Help
{
    private const string Text =
        """
        Measures WaConsole on this machine. Run it with -c Release.

          intake [--seconds 20] [--connections 32] [--rate N] [--database sqlite|postgres]
              Signed webhooks over HTTP into the real intake, workers running. Without --rate each connection sends as fast as it
              is answered; with it, N webhooks a second are due, and latency counts from when each was due.
              PostgreSQL needs WACONSOLE_TEST_POSTGRES, a connection string that may create databases.
          wire
              Checking the signature of a webhook and reading it: one message, one status, 1,000 items.
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 2;
    }
}
