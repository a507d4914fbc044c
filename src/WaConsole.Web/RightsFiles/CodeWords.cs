using System.Collections.Frozen;
using Microsoft.Extensions.Localization;
using WaConsole.Core.Capture;
using WaConsole.Core.Consent;
using WaConsole.Core.Contacts;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Notifications;
using WaConsole.Core.Pricing;
using WaConsole.Core.Sending;
using WaConsole.Web.Components.Contacts;
using WaConsole.Web.Components.Conversations;
using WaConsole.Web.Components.OptIns;
using WaConsole.Web.Components.Rights;

namespace WaConsole.Web.RightsFiles;

/// <summary>What is one of a few, in the reader's words: those of the screens, where a screen has them.</summary>
internal sealed class CodeWords(IStringLocalizerFactory texts)
{
    /// <summary>Where the words of each stand, and what their names begin with.</summary>
    public static readonly FrozenDictionary<Type, (Type Texts, string Prefix)> Places = new Dictionary<Type, (Type, string)>
    {
        [typeof(ConsentPurpose)] = (typeof(OptInTexts), "Purpose"),
        [typeof(ConsentAction)] = (typeof(OptInTexts), "Action"),
        [typeof(ConsentSource)] = (typeof(OptInTexts), "Source"),
        [typeof(LawfulBasis)] = (typeof(OptInTexts), "Basis"),
        [typeof(Standing)] = (typeof(OptInTexts), "Standing"),
        [typeof(ConversationStatus)] = (typeof(InboxText), "State"),
        [typeof(DeliveryStatus)] = (typeof(InboxText), "Status"),
        [typeof(MessageKind)] = (typeof(InboxText), "Kind"),
        [typeof(IdentifierKind)] = (typeof(ContactTexts), "Kind"),
        [typeof(ConsentDeed)] = (typeof(RightsTexts), "Deed"),
        [typeof(FreeBecause)] = (typeof(RightsTexts), "Free"),
        [typeof(MediaState)] = (typeof(RightsTexts), "File"),
        [typeof(MessageDirection)] = (typeof(RightsTexts), "Direction"),
        [typeof(NotificationKind)] = (typeof(RightsTexts), "Bell"),
        [typeof(OutboxLane)] = (typeof(RightsTexts), "Lane"),
        [typeof(OutboxState)] = (typeof(RightsTexts), "Queue"),
        [typeof(StopDecision)] = (typeof(RightsTexts), "Stop"),
    }.ToFrozenDictionary();

    private readonly IStringLocalizer _contacts = texts.Create(typeof(ContactTexts));
    private readonly IStringLocalizer _rights = texts.Create(typeof(RightsTexts));

    public string Of(Enum code) => Places.TryGetValue(code.GetType(), out var place) ? texts.Create(place.Texts)[place.Prefix + code] : code.ToString();

    public string Of(bool yes) => _contacts[yes ? "Yes" : "No"];

    public string Law(string code) => LawNames.Of(code, _rights)!;

    /// <summary>A text of the page itself.</summary>
    public string Text(string name, params object[] values) => _rights[name, values];

    /// <summary>WhatsApp's own word; one that is not known stands as WhatsApp wrote it.</summary>
    public string Wire(string prefix, string word) => _rights[prefix + word.ToLowerInvariant()] is { ResourceNotFound: false } known ? known.Value : word;
}
