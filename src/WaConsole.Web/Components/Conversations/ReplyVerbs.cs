using WaConsole.Core.CannedReplies;
using WaConsole.Core.Conversations;
using WaConsole.Core.Media;
using WaConsole.Core.Team;

namespace WaConsole.Web.Components.Conversations;

/// <summary>What the composer does, handed over as one thing.</summary>
public sealed class ReplyVerbs(
    SendReply send, KeepDraft drafts, KeepPreferences preferences, ShowTyping typing, ListCannedReplies canned, FillCannedReply fill, WriteNote note,
    Presence presence, ReadLastAnswer answer, StoreVoiceNote voice, DropUpload drop,
    DeliverWhenAnswered later)
{
    public SendReply Send => send;

    public KeepDraft Drafts => drafts;

    public KeepPreferences Preferences => preferences;

    public ShowTyping Typing => typing;

    public ListCannedReplies Canned => canned;

    public FillCannedReply Fill => fill;

    public WriteNote Note => note;

    public Presence Presence => presence;

    public ReadLastAnswer Answer => answer;

    public DropUpload Drop => drop;

    public DeliverWhenAnswered Later => later;

    /// <summary>Recordings go up over HTTP; here only whether they can be made.</summary>
    public bool MayRecord => voice.IsPossible;
}
