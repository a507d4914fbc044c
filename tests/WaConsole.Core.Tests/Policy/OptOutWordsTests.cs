using WaConsole.Core.Policy;

namespace WaConsole.Core.Tests.Policy;

public sealed class OptOutWordsTests
{
    /// <summary>Fifteen languages, as people type them.</summary>
    public static TheoryData<string, string, HeardWish> Words => new()
    {
        { "en", "STOP", HeardWish.Stop },
        { "es", "No más", HeardWish.Stop },
        { "pt", "Descadastrar", HeardWish.Stop },
        { "fr", "Désabonner", HeardWish.Stop },
        { "de", "Abmelden!", HeardWish.Stop },
        { "it", "disiscrivi", HeardWish.Stop },
        { "nl", "AFMELDEN", HeardWish.Stop },
        { "pl", "Rezygnuję", HeardWish.Stop },
        { "tr", "İPTAL", HeardWish.StopIfOffered },
        { "ru", "Стоп", HeardWish.Stop },
        { "ar", "إيقاف", HeardWish.Stop },
        { "hi", "रोकें", HeardWish.Stop },
        { "id", "Berhenti", HeardWish.Stop },
        { "zh", "退订", HeardWish.Stop },
        { "ja", "配信停止", HeardWish.Stop },
    };

    [Theory, MemberData(nameof(Words))]
    public void A_word_to_stop_is_understood_in_fifteen_languages(string language, string text, HeardWish wish)
    {
        Assert.NotEmpty(language);
        Assert.Equal(wish, OptOutWords.Read(text));
    }

    [Theory]
    [InlineData("  stop. ")]
    [InlineData("🛑 Stop 🛑")]
    [InlineData("ＳＴＯＰ")]
    [InlineData("S\u0301top")]
    [InlineData("stop\n")]
    [InlineData("Stop promotions")]
    [InlineData("STOP ⛔️")]
    [InlineData("STOP ❤️")]
    [InlineData("Stop 🙅‍♀️")]
    [InlineData("STOP 👎🏽")]
    [InlineData("\u200FSTOP\u200E")]
    [InlineData("توقّف")]
    public void Spelling_does_not_hide_it(string text) => Assert.Equal(HeardWish.Stop, OptOutWords.Read(text));

    [Theory]
    [InlineData("cancel")]
    [InlineData("END")]
    [InlineData("Baja")]
    [InlineData("çık")]
    [InlineData("ÇIK")]
    [InlineData("取消")]
    public void Common_words_mean_a_stop_only_after_an_offer(string text) => Assert.Equal(HeardWish.StopIfOffered, OptOutWords.Read(text));

    [Theory]
    [InlineData("The bus stop is closed")]
    [InlineData("Please stop by tomorrow")]
    [InlineData("yes")]
    [InlineData("Can I cancel my order?")]
    [InlineData("")]
    [InlineData("\udc00")]
    public void A_sentence_that_holds_the_word_is_no_stop(string text) => Assert.Equal(HeardWish.None, OptOutWords.Read(text));

    /// <summary>Every word that business.md 4.5 names.</summary>
    [Theory]
    [InlineData("STOP, UNSUBSCRIBE, QUIT, OPT OUT, OPT-OUT, OPTOUT, REVOKE", HeardWish.Stop)]
    [InlineData("STOPALL, stop all, Parar todo, Tout arrêter, Berhenti semua, 全部停止", HeardWish.StopAll)]
    [InlineData("CANCEL, END, REMOVE, TD", HeardWish.StopIfOffered)]
    [InlineData("PARAR, DETENER, NO MAS, NO MÁS, DESCADASTRAR, DÉSABONNER, STOPP, ABMELDEN, ABBESTELLEN, DISISCRIVI, STOPPEN, AFMELDEN", HeardWish.Stop)]
    [InlineData("ALTO, BAJA, CANCELAR, SAIR, REMOVER, ARRET, ARRÊT, ANNULER, ENDE, ANNULLA, BASTA, DUR, İPTAL, RED, ÇIK, ОТМЕНА, إلغاء, बंद, BATAL, 取消, 解除", HeardWish.StopIfOffered)]
    [InlineData("REZYGNUJĘ, WYPISZ, СТОП, ОТПИСАТЬСЯ, توقف, إيقاف, रोकें, BERHENTI, 停止, 退订, 配信停止", HeardWish.Stop)]
    [InlineData("START, UNSTOP, SUBSCRIBE, INICIAR, SUSCRIBIR, VOLTAR, ASSINAR, REPRENDRE, ABONNER, ANMELDEN, ISCRIVI, AANMELDEN, ZAPISZ", HeardWish.Start)]
    [InlineData("BAŞLA, СТАРТ, ПОДПИСАТЬСЯ, ابدأ, اشترك, शुरू, MULAI, MULA, 开始, 订阅, 開始, 再開", HeardWish.Start)]
    [InlineData("ALTA, ONAY", HeardWish.StartIfOffered)]
    public void Every_word_of_the_list_is_understood(string words, HeardWish wish) =>
        Assert.All(words.Split(", "), word => Assert.Equal((word, wish), (word, OptOutWords.Read(word))));

    [Theory]
    [InlineData("please stop")]
    [InlineData("Stop please!")]
    [InlineData("stop stop STOP")]
    [InlineData("Stop it now")]
    [InlineData("I want to opt out")]
    [InlineData("please unsubscribe")]
    [InlineData("我想退订这些消息")]
    [InlineData("请不要再发广告了")]
    [InlineData("もう送らないでください")]
    [InlineData("Please stop sending me these")]
    [InlineData("Por favor, no me envíen más")]
    [InlineData("Não quero mais receber isso")]
    [InlineData("Bitte keine Werbung mehr")]
    [InlineData("कृपया मैसेज मत भेजो")]
    [InlineData("لا ترسلوا لي")]
    [InlineData("Tolong jangan kirim lagi")]
    public void Words_around_it_are_for_a_person_to_read(string text) => Assert.Equal(HeardWish.LooksLikeStop, OptOutWords.Read(text));

    [Theory]
    [InlineData("START")]
    [InlineData("Başla")]
    [InlineData("ابدأ")]
    [InlineData("开始")]
    [InlineData("शुरू")]
    public void A_word_to_start_ends_a_stop(string text) => Assert.Equal(HeardWish.Start, OptOutWords.Read(text));

    /// <summary>As businesses write it on a button of an offer; free text of these words is another matter.</summary>
    [Theory]
    [InlineData("Stop promotions, STOP, Opt out, Opt-out of offers, Unsubscribe, Stop marketing messages, No more offers, Cancel promotions, Stop these messages, Stop receiving messages")]
    [InlineData("Detener promociones, Parar ofertas, No recibir más ofertas, Dejar de recibir, Darme de baja, No más promociones, Cancelar promociones, Dar de baja las ofertas")]
    [InlineData("Parar promoções, Interromper promoções, Não receber mais, Parar de receber, Descadastrar, Sair da lista, Não quero mais ofertas, Cancelar promoções")]
    [InlineData("إيقاف العروض, إيقاف العروض الترويجية, أوقف الرسائل, إلغاء الاشتراك, لا أريد عروض, إيقاف الرسائل التسويقية, عدم استلام العروض")]
    [InlineData("प्रमोशन बंद करें, प्रमोशन रोकें, ऑफ़र बंद करें, मैसेज रोकें, मैसेज भेजना रोकें, विज्ञापन बंद करें, और ऑफ़र नहीं, मैसेज मत भेजें")]
    [InlineData("Hentikan promosi, Berhenti berlangganan, Stop promosi, Berhenti menerima pesan, Jangan kirim lagi, Batalkan promosi, Hentikan penawaran ini")]
    [InlineData("Arrêter les promotions, Werbung abbestellen")]
    public void A_button_that_only_stops_is_a_stop_in_every_language(string labels) =>
        Assert.All(labels.Split(", "), label => Assert.Equal((label, HeardWish.Stop), (label, OptOutWords.ReadLabel(label))));

    [Theory]
    [InlineData("Stop & shop", HeardWish.LooksLikeStopIfOffered)]
    [InlineData("Don't stop", HeardWish.LooksLikeStopIfOffered)]
    [InlineData("Cancelar pedido", HeardWish.LooksLikeStopIfOffered)]
    [InlineData("Red", HeardWish.LooksLikeStopIfOffered)]
    [InlineData("Cancelar suscripción", HeardWish.StopIfOffered)]
    [InlineData("Cancel", HeardWish.StopIfOffered)]
    [InlineData("Stop everything", HeardWish.StopAll)]
    [InlineData("No", HeardWish.None)]
    [InlineData("No thanks", HeardWish.None)]
    [InlineData("See offers", HeardWish.None)]
    [InlineData("Ver ofertas", HeardWish.None)]
    [InlineData("Shop now", HeardWish.None)]
    [InlineData("Yes", HeardWish.None)]
    [InlineData("START", HeardWish.Start)]
    public void A_button_that_may_mean_something_else_is_for_a_person(string label, HeardWish wish) => Assert.Equal(wish, OptOutWords.ReadLabel(label));
}
