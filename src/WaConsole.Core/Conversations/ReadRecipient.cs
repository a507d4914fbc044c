using System.Text.RegularExpressions;
using PhoneNumbers;
using WaConsole.Core.Contacts;
using WaConsole.Core.Resources;
using WaConsole.Core.Sending;

namespace WaConsole.Core.Conversations;

/// <summary>Pure: whom a caller means, by a phone number in any usual spelling or a business-scoped user id.</summary>
internal static partial class ReadRecipient
{
    /// <summary>Digits with country code; shorter ones are service numbers, which have no WhatsApp.</summary>
    private const int ShortestNumber = 7;

    /// <returns>Null with the reason, when it is not exactly one of the two, or nobody can be meant by it.</returns>
    public static PersonIdentity? Run(string? phone, string? userId, string scope, out Refusal? why)
    {
        why = null;
        if (string.IsNullOrWhiteSpace(phone) == string.IsNullOrWhiteSpace(userId))
        {
            why = Refused("no_identity", "OneRecipient");
            return null;
        }

        var person = PersonOf(phone, userId, scope);
        if (person is null)
        {
            why = string.IsNullOrWhiteSpace(phone) ? Refused("no_identity", "InvalidUserId") : Refused("invalid_phone", "InvalidPhone");
        }

        return person;
    }

    private static PersonIdentity? PersonOf(string? phone, string? userId, string scope)
    {
        if (string.IsNullOrWhiteSpace(phone))
        {
            var id = userId!.Trim();
            return !UserIdForm().IsMatch(id) ? null
                : id.Contains(".ENT.", StringComparison.Ordinal) ? new PersonIdentity(scope, ParentUserId: id)
                : new PersonIdentity(scope, UserId: id);
        }

        return DigitsOf(phone) is { } digits ? new PersonIdentity(scope, Phone: digits) : null;
    }

    private static string? DigitsOf(string phone)
    {
        var spelled = phone.Trim();
        if (!PhoneForm().IsMatch(spelled))
        {
            return null;
        }

        spelled = spelled.StartsWith("00", StringComparison.Ordinal) ? "+" + spelled[2..]
            : spelled.StartsWith('+') ? spelled
            : "+" + spelled;
        var util = PhoneNumberUtil.GetInstance();
        try
        {
            var parsed = util.Parse(spelled, defaultRegion: null);
            var digits = util.Format(parsed, PhoneNumberFormat.E164)[1..];
            var possible = util.IsPossibleNumberWithReason(parsed) == PhoneNumberUtil.ValidationResult.IS_POSSIBLE;
            return possible && digits.Length >= ShortestNumber ? digits : null;
        }
        catch (NumberParseException)
        {
            return null;
        }
    }

    private static Refusal Refused(string code, string name) => new(code, Texts.Sending.Of(name));

    /// <summary>Digits as people write them; letters would be read as the keys of a telephone.</summary>
    [GeneratedRegex(@"^\+?[\p{Nd}\p{Zs}().\-/\u2010-\u2015\u2060\u00AD]{4,40}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PhoneForm();

    [GeneratedRegex(@"^[A-Z]{2}\.[A-Za-z0-9._\-]{1,500}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserIdForm();
}
