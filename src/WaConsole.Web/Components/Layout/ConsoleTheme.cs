using MudBlazor;

namespace WaConsole.Web.Components.Layout;

/// <summary>MudBlazor's side of our theme. Colours come from tokens.css through app.css, so both worlds read the same numbers.</summary>
internal static class ConsoleTheme
{
    private static readonly string[] Font = ["var(--font)"];

    public static MudTheme Theme { get; } = new()
    {
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Font, FontSize = "14px", LineHeight = "1.45", LetterSpacing = "normal" },
            Button = new ButtonTypography
            {
                FontFamily = Font,
                FontSize = "13px",
                FontWeight = "550",
                LetterSpacing = "normal",
                TextTransform = "none",
            },
        },
    };
}
