using FsCheck.Xunit;
using WaConsole.Core.Policy;

namespace WaConsole.Core.Tests.Policy;

public sealed class PolicyHintsTests
{
    [Theory]
    [InlineData("Please send me your card number and the CVV.")]
    [InlineData("What is your passport number?")]
    [InlineData("Your ID number?")]
    [InlineData("Envíame el número de tarjeta, por favor")]
    [InlineData("¿Cuál es tu DNI?")]
    [InlineData("Me passa o número do cartão")]
    [InlineData("Qual é o seu CPF?")]
    [InlineData("कृपया अपना कार्ड नंबर भेजें")]
    [InlineData("आपका आधार नंबर क्या है?")]
    [InlineData("من فضلك أرسل رقم البطاقة")]
    [InlineData("ما هو رقم حسابك؟")]
    [InlineData("Mohon kirim nomor kartu Anda")]
    [InlineData("Berapa nomor rekening Anda?")]
    public void Asking_for_a_full_number_is_hinted_at_in_every_language(string text) => Assert.Equal([PolicyConcern.FullNumber], PolicyHints.In(text));

    [Theory]
    [InlineData("Please send the last four digits of your card number.")]
    [InlineData("Never send your card number in a chat.")]
    [InlineData("Your account number is on the invoice.")]
    [InlineData("Envíame los últimos cuatro dígitos del número de tarjeta")]
    [InlineData("Não envie o número do cartão por aqui")]
    [InlineData("कार्ड नंबर के अंतिम चार अंक भेजें")]
    [InlineData("أرسل آخر أربعة أرقام من رقم البطاقة")]
    [InlineData("Jangan kirim nomor kartu Anda")]
    [InlineData("Please send me your order number.")]
    [InlineData("What is your phone number?")]
    public void A_part_a_warning_or_another_number_is_fine(string text) => Assert.Empty(PolicyHints.In(text));

    [Theory]
    [InlineData("We have cigarettes in stock", PolicyConcern.Tobacco)]
    [InlineData("Vendemos vinos a buen precio", PolicyConcern.Alcohol)]
    [InlineData("Temos munição disponível", PolicyConcern.Weapons)]
    [InlineData("हमारे पास शराब उपलब्ध है", PolicyConcern.Alcohol)]
    [InlineData("لدينا سجائر بسعر جيد", PolicyConcern.Tobacco)]
    [InlineData("Jual rokok murah", PolicyConcern.Tobacco)]
    [InlineData("Buy bitcoin today", PolicyConcern.Money)]
    [InlineData("Replica watches for sale", PolicyConcern.Counterfeit)]
    [InlineData("Join our online casino, win today", PolicyConcern.Gambling)]
    public void Offering_what_the_commerce_policy_restricts_is_hinted_at(string text, PolicyConcern concern)
    {
        Assert.Equal([concern], PolicyHints.In(text));
        Assert.True(PolicyHints.Say(concern).Length > 40);
    }

    [Theory]
    [InlineData("We do not sell alcohol.")]
    [InlineData("Our boots are free of ivory and on sale.")]
    [InlineData("Your winery tour starts at ten.")]
    [InlineData("No vendemos tabaco")]
    [InlineData("Smoking is not good. The price of the boots is 189 EUR.")]
    [InlineData("We ship today, the pin on the map is our shop.")]
    [InlineData("")]
    public void What_is_denied_or_only_sounds_alike_is_fine(string text) => Assert.Empty(PolicyHints.In(text));

    [Fact]
    public void Every_concern_has_words_for_whoever_typed_it() =>
        Assert.All(Enum.GetValues<PolicyConcern>(), concern => Assert.True(PolicyHints.Say(concern).Length > 40));

    [Property]
    public bool No_text_brings_it_down(string? text) => PolicyHints.In(text ?? "") is not null && OptOutWords.IsOne(text ?? "") is var _;

    [Theory]
    [InlineData("STOP")]
    [InlineData(" stop! ")]
    [InlineData("Opt-out")]
    [InlineData("No más")]
    [InlineData("Descadastrar")]
    [InlineData("रोकें")]
    [InlineData("إلغاء")]
    [InlineData("Berhenti.")]
    public void A_message_that_is_only_a_word_to_stop_is_known(string text) => Assert.True(OptOutWords.IsOne(text));

    [Theory]
    [InlineData("Please stop by the shop")]
    [InlineData("When does the sale end?")]
    [InlineData("")]
    public void A_word_to_stop_within_a_sentence_is_none(string text) => Assert.False(OptOutWords.IsOne(text));
}
