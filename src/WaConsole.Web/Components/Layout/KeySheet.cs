using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace WaConsole.Web.Components.Layout;

/// <summary>
/// The sheet of keys as it is written, once for each language. It is on every page and nearly always closed: drawn as elements it took
/// 20 KB of each screen's memory.
/// </summary>
internal static class KeySheet
{
    private static readonly ConcurrentDictionary<string, MarkupString> Written = new(StringComparer.Ordinal);

    private static readonly (string Title, (string Key, string Does)[] Keys)[] Sections =
    [
        ("Everywhere", [("Ctrl K", "OpenCommand"), ("?", "OpenSheet"), ("G I", "GoInbox"), ("G C", "GoContacts"), ("G T", "GoTemplates"), ("G O", "GoOptIns"), ("G N", "GoNumbers"), ("G S", "GoSettings")]),
        ("InInbox", [("J", "NextOne"), ("K", "PreviousOne"), ("X", "Pick"), (".", "RowMenu"), ("/", "SearchInbox"), ("P", "TogglePanel")]),
        ("InConversation",
        [
            ("R", "WriteReply"), ("N", "WriteNote"), ("E", "ResolveNext"), ("A", "Assign"), ("I", "AssignMe"), ("Z", "Snooze"), ("L", "Label"),
            ("T", "Template"), ("U", "Unread"),
        ]),
        ("WhileTyping",
        [
            ("Esc", "LeaveBox"), ("Alt J", "NextOne"), ("Alt K", "PreviousOne"), ("Alt E", "ResolveNext"), ("/", "Canned"), ("@", "Mention"),
            ("Ctrl B", "Bold"), ("Ctrl I", "Italic"),
        ]),
    ];

    public static MarkupString In(IStringLocalizer<KeyTexts> words) => Written.GetOrAdd(CultureInfo.CurrentUICulture.Name, _ => Write(words));

    private static MarkupString Write(IStringLocalizer<KeyTexts> words)
    {
        var html = new StringBuilder();
        foreach (var (title, keys) in Sections)
        {
            html.Append("<section><h3>").Append(Encoded(words[title])).Append("</h3><dl>");
            foreach (var (key, does) in keys)
            {
                html.Append("<div><dt>");
                foreach (var one in key.Split(' '))
                {
                    html.Append("<kbd>").Append(Encoded(one)).Append("</kbd>");
                }

                html.Append("</dt><dd>").Append(Encoded(words[does])).Append("</dd></div>");
            }

            html.Append("</dl></section>");
        }

        return new MarkupString(html.ToString());
    }

    private static string Encoded(string text) => HtmlEncoder.Default.Encode(text);
}
