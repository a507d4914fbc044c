namespace WaConsole.Testing.Architecture;

/// <summary>Fails when a rule found something, and shows everything it found.</summary>
public static class Offences
{
    public static void None(IReadOnlyList<string> found)
    {
        if (found.Count > 0)
        {
            throw new RuleBrokenException(string.Join('\n', found));
        }
    }
}

public sealed class RuleBrokenException(string offences) : Exception($"A rule of the house is broken:\n{offences}");
