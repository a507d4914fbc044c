#pragma warning disable CA1852, MA0053 // Every type here breaks a rule on purpose.

namespace WaConsole.Core.Tests.Architecture.Planted
{
    /// <summary>May be inherited from, and its method cannot be cancelled.</summary>
    public class OpenVerb
    {
        public Task RunAsync(CancellationToken cancellationToken, int last) => Task.FromResult((cancellationToken, last));
    }

    /// <summary>What a permit must not be: anybody in the assembly can make one.</summary>
    public sealed class LoosePermit
    {
        internal LoosePermit()
        {
        }
    }

    public sealed class Forger
    {
        public object Permit { get; } = new LoosePermit();
    }

    /// <summary>Sends past the gate, within an asynchronous body.</summary>
    public sealed class Sidestep(CloudApi.CloudApiClient cloud)
    {
        public async Task<string> RunAsync(CloudApi.CloudApiAccount account, CloudApi.OutboundMessage message, CancellationToken cancellationToken) =>
            (await cloud.SendAsync(account, "1", message, cancellationToken)).Wamid;
    }
}

namespace WaConsole.Core.Tests.Architecture.Planted.Above
{
    public sealed class Chief(Below.Clerk clerk)
    {
        public Below.Clerk Clerk { get; } = clerk;
    }
}

namespace WaConsole.Core.Tests.Architecture.Planted.Below
{
    public sealed class Clerk
    {
        /// <summary>Named only within an asynchronous body, where a using line would not show it.</summary>
        public static async Task<object> ReportAsync(CancellationToken cancellationToken)
        {
            await Task.FromCanceled(cancellationToken);
            return new Above.Chief(new Clerk());
        }
    }
}
