using WaConsole.Core.Sending;
using WaConsole.Core.Tests.Architecture.Planted;
using WaConsole.Testing.Architecture;

namespace WaConsole.Core.Tests.Architecture;

public sealed class VerbTests
{
    private static readonly Type[] Core = typeof(SendGate).Assembly.GetTypes();

    [Fact]
    public void Nothing_is_open_for_inheritance_by_accident()
    {
        Offences.None(AssemblyRules.OpenClasses(Core.Where(type => type.Namespace?.StartsWith("WaConsole.Core", StringComparison.Ordinal) == true)));

        Assert.Equal([typeof(OpenVerb).FullName!], AssemblyRules.OpenClasses([typeof(OpenVerb)]));
    }

    [Fact]
    public void Every_asynchronous_verb_can_be_cancelled_and_takes_the_token_last()
    {
        Offences.None(AssemblyRules.DeafMethods(Core));

        Assert.Equal([$"{typeof(OpenVerb).FullName}.RunAsync"], AssemblyRules.DeafMethods([typeof(OpenVerb)]));
    }

    [Fact]
    public void Only_the_gate_makes_a_permit()
    {
        var permit = typeof(SendGate.SendPermit);
        Assert.All(TypeUses.CreatorsOf(permit.Assembly, permit.FullName!), maker => Assert.StartsWith($"{typeof(SendGate).FullName}.", maker, StringComparison.Ordinal));
        Assert.All(permit.GetConstructors(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance),
            constructor => Assert.True(constructor.IsPrivate));

        Assert.Contains($"{typeof(Forger).FullName}..ctor", TypeUses.CreatorsOf(typeof(Forger).Assembly, typeof(LoosePermit).FullName!));
    }
}
