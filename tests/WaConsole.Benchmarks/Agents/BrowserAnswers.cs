using System.Globalization;

namespace WaConsole.Benchmarks.Agents;

/// <summary>What a browser would answer when a circuit asks for JavaScript. It draws nothing, so most calls have nothing to tell.</summary>
internal sealed class BrowserAnswers
{
    /// <summary>Numbers of Microsoft.JSInterop.JSCallResultType.</summary>
    private const int Anything = 0;
    private const int Module = 1;

    private int _modules;

    /// <returns>What Blazor takes for an answer: the number of the call, whether it went well, and the result.</returns>
    public string To(long call, string function, int resultType)
    {
        var result = resultType switch
        {
            Module => string.Create(CultureInfo.InvariantCulture, $$"""{"__jsObjectId":{{++_modules}}}"""),
            Anything => Known(function),
            _ => "null",
        };
        return string.Create(CultureInfo.InvariantCulture, $"[{call},true,{result}]");
    }

    private static string Known(string function) => function switch
    {
        "zone" => "\"Europe/Berlin\"",
        "waconsoleTheme.read" => """{"choice":"system","isDark":false}""",
        _ => "null",
    };
}
