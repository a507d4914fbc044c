namespace WaConsole.Benchmarks;

internal static class Help
{
    private const string Text =
        """
        Measures WaConsole on this machine. Run it with -c Release.

          intake [--seconds 60] [--connections 64] [--rate N] [--database sqlite|postgres] [--no-ceiling]
              Signed webhooks over HTTP from a second process into the console as it is shipped: three statuses for each message sent,
              and a reply. Without --rate each connection sends as fast as it is answered; with it, N webhooks a second are due, and
              latency counts from when each was due. First the same load into a bare endpoint, for comparison.
              PostgreSQL needs WACONSOLE_TEST_POSTGRES, a connection string that may create databases. Ends with 1, and names each aim that
              was missed, when fewer than 4,000 (or N) a second were acknowledged, median or p99 are not under 25 and 250 ms, the rest took
              more than 5 s, memory grew by a quarter after a third of the time, anything was lost, or the counters did not add up.
          send [--seconds 30] [--level high|standard|coexistence] [--statuses] [--answer MS] [--database sqlite|postgres]
              A mass send of a template at the number's pace with agents answering meanwhile, to the simulator in a process of its own,
              with or without the statuses of each message coming back; its answers come after MS milliseconds. Ends with 1, and names each
              aim that was missed, when the pace is off by 2 %, a second or a pair was over its limit, agents' replies took more than 200 ms at
              p99, or a message went twice or never.
          simulator [--seconds 5] [--connections 16] [--batch 1]
              Sends through the simulator and statuses out of it, beside a server that only answers.
          agents [--agents 50] [--all N] [--each 40] [--rate 100] [--seconds 30] [--find] [--database sqlite|postgres]
              Many agents' screens: circuits of Blazor Server without a browser, each signed in as somebody else, on *Mine* with so many
              conversations each, one in 25 (or N) on *All*, in a process of their own. Memory of the idle console per screen, then, while
              customers write, the time from the POST to the render batch at the agent concerned. Ends with 1 when p95 is not under
              300 ms, a message was never seen, or a screen costs 1 MB; with 3 when a sign-in or a circuit failed. --find tries more and
              more agents until p95 is over.
          live [--seconds 30] [--rate 50] [--screens 20] [--browsers N] [--conversations 10000] [--talking 40] [--sort closing] [--database sqlite|postgres]
              From the POST of a webhook to the changed row in real pages of one headless Chromium (WACONSOLE_TEST_BROWSER, or on the
              PATH), the published console in a process of its own. Ends with 1 when p50 is not under 100 ms, p99 not under 400 ms, or a
              row was never seen. With --browsers, so many of the screens are pages and the rest circuits that draw nothing.
          seed [--conversations 1000000] [--messages 10000000] [--database sqlite|postgres] [--connection …]
              Fills an empty database through the real schema, search included: a year of traffic on six numbers with forty agents. The same
              rows each time, told up to now. Without --connection: waconsole-seed/waconsole.db in the temporary folder, or the database
              waconsole_seed on the server of WACONSOLE_TEST_POSTGRES.
          queries [--database sqlite|postgres] [--connection …] [--rounds 3]
              Lists under every filter and sort, counts, threads and searches on what `seed` filled. It changes nothing.
          start [--database sqlite|postgres] [--connection …] [--idle 30]
              The console on what `seed` filled, three times: from the start of the process to the first page, and its memory after so many
              idle seconds. WACONSOLE_TEST_CONSOLE names the folder of a published program. Ends with 1, and names each aim that was missed,
              when a first page took 3 s or 200 MB were idle.
          templates [--database sqlite|postgres] [--rounds 60]
              List, filter and search of 6,000 templates in 40 languages, on a database of its own. Ends with 1 when a p95 is not under 100 ms.
          template-sync [--database sqlite|postgres]
              The reading of 6,000 templates in pages of 100 from a WhatsApp that only answers: all new, then all known, then all changed, and
              the memory after each page.
          gate [--people 1000000] [--entries 5000000] [--questions 10000] [--database sqlite|postgres]
              Whether somebody may be sent marketing: the gate's answer while somebody composes, one after the other, for people picked at
              random, on a database of its own. Ends with 1 when p99 is not under 5 ms.
          wire
              Checking the signature of a webhook and reading it: one message, one status, 1,000 items.
        """;

    public static int Print()
    {
        Console.WriteLine(Text);
        return 2;
    }
}
