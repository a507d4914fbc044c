using WaConsole.Core.OptIns;

namespace WaConsole.Core.Tests.OptIns;

public sealed class WordingRulesTests
{
    [Theory]
    [InlineData("Answer STOP to end them.")]
    [InlineData("You can unsubscribe at any time.")]
    [InlineData("To opt out, tell us.")]
    [InlineData("Responde BAJA para salir.")]
    [InlineData("Responda SAIR para cancelar.")]
    [InlineData("Répondez ARRÊT pour vous désabonner.")]
    [InlineData("Mit STOPP abmelden.")]
    [InlineData("रोकने के लिए STOP लिखें")]
    [InlineData("इसे बंद करें")]
    [InlineData("للإيقاف أرسل كلمة توقف")]
    [InlineData("Balas BERHENTI untuk mengakhiri.")]
    [InlineData("回复退订即可")]
    [InlineData("配信停止はこちら")]
    public void How_to_stop_is_found_in_words(string sentence) =>
        Assert.DoesNotContain(WordingPart.HowToStop, WordingRules.Missing($"Nonstop Café writes to you by WhatsApp. {sentence} https://cafe.example", "Nonstop Café"));

    [Theory]
    [InlineData("Nonstop Café", "We write to you by WhatsApp.")]
    [InlineData("Stop & Go", "Stop & Go writes to you by WhatsApp.")]
    [InlineData("Luna", "Luna trabaja con WhatsApp.")]
    [InlineData("Luna", "Luna vai preparar ofertas.")]
    [InlineData("Luna", "See https://luna.example/stop for more.")]
    public void A_name_an_address_and_another_word_that_holds_it_do_not_say_how_to_stop(string business, string sentence) =>
        Assert.Contains(WordingPart.HowToStop, WordingRules.Missing($"{business} {sentence} https://luna.example/privacy", business));

    [Theory]
    [InlineData("https://wa.me/491701234567", false)]
    [InlineData("https://api.whatsapp.com/send?phone=1", false)]
    [InlineData("https://www.whatsapp.com/legal", false)]
    [InlineData("https://console.luna.example/", false)]
    [InlineData("https://CONSOLE.luna.example/privacy", false)]
    [InlineData("https://other.example/opt-in/luna", false)]
    [InlineData("https://other.example/opt-out", false)]
    [InlineData("https://privacy", false)]
    [InlineData("http://luna.example/privacy", false)]
    [InlineData("https://luna.example/privacy.", true)]
    [InlineData("https://wa.me/491701234567 https://luna.example/opt-in-privacy", true)]
    [InlineData("https://notwhatsapp.com/privacy", true)]
    public void A_chat_and_this_consoles_own_pages_are_no_privacy_notice(string addresses, bool isThere) =>
        Assert.Equal(
            !isThere,
            WordingRules.Missing($"Luna writes to you by WhatsApp. STOP ends it. {addresses}", "Luna", "console.luna.example").Contains(WordingPart.PrivacyLink));
}
