using Microsoft.Extensions.Options;
using WaConsole.Core.Resources;

namespace WaConsole.Core.Numbers;

/// <summary>The first account is given whole or not at all; everything wrong is told at once.</summary>
internal sealed class WhatsAppOptionsValidator : IValidateOptions<WhatsAppOptions>
{
    private const int SecretLength = 16;

    public ValidateOptionsResult Validate(string? name, WhatsAppOptions options)
    {
        List<string> problems = [];
        AddMissing(options, problems);
        if (options.AppSecret is { Length: > 0 and < SecretLength })
        {
            problems.Add(Texts.Numbers.Of("SecretLength"));
        }

        if (!options.ApiVersion.StartsWith('v') || !options.ApiVersion.Skip(1).All(letter => char.IsAsciiDigit(letter) || letter == '.'))
        {
            problems.Add(Texts.Numbers.Of("VersionForm"));
        }

        if (!IsSafe(options.GraphBaseAddress))
        {
            problems.Add(Texts.Numbers.Of("HttpsNeeded"));
        }

        AddBadId(options.BusinessAccountId, nameof(options.BusinessAccountId), problems);
        AddBadId(options.PhoneNumberId, nameof(options.PhoneNumberId), problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void AddMissing(WhatsAppOptions options, List<string> problems)
    {
        (string Name, string? Value)[] together =
        [
            (nameof(options.AppId), options.AppId),
            (nameof(options.AppSecret), options.AppSecret),
            (nameof(options.VerifyToken), options.VerifyToken),
            (nameof(options.AccessToken), options.AccessToken),
            (nameof(options.BusinessAccountId), options.BusinessAccountId),
            (nameof(options.PhoneNumberId), options.PhoneNumberId),
        ];
        if (Array.TrueForAll(together, option => string.IsNullOrWhiteSpace(option.Value)))
        {
            return;
        }

        var names = string.Join(", ", together.Select(option => Key(option.Name)));
        problems.AddRange(together
            .Where(option => string.IsNullOrWhiteSpace(option.Value))
            .Select(option => Texts.Numbers.Of("Together", Key(option.Name), names)));
    }

    /// <summary>The access token travels with every call, so plain http never leaves this machine.</summary>
    private static bool IsSafe(Uri? address) =>
        address is { IsAbsoluteUri: true, UserInfo.Length: 0 }
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static void AddBadId(string? id, string name, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(id) && !id.Trim().All(char.IsAsciiDigit))
        {
            problems.Add(Texts.Numbers.Of("IdForm", Key(name)));
        }
    }

    private static string Key(string name) => $"{WhatsAppOptions.Section}:{name}";
}
