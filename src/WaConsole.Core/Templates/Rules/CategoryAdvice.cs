using WaConsole.Core.Policy;
using WaConsole.Core.Templates.Drafts;

namespace WaConsole.Core.Templates.Rules;

/// <summary>
/// Pure: why a text may not stay in the category asked for. Utility must not promote anything (Meta, Template categorization, 2025); what is
/// judged marketing is approved as marketing and priced so. Word lists are ours: a hint, no verdict.
/// </summary>
internal static class CategoryAdvice
{
    private static readonly PhraseSet Promoting = new(
        "offer, offers, discount, discounts, sale, deal, deals, coupon, voucher, promo, promotion, free gift, buy now, shop now, special price, limited time, do not miss, don't miss, new arrivals, exclusive, percent off, save up to, cashback, "
        + "oferta, ofertas, descuento, descuentos, rebaja, rebajas, promocion, cupon, regalo, compra ahora, precio especial, por tiempo limitado, no te lo pierdas, novedades, "
        + "desconto, descontos, liquidacao, promocao, cupom, brinde, compre agora, preco especial, por tempo limitado, nao perca, novidades, "
        + "ऑफर, ऑफ़र, छूट, सेल, कूपन, उपहार, अभी खरीदें, विशेष कीमत, सीमित समय, मौका न चूकें, "
        + "عرض, عروض, خصم, خصومات, تخفيض, تخفيضات, قسيمة, كوبون, هدية, اشتر الآن, تسوق الآن, لفترة محدودة, لا تفوت, "
        + "promo, promosi, diskon, obral, kupon, voucher, hadiah gratis, beli sekarang, harga spesial, waktu terbatas, jangan lewatkan, penawaran, "
        + "rabatt, angebot, gutschein, promotion, remise, soldes, sconto, offerta");

    private static readonly PhraseSet Codes = new(
        "verification code, one-time code, one-time password, otp, passcode, login code, sign-in code, "
        + "codigo de verificacion, codigo de un solo uso, contrasena de un solo uso, codigo de acceso, "
        + "codigo de verificacao, codigo de uso unico, senha de uso unico, "
        + "सत्यापन कोड, ओटीपी, वन टाइम पासवर्ड, رمز التحقق, رمز التأكيد, كلمة مرور لمرة واحدة, kode verifikasi, kode otp, sandi sekali pakai, "
        + "bestatigungscode, einmalcode, code de verification");

    public static void Check(ComposedTemplate template, Findings findings)
    {
        var text = string.Join(
            "\n",
            new[] { template.Body.Text, template.Footer, template.Header is ComposedHeader.Text header ? header.Content.Text : null }
                .Concat(template.Buttons.Select(ComposedButton.LabelOf)).OfType<string>());
        var sentences = PolicyText.Sentences(text).Select(sentence => sentence.Words).ToList();
        findings.AddIf(sentences.Exists(Codes.IsIn), "CATEGORY_CODE", "category");
        if (template.Category == TemplateCategories.Utility)
        {
            var word = sentences.Select(Promoting.FirstIn).FirstOrDefault(found => found is not null);
            findings.AddIf(word is not null || text.Contains("% off", StringComparison.OrdinalIgnoreCase), "CATEGORY_MARKETING", "category", word ?? "% off");
        }
    }
}
