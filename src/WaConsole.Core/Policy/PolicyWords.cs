using WaConsole.Core.Storage;

namespace WaConsole.Core.Policy;

/// <summary>
/// Word lists of <see cref="PolicyHints"/> in English, Spanish, Portuguese, Hindi, Arabic and Indonesian. Ours, not Meta's: plain words
/// whose meaning is the same in most sentences; a word with an innocent everyday meaning is left out.
/// </summary>
internal static class PolicyWords
{
    /// <summary>What must never be asked for in full.</summary>
    public static readonly PhraseSet Numbers = new(
        "card number, credit card number, debit card number, cvv, cvc, card details, security code of your card, account number, bank account number, iban, "
        + "social security number, ssn, national id, id number, identity number, identity card number, passport number, tax number, aadhaar, aadhaar number, "
        + "driving licence number, driver's license number, card pin, "
        + "numero de tarjeta, numero de tu tarjeta, numero de su tarjeta, datos de la tarjeta, datos de tu tarjeta, datos de su tarjeta, numero de cuenta, "
        + "numero de su cuenta, numero de tu cuenta, clabe, numero de dni, tu dni, su dni, numero de pasaporte, numero de identidad, numero de identificacion, "
        + "numero de seguridad social, curp, rut, "
        + "numero do cartao, numero do seu cartao, dados do cartao, dados do seu cartao, numero da conta, numero da sua conta, conta bancaria, numero do passaporte, "
        + "numero da identidade, seu cpf, numero do cpf, cpf completo, seu rg, numero do rg, codigo de seguranca do cartao, "
        + "कार्ड नंबर, कार्ड का नंबर, कार्ड की जानकारी, सीवीवी, खाता नंबर, खाता संख्या, खाते का नंबर, बैंक खाता, आधार नंबर, आधार संख्या, पैन नंबर, पासपोर्ट नंबर, पहचान पत्र संख्या, "
        + "رقم البطاقة, رقم بطاقتك, بيانات البطاقة, بيانات بطاقتك, رقم الحساب, رقم حسابك, رقم الهوية, رقم هويتك, رقم الجواز, رقم جوازك, رقم جواز السفر, الايبان, الآيبان, رقم الايبان, رقم الآيبان, الرقم القومي, الرقم الوطني, رمز الأمان, "
        + "nomor kartu, nomor kartu kredit, nomor kartu debit, kode cvv, nomor rekening, nomor ktp, nik, nomor paspor, nomor identitas, data kartu");

    /// <summary>Turns a sentence that names a number into one that asks for it. A question mark does too.</summary>
    public static readonly PhraseSet Asks = new(
        "send, send me, give, give me, tell me, share, provide, what is, whats, need, enter, type, confirm, write, may i have, can i have, could i have, let me know, "
        + "envia, enviame, envie, enviar, envianos, manda, mandame, dame, deme, dime, digame, indica, indicame, indiqueme, comparte, comparta, necesito, necesitamos, cual es, confirma, confirme, escribe, escriba, facilitame, "
        + "envie, envia, mande, manda, me passa, me passe, passe, informe, informar, diga, compartilhe, preciso, precisamos, qual e, confirme, digite, escreva, "
        + "भेजें, भेजिए, भेजो, दें, दीजिए, दे, बताएं, बताएँ, बताइए, बताओ, साझा करें, चाहिए, क्या है, लिखें, दर्ज करें, पुष्टि करें, "
        + "أرسل, ارسل, أرسلي, ارسلي, أعطني, اعطني, أعطنا, زودنا, زودني, شارك, أخبرني, اخبرني, اكتب, أدخل, ادخل, نحتاج, أحتاج, احتاج, ما هو, ما هي, أكد, يرجى, من فضلك, "
        + "kirim, kirimkan, berikan, beri tahu, sebutkan, bagikan, tuliskan, tulis, masukkan, butuh, perlu, berapa, konfirmasi, mohon, minta");

    /// <summary>A part of a number may be asked for; a warning asks for nothing.</summary>
    public static readonly PhraseSet PartsAndWarnings = new(
        "last four, last 4, last digits, last three, last 3, last two, last 2, first six, never, do not, don't, dont, not ask, won't ask, will not ask, no need, masked, "
        + "ultimos cuatro, ultimos 4, ultimas cuatro, ultimas 4, ultimos digitos, ultimos tres, ultimos 3, nunca, jamas, no envies, no envie, no compartas, no comparta, no te pediremos, no le pediremos, no hace falta, "
        + "ultimos quatro, ultimos digitos, nao envie, nao compartilhe, nao informe, jamais, nao e preciso, nao pedimos, "
        + "आखिरी चार, आखिरी 4, अंतिम चार, अंतिम 4, अंतिम अंक, कभी नहीं, न भेजें, ना भेजें, मत भेजें, न दें, साझा न करें, जरूरत नहीं, "
        + "آخر أربعة, آخر اربعة, آخر 4, آخر أربع, آخر ثلاثة, لا ترسل, لا ترسلي, لا تشارك, لا نطلب, لن نطلب, أبدا, أبدًا, ابدا, "
        + "empat digit terakhir, 4 digit terakhir, digit terakhir, 4 angka terakhir, empat angka terakhir, jangan, tidak pernah, tidak perlu, tidak akan meminta");

    /// <summary>Turns a sentence that names goods into one that offers them.</summary>
    public static readonly PhraseSet Offers = new(
        "sell, selling, sale, for sale, offer, offers, buy, order, price, prices, discount, deal, in stock, we have, available, deliver, delivery, get yours, special, only, play, win, bet now, join, "
        + "vendemos, vendo, venta, en venta, oferta, ofertas, ofrecemos, compra, compre, comprar, pide, pida, pedido, precio, precios, descuento, tenemos, disponible, disponibles, entrega, entregamos, promocion, juega, gana, apuesta, "
        + "vendemos, vendo, venda, a venda, oferta, ofertas, oferecemos, compre, comprar, peca, pedido, preco, precos, desconto, temos, disponivel, disponiveis, entrega, entregamos, promocao, jogue, ganhe, aposte, "
        + "बेचते, बेचना, बिक्री, ऑफर, ऑफ़र, खरीदें, खरीदिए, ऑर्डर, कीमत, दाम, छूट, उपलब्ध, मिलेगा, मिलेगी, मिलते, डिलीवरी, हमारे पास, खेलें, जीतें, "
        + "نبيع, للبيع, بيع, عرض, عروض, نعرض, اشتر, اشتري, شراء, اطلب, سعر, السعر, أسعار, خصم, خصومات, متوفر, متوفرة, متاح, متاحة, لدينا, عندنا, توصيل, العب, اربح, "
        + "jual, menjual, dijual, tawarkan, menawarkan, penawaran, promo, beli, pesan, harga, diskon, tersedia, ready stock, kami punya, ada stok, kirim, antar, main, menang");

    /// <summary>Says that something is not offered.</summary>
    public static readonly PhraseSet Denies = new(
        "do not, don't, dont, not, never, cannot, can't, cant, no longer, without, free of, "
        + "no vendemos, no ofrecemos, no tenemos, nunca, sin, "
        + "nao vendemos, nao oferecemos, nao temos, sem, "
        + "नहीं, बिना, لا نبيع, لا نعرض, ليس لدينا, بدون, خال من, خالي من, خالية من, tidak, bukan, tanpa, bebas");

    public static readonly IReadOnlyList<(PolicyConcern Concern, PhraseSet Goods)> Goods =
    [
        (PolicyConcern.Tobacco, new PhraseSet(
            "cigarette, cigarettes, cigar, cigars, tobacco, vape, vapes, e-cigarette, e-cigarettes, hookah, shisha, nicotine pouches, cigarrillo, cigarrillos, puro habano, tabaco, vapeador, "
            + "vapeadores, cigarro, cigarros, fumo, charuto, charutos, narguile, सिगरेट, तंबाकू, तम्बाकू, बीड़ी, हुक्का, سجائر, سيجارة, تبغ, شيشة, معسل, فيب, rokok, tembakau, cerutu, vape")),
        (PolicyConcern.Alcohol, new PhraseSet(
            "alcohol, beer, beers, wine, wines, vodka, whisky, whiskey, liquor, tequila, champagne, cerveza, cervezas, vino, vinos, licor, licores, ron anejo, ginebra, cerveja, cervejas, vinho, vinhos, "
            + "cachaca, bebidas alcoolicas, bebidas alcoholicas, शराब, बीयर, वाइन, व्हिस्की, خمر, خمور, بيرة, نبيذ, فودكا, ويسكي, مشروبات كحولية, bir, anggur merah, miras, minuman keras, arak, minuman beralkohol")),
        (PolicyConcern.Drugs, new PhraseSet(
            "cannabis, marijuana, cocaine, heroin, mdma, ecstasy pills, lsd, thc, cbd, magic mushrooms, marihuana, cocaina, heroina, maconha, extase, गांजा, चरस, अफीम, कोकीन, हेरोइन, حشيش, كوكايين, ماريجوانا, هيروين, مخدرات, ganja, "
            + "sabu sabu, kokain, heroin, narkoba, mariyuana")),
        (PolicyConcern.Weapons, new PhraseSet(
            "firearm, firearms, pistol, pistols, rifle, rifles, shotgun, ammunition, ammo, explosives, grenade, handgun, handguns, pepper spray, pistola, pistolas, fusil, fusiles, escopeta, municion, municiones, "
            + "armas de fuego, explosivos, fuzil, espingarda, municao, municoes, arma de fogo, armas de fogo, बंदूक, पिस्तौल, कारतूस, हथियार, مسدس, مسدسات, بندقية, ذخيرة, أسلحة, متفجرات, pistol, senapan, amunisi, senjata api, bahan peledak")),
        (PolicyConcern.Gambling, new PhraseSet(
            "casino, sports betting, online betting, slot machine, jackpot, lottery tickets, online poker, bookmaker, apuestas deportivas, tragamonedas, tragaperras, billetes de loteria, apostas esportivas, caca-niqueis, "
            + "bilhetes de loteria, cassino, जुआ, सट्टा, कैसीनो, लॉटरी, كازينو, قمار, مراهنات, يانصيب, رهانات, judi, judi online, kasino, taruhan bola, togel, lotre")),
        (PolicyConcern.Adult, new PhraseSet(
            "porn, pornography, escort service, escort services, sex toys, sex toy, erotic massage, nude videos, pornografia, servicio de escorts, juguetes sexuales, masaje erotico, servico de acompanhantes, "
            + "brinquedos sexuais, massagem erotica, पोर्न, अश्लील वीडियो, कॉल गर्ल, إباحي, إباحية, ألعاب جنسية, مرافقات, pornografi, mainan seks, pijat plus")),
        (PolicyConcern.Animals, new PhraseSet(
            "puppies, puppy, kittens, live animals, ivory, exotic birds, cachorros de raza, gatitos, animales vivos, marfil, filhotes de cachorro, filhotes de gato, animais vivos, marfim, पिल्ले, बिल्ली के बच्चे, जीवित जानवर, हाथी दांत, "
            + "جراء, قطط صغيرة, حيوانات حية, عاج, anak anjing, anak kucing, hewan hidup, gading")),
        (PolicyConcern.BodyParts, new PhraseSet(
            "human organs, kidney for sale, human blood, breast milk, organos humanos, sangre humana, leche materna, orgaos humanos, sangue humano, leite materno, मानव अंग, मानव रक्त, أعضاء بشرية, دم بشري, organ manusia, darah manusia")),
        (PolicyConcern.Health, new PhraseSet(
            "prescription drugs, antibiotics, tramadol, xanax, viagra, anabolic steroids, steroids, medical syringes, medicamentos con receta, antibioticos, esteroides, medicamentos controlados, antibioticos sem receita, esteroides anabolizantes, "
            + "नशीली दवा, एंटीबायोटिक, स्टेरॉयड, मेडिकल सिरिंज, مضادات حيوية, ترامادول, فياغرا, ستيرويدات, antibiotik, tramadol, steroid, obat keras")),
        (PolicyConcern.Money, new PhraseSet(
            "bitcoin, bitcoins, crypto, cryptocurrency, cryptocurrencies, fake money, counterfeit money, prepaid cards, forex signals, criptomoneda, criptomonedas, dinero falso, criptomoeda, criptomoedas, dinheiro falso, notas falsas, "
            + "क्रिप्टो, बिटकॉइन, नकली नोट, بيتكوين, عملات رقمية, عملة رقمية, نقود مزيفة, kripto, mata uang kripto, uang palsu")),
        (PolicyConcern.Misleading, new PhraseSet(
            "payday loan, payday loans, get rich quick, multi-level marketing, mlm, binary options, bail bonds, lose weight fast, guaranteed profit, guaranteed returns, prestamo rapido, prestamos rapidos, hazte rico, ganancias garantizadas, "
            + "opciones binarias, adelgaza rapido, emprestimo rapido, lucro garantido, fique rico, opcoes binarias, emagreca rapido, गारंटीड मुनाफा, जल्दी अमीर, तुरंत लोन, أرباح مضمونة, خيارات ثنائية, قروض سريعة, تسويق شبكي, "
            + "pinjaman online cepat, untung pasti, cepat kaya, opsi biner, pinjol")),
        (PolicyConcern.Counterfeit, new PhraseSet(
            "replica, replicas, first copy, fake designer, counterfeit, knockoff, imitacion de marca, falsificacion, falsificaciones, imitacoes, falsificados, primeira linha, फर्स्ट कॉपी, नकली ब्रांड, مقلد, مقلدة, تقليد ماركات, نسخة طبق الأصل, barang kw, kw super, tiruan, replika")),
    ];
}
