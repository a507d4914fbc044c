using System.Collections.Frozen;

namespace WaConsole.Core.Policy;

/// <summary>Pure: the words of a button that stops something, in the languages of the console and a few beside them.</summary>
internal static class LabelWords
{
    private static readonly FrozenSet<string> Stops = Words(
        "stop stopp setop unsubscribe optout quit revoke mute",
        "detener deten detenga parar para pare pausar dejar deja silenciar debaja desuscribir desuscribirme desuscribirse",
        "pare parem interromper suspender silenciar deixar descadastrar descadastre desinscrever desinscreva",
        "arreter arretez stopper desabonner desabonne stoppen abbestellen abmelden beenden ferma fermare disiscrivi disiscrivimi afmelden uitschrijven",
        "توقف إيقاف ايقاف أوقف اوقف أوقفوا اوقفوا وقف قف كتم",
        "रोकें रोके रोको रोकिए रोकना रुकें स्टॉप",
        "berhenti hentikan stop setop henti");

    /// <summary>They end other things as well: what they stop has to be named, or they answer an offer.</summary>
    private static readonly FrozenSet<string> StopsOfManyThings = Words(
        "cancel end remove block",
        "cancelar cancela alto baja terminar eliminar quitar bloquear salir borrar",
        "sair remover encerrar bloquear cancele excluir",
        "annuler annulla ende basta iptal dur отмена",
        "إلغاء الغاء ألغ إنهاء انهاء حذف حظر",
        "बंद हटाएं हटाएँ हटाओ रद्द",
        "batal batalkan hapus keluar blokir akhiri");

    private static readonly FrozenSet<string> Refusals = Words(
        "no not", "no sin", "nao", "keine kein pas", "لا عدم بدون", "नहीं मत न", "jangan tidak tanpa");

    /// <summary>What a business sends to everybody.</summary>
    private static readonly FrozenSet<string> Offers = Words(
        "promo promos promotion promotions promotional offer offers marketing ad ads advert adverts advertising newsletter newsletters campaign campaigns deals",
        "promocion promociones promocional promocionales oferta ofertas publicidad anuncio anuncios mercadeo campanas boletin novedades",
        "promocao promocoes promocional promocionais oferta ofertas propaganda propagandas publicidade anuncio anuncios campanhas novidades",
        "promotions offres publicite werbung angebote promozioni offerte aanbiedingen",
        "عرض العروض عروض ترويجية الترويجية ترويجي الترويجي إعلانات اعلانات الإعلانات إعلانية اعلانية تسويق التسويق تسويقية التسويقية دعائية",
        "प्रमोशन प्रमोशनल प्रोमोशन प्रोमोशनल ऑफ़र ऑफर ऑफ़र्स ऑफर्स विज्ञापन मार्केटिंग प्रचार",
        "promo promosi promosional penawaran iklan pemasaran");

    /// <summary>What any message is.</summary>
    private static readonly FrozenSet<string> Messages = Words(
        "message messages msg msgs notification notifications alert alerts update updates text texts subscription list sending receiving messaging everything all",
        "mensaje mensajes notificacion notificaciones aviso avisos alertas suscripcion lista recibir enviar todo envios",
        "mensagem mensagens notificacao notificacoes aviso avisos alertas inscricao assinatura lista receber enviar tudo",
        "messages nachrichten messaggi berichten recevoir",
        "رسالة رسائل الرسائل إشعارات اشعارات الإشعارات تنبيهات التنبيهات اشتراك الاشتراك استلام استقبال إرسال ارسال تلقي الكل",
        "मैसेज संदेश सन्देश सूचना सूचनाएं सूचनाएँ सदस्यता सब्सक्रिप्शन भेजना भेजें भेजे भेजो सब",
        "pesan notifikasi pemberitahuan langganan berlangganan daftar kirim mengirim menerima semua");

    private static readonly FrozenSet<string> Beside = Words(
        "please the these this your our my me from of to any more further future want receive get it whatsapp now",
        "por favor las los la el estas estos esta este sus tus de del en ya mas me quiero darme darse dar y volver",
        "por favor as os a o essas esses estas estes suas de da do das dos mais me quero nao na no ja voltar",
        "les des mehr piu meer",
        "من عن هذه كل أي اي مزيد أريد اريد المزيد بعد الآن في",
        "ये यह इन को के की का और कोई करें करे करो कर दें दो करना से कृपया मुझे अब आगे चाहिए",
        "saya ini dari lagi tolong mohon mau ingin");

    /// <summary>What a word to stop is among others.</summary>
    public static HeardWish Of(string folded)
    {
        var words = $" {folded} "
            .Replace(" opt out ", " optout ", StringComparison.Ordinal)
            .Replace(" de baja ", " debaja ", StringComparison.Ordinal)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (stops, ends, refuses) = (words.Any(Stops.Contains), words.Any(StopsOfManyThings.Contains), words.Any(Refusals.Contains));
        var (names, isKnown) = (words.Any(Offers.Contains), words.All(IsKnown));
        return (stops, ends, refuses, isKnown) switch
        {
            (false, false, true, true) when names || words.Any(Messages.Contains) => HeardWish.Stop,
            (false, false, _, _) => HeardWish.None,
            (_, _, _, false) or (_, _, true, _) => HeardWish.LooksLikeStopIfOffered,
            (true, _, _, _) => HeardWish.Stop,
            _ => names ? HeardWish.Stop : HeardWish.StopIfOffered,
        };
    }

    private static bool IsKnown(string word) =>
        Stops.Contains(word) || StopsOfManyThings.Contains(word) || Refusals.Contains(word) || Offers.Contains(word) || Messages.Contains(word) || Beside.Contains(word);

    private static FrozenSet<string> Words(params string[] languages) => languages.SelectMany(PolicyText.Words).ToFrozenSet(StringComparer.Ordinal);
}
