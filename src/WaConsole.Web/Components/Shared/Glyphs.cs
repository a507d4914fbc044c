using Microsoft.AspNetCore.Components;

namespace WaConsole.Web.Components.Shared;

/// <summary>Our line icons, each one constant frame: no component, nothing to diff. Kinds of message have the same icon everywhere.</summary>
public static class Glyphs
{
    public static RenderFragment Search { get; } = Line("<circle cx='11' cy='11' r='6.5'/><path d='M16 16l4.5 4.5'/>");
    public static RenderFragment Microphone { get; } = Line("<rect x='9' y='3' width='6' height='11' rx='3'/><path d='M5.5 11a6.5 6.5 0 0013 0M12 17.500V21'/>");
    public static RenderFragment Picture { get; } = Line("<rect x='3' y='4' width='18' height='16' rx='2.5'/><circle cx='9' cy='10' r='1.8'/><path d='M4 18l5-5 4 3.500 3-2.500 4 4'/>");
    public static RenderFragment Film { get; } = Line("<rect x='3' y='5' width='18' height='14' rx='2.5'/><path d='M10 9.500v5l4.500-2.500z'/>");
    public static RenderFragment Document { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/>");
    public static RenderFragment DocumentOfText { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/><path d='M9 11.500h6M9 14.500h6M9 17.500h4'/>");
    public static RenderFragment DocumentOfPages { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/><path d='M9 18c2.500-2.500 3-4.500 2.800-6.500-.1-1.400-1.800-.9-1.300.8.6 2.200 2.200 3.800 4.500 4'/>");
    public static RenderFragment DocumentOfCells { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/><path d='M9 11.500h6v6H9zM9 14.500h6M12 11.500v6'/>");
    public static RenderFragment DocumentOfSlides { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/><path d='M9 11.500h6v4H9zM12 15.500v2.500'/>");
    public static RenderFragment DocumentOfFiles { get; } = Line("<path d='M6 3h8l4 4v14H6z'/><path d='M14 3v4h4'/><path d='M11 4.500h1M11 7h1M11 9.500h1M10.500 12.500h2v3h-2z'/>");
    public static RenderFragment Sticker { get; } = Line("<path d='M13 20.500H6.500a3 3 0 01-3-3v-11a3 3 0 013-3h11a3 3 0 013 3V13z'/><path d='M13 20.500V16a3 3 0 013-3h4.500'/>");
    public static RenderFragment Pin { get; } = Line("<path d='M12 21c-4.500-4.800-6.500-8-6.500-11a6.500 6.500 0 0113 0c0 3-2 6.200-6.500 11z'/><circle cx='12' cy='10' r='2.3'/>");
    public static RenderFragment Card { get; } = Line("<rect x='3' y='5' width='18' height='14' rx='2.5'/><circle cx='8.5' cy='11' r='2'/><path d='M5.500 16c.5-1.600 1.600-2.400 3-2.400s2.500.8 3 2.400M14.500 10h4M14.500 14h3'/>");
    public static RenderFragment Person { get; } = Line("<circle cx='12' cy='8' r='3.8'/><path d='M4.500 20c.7-4.200 3.400-6.300 7.500-6.300s6.800 2.100 7.500 6.300'/>");
    public static RenderFragment Bag { get; } = Line("<path d='M5 8h14l-1 12H6z'/><path d='M9 8V6.500a3 3 0 016 0V8'/>");
    public static RenderFragment Template { get; } = Line("<rect x='4' y='3' width='16' height='18' rx='2.5'/><path d='M8 8h8M8 12h8M8 16h5'/>");
    public static RenderFragment ListLines { get; } = Mirrored("<path d='M9 6h11M9 12h11M9 18h11M4.500 6h.01M4.500 12h.01M4.500 18h.01'/>");
    public static RenderFragment Info { get; } = Line("<circle cx='12' cy='12' r='9'/><path d='M12 11v5.500M12 7.600v.01'/>");
    public static RenderFragment Question { get; } = Line("<circle cx='12' cy='12' r='9'/><path d='M9.500 9.500a2.600 2.600 0 115 .8c0 1.700-2.500 2-2.500 3.600M12 17v.01'/>");
    public static RenderFragment Phone { get; } = Line("<path d='M6 3.500h3l1.500 4.500-2 1.500a12 12 0 006 6l1.500-2 4.500 1.500v3a2 2 0 01-2.200 2A17 17 0 014 5.700a2 2 0 012-2.200z'/>");
    public static RenderFragment Lock { get; } = Line("<rect x='5' y='11' width='14' height='9' rx='2'/><path d='M8 11V8a4 4 0 018 0v3'/>");
    public static RenderFragment Gift { get; } = Line("<path d='M4 11h16v9H4zM3 7.500h18V11H3zM12 7.500V20M12 7.500c-1.500-4-6.500-4-5.500-1.200.5 1.200 3 1.200 5.500 1.200zM12 7.500c1.500-4 6.500-4 5.500-1.200-.5 1.200-3 1.200-5.500 1.200z'/>");
    public static RenderFragment Check { get; } = Line("<path d='M4 12.500l5 5L20 6.500'/>", 2.2);
    public static RenderFragment Smile { get; } = Line("<circle cx='12' cy='12' r='9'/><path d='M8.500 14.500c1 1.300 2.200 1.900 3.500 1.900s2.500-.6 3.500-1.900M9 9.500v.01M15 9.500v.01'/>");
    public static RenderFragment Clip { get; } = Line("<path d='M20 11.500l-8.500 8.500a5 5 0 01-7-7L13 4.500a3.300 3.300 0 014.700 4.700L9.500 17.500a1.700 1.700 0 01-2.400-2.400L14.500 8'/>");
    public static RenderFragment Close { get; } = Line("<path d='M6 6l12 12M18 6L6 18'/>", 2);
    public static RenderFragment Back { get; } = Mirrored("<path d='M14.500 5L7.500 12l7 7'/>", 2);
    public static RenderFragment Down { get; } = Line("<path d='M6 9.500l6 6 6-6'/>", 2);
    public static RenderFragment More { get; } = Line("<path d='M5 12h.01M12 12h.01M19 12h.01'/>", 3);
    public static RenderFragment Reply { get; } = Mirrored("<path d='M10 6L4 12l6 6M4.500 12H14a6 6 0 016 6v1'/>");
    public static RenderFragment Copy { get; } = Line("<rect x='8' y='8' width='12' height='12' rx='2.5'/><path d='M16 8V6a2 2 0 00-2-2H6a2 2 0 00-2 2v8a2 2 0 002 2h2'/>");
    public static RenderFragment Forward { get; } = Mirrored("<path d='M14 6l6 6-6 6M19.500 12H10a6 6 0 00-6 6v1'/>");
    public static RenderFragment Clock { get; } = Line("<circle cx='12' cy='12' r='8.5'/><path d='M12 7.500V12l3 2'/>");
    public static RenderFragment Snooze { get; } = Line("<circle cx='12' cy='13' r='7.5'/><path d='M12 9v4l2.500 1.500M4 6l3-2.500M20 6l-3-2.500'/>");
    public static RenderFragment Unread { get; } = Line("<rect x='3' y='5.5' width='18' height='13' rx='2.5'/><path d='M3.500 8l8.500 5.500L20.500 8'/>");
    public static RenderFragment Panel { get; } = Mirrored("<rect x='3' y='4' width='18' height='16' rx='2.5'/><path d='M15 4v16'/>");
    public static RenderFragment Warning { get; } = Line("<path d='M12 4l9 16H3z'/><path d='M12 10v4.500M12 17v.01'/>");
    public static RenderFragment Download { get; } = Line("<path d='M12 4v11M7.500 11L12 15.500 16.500 11M5 20h14'/>");
    public static RenderFragment Link { get; } = Line("<path d='M9.500 14.500l5-5M11 7l1.500-1.500a4 4 0 015.700 5.700L16.500 13M13 17l-1.500 1.500a4 4 0 01-5.700-5.700L7.500 11'/>");
    public static RenderFragment Megaphone { get; } = Line("<path d='M4 10v4l11 5V5z'/><path d='M18 9a4 4 0 010 6M7 15v4h3v-3'/>");
    public static RenderFragment Inbox { get; } = Line("<path d='M3 13l3-8h12l3 8v6H3z'/><path d='M3 13h5l1.500 3h5L16 13h5'/>");
    public static RenderFragment Chat { get; } = Line("<path d='M4 5.500h16a1 1 0 011 1v10a1 1 0 01-1 1h-8l-4.500 3.500v-3.500H4a1 1 0 01-1-1v-10a1 1 0 011-1z'/>");
    public static RenderFragment Send { get; } = Mirrored("<path d='M4 12l16-7.500L15.500 20l-4-6.500z'/><path d='M11.500 13.500L20 4.500'/>");
    public static RenderFragment Retry { get; } = Line("<path d='M19 12a7 7 0 11-2-5l2 2M19 4.500V9h-4.500'/>", 2);

    public static RenderFragment Tag { get; } = Line("<path d='M3.500 4.500v7l9 9 8-8-9-9h-7a1 1 0 00-1 1z'/><path d='M8 8.500v.01'/>");

    public static RenderFragment Play { get; } = Line("<path d='M8 5.500v13l10.500-6.500z' fill='currentColor'/>");
    public static RenderFragment Pause { get; } = Line("<path d='M8.500 6v12M15.500 6v12'/>", 3.4);

    public static RenderFragment OneTick { get; } = Tick("<path d='M3.500 6.500l3 3L12.500 2'/>");
    public static RenderFragment TwoTicks { get; } = Tick("<path d='M1.500 6.500l3 3L10.500 2M7.500 9.500L13.500 2M6.500 8.500l1 1'/>");

    private static RenderFragment Line(string shapes, double width = 1.8) => Constant(Svg(shapes, width, ""));

    /// <summary>Points along the line of reading, so it is turned round where that runs from right to left.</summary>
    private static RenderFragment Mirrored(string shapes, double width = 1.8) => Constant(Svg(shapes, width, " class='mirrors'"));

    private static string Svg(string shapes, double width, string marks) => FormattableString.Invariant(
        $"<svg{marks} viewBox='0 0 24 24' fill='none' stroke='currentColor' stroke-width='{width}' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>{shapes}</svg>");

    private static RenderFragment Tick(string shapes) => Constant(
        $"<svg viewBox='0 0 16 12' fill='none' stroke='currentColor' stroke-width='1.7' stroke-linecap='round' stroke-linejoin='round' aria-hidden='true'>{shapes}</svg>");

    private static RenderFragment Constant(string markup) => builder => builder.AddMarkupContent(0, markup);
}
