using WaConsole.Core.Policy;

namespace WaConsole.Core.Tests.Policy;

public sealed class AnswerWordsTests
{
    [Theory]
    [InlineData("No, thanks")]
    [InlineData("Not now")]
    [InlineData("Maybe later")]
    [InlineData("Don't send")]
    [InlineData("Stop offers")]
    [InlineData("Unsubscribe")]
    [InlineData("CANCEL")]
    [InlineData("No, gracias")]
    [InlineData("Não quero")]
    [InlineData("Non merci")]
    [InlineData("Nein danke")]
    [InlineData("Lieber nicht")]
    [InlineData("No grazie")]
    [InlineData("Nee, bedankt")]
    [InlineData("Nie, dziękuję")]
    [InlineData("Hayır")]
    [InlineData("Нет, спасибо")]
    [InlineData("لا شكرًا")]
    [InlineData("नहीं, धन्यवाद")]
    [InlineData("Tidak, terima kasih")]
    [InlineData("不用了")]
    [InlineData("いいえ")]
    public void A_button_that_says_no_or_stop_is_no_yes(string label) => Assert.True(AnswerWords.Refuses(label));

    [Theory]
    [InlineData("Yes")]
    [InlineData("Yes, please!")]
    [InlineData("All well")]
    [InlineData("I agree")]
    [InlineData("Start")]
    [InlineData("Sí, acepto")]
    [InlineData("Sim, quero")]
    [InlineData("Oui")]
    [InlineData("Ja, gerne")]
    [InlineData("Sì, accetto")]
    [InlineData("Evet")]
    [InlineData("Да")]
    [InlineData("نعم، أوافق")]
    [InlineData("हाँ, सहमत")]
    [InlineData("Ya, setuju")]
    [InlineData("是的")]
    [InlineData("はい")]
    public void A_button_that_agrees_may_be_one(string label) => Assert.False(AnswerWords.Refuses(label));
}
