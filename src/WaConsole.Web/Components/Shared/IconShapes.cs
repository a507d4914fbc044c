using System.Collections.Frozen;

namespace WaConsole.Web.Components.Shared;

/// <summary>The shapes of <see cref="Icon"/>, in a box of 24 units. Constants of ours, so they may be written as markup.</summary>
internal static class IconShapes
{
    private static readonly FrozenDictionary<string, string> Shapes = new Dictionary<string, string>
    {
        ["inbox"] = """<path d="M3 13l3-8h12l3 8v6H3z"/><path d="M3 13h5l1.5 3h5L16 13h5"/>""",
        ["people"] = """<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.6-4 3-6 6.5-6s5.9 2 6.5 6"/><path d="M16 5a3 3 0 010 6M18 14c2 .6 3.2 2.6 3.5 6"/>""",
        ["template"] = """<rect x="4" y="3" width="16" height="18" rx="2.5"/><path d="M8 8h8M8 12h8M8 16h5"/>""",
        ["megaphone"] = """<path d="M4 10v4l11 5V5z"/><path d="M18 9a4 4 0 010 6M7 15v4h3v-3"/>""",
        ["shield"] = """<path d="M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6z"/><path d="M8.5 12l2.5 2.5 4.5-5"/>""",
        ["phone"] = """<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2"/>""",
        ["chart"] = """<path d="M4 20V10M10 20V4M16 20v-7M21 20H3"/>""",
        ["gear"] = """<circle cx="12" cy="12" r="3"/><path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1"/>""",
        ["search"] = """<circle cx="11" cy="11" r="6.5"/><path d="M16 16l4.5 4.5"/>""",
        ["mic"] = """<rect x="9" y="3" width="6" height="11" rx="3"/><path d="M5.5 11a6.5 6.5 0 0013 0M12 17.5V21"/>""",
        ["image"] = """<rect x="3" y="4" width="18" height="16" rx="2.5"/><circle cx="9" cy="10" r="1.8"/><path d="M4 18l5-5 4 3.5 3-2.5 4 4"/>""",
        ["smile"] = """<circle cx="12" cy="12" r="9"/><path d="M8.5 14.5c1 1.3 2.2 1.9 3.5 1.9s2.5-.6 3.5-1.9M9 9.5v.01M15 9.5v.01"/>""",
        ["attach"] = """<path d="M20 11.5l-8.5 8.5a5 5 0 01-7-7L13 4.5a3.3 3.3 0 014.7 4.7L9.5 17.5a1.7 1.7 0 01-2.4-2.4L14.5 8"/>""",
        ["list"] = """<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01"/>""",
        ["bag"] = """<path d="M5 8h14l-1 12H6z"/><path d="M9 8V6.5a3 3 0 016 0V8"/>""",
        ["bolt"] = """<path d="M13 3L5 14h6l-1 7 8-11h-6z"/>""",
        ["lock"] = """<rect x="5" y="11" width="14" height="9" rx="2"/><path d="M8 11V8a4 4 0 018 0v3"/>""",
        ["clock"] = """<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>""",
        ["check"] = """<path d="M4 12.5l5 5L20 6.5"/>""",
        ["grip"] = """<path d="M9 6v.01M15 6v.01M9 12v.01M15 12v.01M9 18v.01M15 18v.01"/>""",
        ["document"] = """<path d="M6 3h8l4 4v14H6z"/><path d="M14 3v4h4"/>""",
        ["book"] = """<path d="M12 6.5C10 5 7 4.500 3.500 4.500v13.500c3.500 0 6.500.5 8.500 2 2-1.500 5-2 8.500-2V4.500C17 4.500 14 5 12 6.500z"/><path d="M12 6.500V20"/>""",
        ["sun"] = """<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6l1.4 1.4M17 17l1.4 1.4M5.6 18.4l1.4-1.4M17 7l1.4-1.4"/>""",
        ["moon"] = """<path d="M20 14.5A8.5 8.5 0 019.5 4a8.5 8.5 0 1010.5 10.5z"/>""",
        ["screen"] = """<rect x="3" y="4.5" width="18" height="12" rx="2"/><path d="M9 20h6M12 16.5V20"/>""",
        ["person"] = """<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"/>""",
        ["exit"] = """<path d="M10 4H6a2 2 0 00-2 2v12a2 2 0 002 2h4M15 8l4 4-4 4M19 12H9"/>""",
        ["key"] = """<circle cx="8" cy="15.5" r="4"/><path d="M11 12.5L20 3.5M16 7.5l3 3M13.5 10l2 2"/>""",
        ["pulse"] = """<path d="M3 12h4l2.5-7 5 14 2.5-7h4"/>""",
        ["copy"] = """<rect x="8.5" y="8.5" width="12" height="12" rx="2.5"/><path d="M15.5 8.5V6A2.5 2.5 0 0013 3.5H6A2.5 2.5 0 003.5 6v7A2.5 2.5 0 006 15.5h2.5"/>""",
        ["plus"] = """<path d="M12 5v14M5 12h14"/>""",
        ["close"] = """<path d="M6 6l12 12M18 6L6 18"/>""",
        ["warning"] = """<path d="M12 4L2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17.3v.01"/>""",
        ["retry"] = """<path d="M4 12a8 8 0 0114-5.3L20 8.5M20 4v4.5h-4.5M20 12a8 8 0 01-14 5.3L4 15.5M4 20v-4.5h4.5"/>""",
        ["chevron"] = """<path d="M7 10l5 5 5-5"/>""",
        ["back"] = """<path d="M19 12H5M11 6l-6 6 6 6"/>""",
        ["tag"] = """<path d="M3.5 4.5v7l9 9 8-8-9-9h-7a1 1 0 00-1 1z"/><path d="M8 8.5v.01"/>""",
        ["bell"] = """<path d="M6 16V10.5a6 6 0 0112 0V16l2 2H4z"/><path d="M10 20.500a2 2 0 004 0"/>""",
        ["volume"] = """<path d="M4 9.500v5h3.500L12 19V5L7.500 9.500z"/><path d="M15.500 9a4 4 0 010 6M18 6.500a7.500 7.500 0 010 11"/>""",
        ["eye"] = """<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>""",
    }.ToFrozenDictionary();

    public static string Of(string name) => Shapes[name];
}
