using System.Collections.Frozen;
using WaConsole.Core.Team;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: the language of ours in which a stop is confirmed: that of the last template the person got, else the one most spoken where they are.</summary>
internal static class StopLanguage
{
    private static readonly FrozenDictionary<string, string> ByCountry = new Dictionary<string, string[]>
    {
        ["es"] = ["ES", "MX", "AR", "CO", "CL", "PE", "EC", "VE", "GT", "BO", "CU", "DO", "HN", "PY", "SV", "NI", "CR", "PA", "UY", "PR", "GQ"],
        ["pt-BR"] = ["BR", "PT", "AO", "MZ", "CV", "GW", "ST", "TL"],
        ["hi"] = ["IN"],
        ["ar"] = ["SA", "AE", "EG", "IQ", "JO", "KW", "LB", "LY", "MA", "DZ", "TN", "OM", "QA", "BH", "YE", "SY", "SD", "PS", "MR"],
        ["id"] = ["ID"],
    }.SelectMany(language => language.Value.Select(country => (Country: country, Language: language.Key)))
        .ToFrozenDictionary(pair => pair.Country, pair => pair.Language, StringComparer.Ordinal);

    public static string Of(string? templateLanguage, string? country)
    {
        var spoken = templateLanguage?.Split('_', '-')[0];
        var known = spoken is null ? null : ConsoleLanguages.All.FirstOrDefault(language => language.Split('-')[0] == spoken);
        return known ?? (country is not null && ByCountry.TryGetValue(country, out var usual) ? usual : ConsoleLanguages.English);
    }
}
