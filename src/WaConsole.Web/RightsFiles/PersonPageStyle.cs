namespace WaConsole.Web.RightsFiles;

/// <summary>Within the page itself: the file is opened where nothing of the console is. Colours are those of tokens.css.</summary>
internal static class PersonPageStyle
{
    public const string Css =
        """
        :root{color-scheme:light dark;--bg:#f6f7f6;--surface:#fff;--line:#e6e9e7;--ink:#16211d;--ink-2:#4d5b55;--ink-3:#5a6761;--accent:#0b7a5e;--accent-strong:#075e48}
        @media screen and (prefers-color-scheme:dark){:root{--bg:#0e1412;--surface:#151d1a;--line:#25302c;--ink:#e9f0ec;--ink-2:#b3c0ba;--ink-3:#a3b1aa;--accent:#35b591;--accent-strong:#6fd6b8}}
        *{box-sizing:border-box}
        html{scroll-padding-top:1rem}
        body{margin:0;padding:2rem 1rem 4rem;background:var(--bg);color:var(--ink);font:15px/1.55 Inter,system-ui,"Segoe UI","Noto Sans","Noto Sans Arabic","Noto Sans Devanagari",sans-serif,"Noto Color Emoji"}
        body{display:grid;grid-template-columns:minmax(0,50rem);justify-content:center;gap:1.5rem}
        h1,h2,p,dl,ul{margin:0}
        ul{padding:0;list-style:none}
        h1{font-size:1.75rem;line-height:1.2;letter-spacing:-.02em;text-wrap:balance}
        :lang(ar) h1,:lang(hi) h1{letter-spacing:0}
        a,summary{color:var(--accent-strong)}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
        header,section,nav{background:var(--surface);border:1px solid var(--line);border-radius:14px;padding:1.25rem 1.5rem}
        header{border-block-start:4px solid var(--accent);padding-block:1.75rem 1.5rem}
        .who{margin-block-start:.35rem;font-size:1.15rem;font-weight:600;color:var(--accent-strong);overflow-wrap:anywhere}
        .lead{margin-block:.9rem 1.1rem;color:var(--ink-2)}
        main{display:grid;gap:1.25rem;min-width:0}
        section h2{font-size:1.1rem;line-height:1.3}
        article{padding-block:.85rem;border-block-end:1px solid var(--line)}
        article:last-child{padding-block-end:0;border:0}
        dl{display:grid;grid-template-columns:minmax(7rem,14rem) minmax(0,1fr);gap:.3rem 1.25rem}
        dt{color:var(--ink-3);font-size:.9em}
        dd{margin:0;min-width:0;overflow-wrap:anywhere;white-space:pre-wrap}
        time{font-variant-numeric:tabular-nums}
        details{margin-block-start:.6rem;font-size:.875rem}
        summary{cursor:pointer;width:fit-content;padding-block:.2rem}
        details dl{margin-block-start:.5rem;padding-inline-start:.85rem;border-inline-start:2px solid var(--line)}
        details dd{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:.92em}
        .none{margin-block-start:.7rem;columns:2 14rem;color:var(--ink-2)}
        .none li{padding-block:.15rem;break-inside:avoid}
        nav h2{font-size:.8rem;color:var(--ink-3);font-weight:600}
        nav ul{margin-block-start:.5rem;columns:2 9rem;font-size:.875rem}
        nav li{break-inside:avoid}
        nav a{display:block;padding-block:.3rem;text-decoration:none}
        nav a:hover{text-decoration:underline}
        @media (min-width:70rem){body{grid-template-columns:15rem minmax(0,50rem)}nav{position:sticky;inset-block-start:2rem;align-self:start;max-height:calc(100vh - 4rem);overflow:auto;padding-inline:1.1rem}nav ul{columns:1}nav a{padding-block:.2rem}}
        @media (max-width:34rem){body{padding:0 0 2rem;gap:.6rem}main{gap:.6rem}header,section,nav{border-radius:0;border-inline:0;padding-inline:1rem}nav{order:1}dl,details dl{grid-template-columns:minmax(0,1fr);gap:0}dd{margin-block-end:.5rem}}
        @page{margin:18mm 16mm}
        @media print{:root{color-scheme:light}body{display:block;padding:0;background:none;font-size:10pt}nav,details{display:none}main{display:block}header,section{border:0;border-radius:0;padding:0 0 5mm}header{border-block-start:3px solid var(--accent);border-block-end:1px solid #bbb;padding-block:5mm}section{margin-block-start:6mm}section h2{break-after:avoid;border-block-end:1px solid #bbb;padding-block-end:1.5mm;font-size:13pt}article{break-inside:avoid;padding-block:2.5mm}dl{gap:.6mm 5mm;grid-template-columns:48mm minmax(0,1fr)}}
        """;
}
