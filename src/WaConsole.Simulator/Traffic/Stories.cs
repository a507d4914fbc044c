namespace WaConsole.Simulator.Traffic;

/// <summary>What scripted customers talk about, line by line.</summary>
internal static class Stories
{
    public static IReadOnlyList<IReadOnlyList<string>> All { get; } =
    [
        ["Hello! Do you have the brown Chelsea boots in 42?", "Wide, if you can.", "Great, could you put them aside until Saturday?", "Thank you, see you then 👋"],
        ["Good morning, my order AO-2063 says shipped since Monday. Where is it?", "Ah, I had not seen that link. It says tomorrow.", "Perfect, thanks for the quick help!"],
        ["The sole of my left shoe is coming off after only two months 😕", "Bought in the Berlin shop in September, size 39.", "Shall I bring them in or send them?", "OK, I will drop by on Thursday."],
        ["Hi, do you repair shoes that are not yours?", "Black Oxfords, new heels and a good polish.", "How long would it take?", "Fine for me. Where can I leave them?"],
        ["Kann ich morgen um 10 Uhr zur Anprobe kommen?", "Es geht um die Wanderstiefel.", "Super, dann bis morgen!"],
        ["Could I change the delivery address for AO-2071?", "It should go to my office, 4th floor, Lindenstraße 12.", "You are the best, thanks 🙏"],
        ["Is the cedar polish also good for nubuck?", "And which brush do you recommend?", "I will take both. Can I pay when I collect?"],
        ["I got size 43 but I ordered 44.", "Order AO-2058.", "Yes, an exchange please. I still have the box.", "When will the new pair be here?"],
        ["Do you have gift vouchers?", "150 € would be lovely, for my father.", "By mail is fine, thank you!"],
        ["Haben Sie am 24. Dezember geöffnet?", "Und an Silvester?", "Danke, schöne Feiertage! 🎄"],
        ["Hello, are your boots vegan?", "I see. And the sandals?", "Good to know, I will have a look at the shop."],
        ["My invoice for AO-2049 is missing the company name.", "Oberle & Söhne GmbH, Vienna.", "Received, thanks a lot."],
    ];
}
