"""What the demonstration's programme says; every name is plainly invented."""

from dataclasses import dataclass
from datetime import time

from fairs.editions.states import Mode

Texts = tuple[str, str, str]


@dataclass(frozen=True)
class Shown:
    """A session of the demonstration, by the number of its day, track, room and speakers."""

    key: str
    day: int
    begins: time
    minutes: int
    track: int | None
    room: int
    speakers: tuple[int, ...]
    names: Texts
    texts: Texts
    mode: Mode = Mode.HYBRID
    languages: tuple[str, ...] = ("fr",)
    interpretation: tuple[str, ...] = ("ar", "en")
    capacity: int | None = None


ROOMS: tuple[tuple[Texts, int], ...] = (
    (("Plenary hall", "Salle plénière", "القاعة الكبرى"), 400),
    (("Room Toubkal", "Salle Toubkal", "قاعة توبقال"), 80),
    (("Workshop Siroua", "Atelier Siroua", "ورشة سيروا"), 24),
)
TRACKS: tuple[Texts, ...] = (
    ("Quality and proof", "Qualité et preuves", "الجودة والإثبات"),
    ("Export in practice", "L’export en pratique", "التصدير عمليًا"),
    ("Crafts and design", "Artisanat et design", "الصناعة التقليدية والتصميم"),
)
SPEAKERS: tuple[tuple[str, str, str, Texts], ...] = (
    (
        "Ilham Démo-Tazi",
        "إلهام ديمو التازي",
        "Laboratoire Démo",
        (
            "Head of a laboratory (demonstration)",
            "Responsable de laboratoire (démonstration)",
            "مسؤولة مختبر (عرض تجريبي)",
        ),
    ),
    (
        "Brahim Démo-Ouali",
        "إبراهيم ديمو الوالي",
        "Coopérative Démo Taliouine",
        (
            "Saffron grower (demonstration)",
            "Producteur de safran (démonstration)",
            "منتج زعفران (عرض تجريبي)",
        ),
    ),
    (
        "Claire Démo-Martin",
        "كلير ديمو مارتان",
        "Maison Démo, Lyon",
        (
            "Buyer of spices (demonstration)",
            "Acheteuse d’épices (démonstration)",
            "مشترية توابل (عرض تجريبي)",
        ),
    ),
    (
        "Kenji Demo-Sato",
        "كنجي ديمو ساتو",
        "Demo Trading, Tokyo",
        ("Importer (demonstration)", "Importateur (démonstration)", "مستورد (عرض تجريبي)"),
    ),
    (
        "Zahra Démo-Amrani",
        "زهرة ديمو العمراني",
        "Atelier Démo",
        ("Weaver (demonstration)", "Tisseuse (démonstration)", "نساجة (عرض تجريبي)"),
    ),
)
SESSIONS: tuple[Shown, ...] = (
    Shown(
        "opening",
        0,
        time(9, 30),
        45,
        None,
        0,
        (1, 4),
        ("Opening: what Africa makes", "Ouverture : ce que l’Afrique produit", "الافتتاح: ما تنتجه إفريقيا"),
        (
            "Growers, weavers and buyers open the three days together.",
            "Producteurs, tisseuses et acheteurs ouvrent ensemble les trois jours.",
            "منتجون ونساجات ومشترون يفتتحون الأيام الثلاثة معًا.",
        ),
        languages=("ar", "fr"),
        interpretation=("en",),
    ),
    Shown(
        "reading-lab",
        0,
        time(10, 30),
        60,
        0,
        1,
        (0,),
        ("How to read a laboratory report", "Lire un bulletin d’analyse", "كيف تُقرأ نتيجة مختبر"),
        (
            "Which figures of a report a buyer looks at first, and what a missing one costs.",
            "Les chiffres que l’acheteur regarde d’abord, et ce que coûte celui qui manque.",
            "الأرقام التي ينظر إليها المشتري أولًا، وكلفة الرقم الغائب.",
        ),
        capacity=80,
    ),
    Shown(
        "first-export",
        0,
        time(10, 30),
        60,
        1,
        0,
        (3,),
        ("Your first export, step by step", "Votre premier export, pas à pas", "تصديرك الأول خطوة بخطوة"),
        (
            "From the first quotation to the day when the money is there.",
            "De la première offre au jour où l’argent est là.",
            "من العرض الأول إلى يوم وصول المال.",
        ),
        languages=("en",),
        interpretation=("fr", "ar"),
    ),
    Shown(
        "natural-dyes",
        0,
        time(10, 30),
        90,
        2,
        2,
        (4,),
        ("Workshop: natural dyes", "Atelier : teintures naturelles", "ورشة: الأصباغ الطبيعية"),
        (
            "Madder, indigo and pomegranate: dye a hank yourself and take it home.",
            "Garance, indigo, grenade : teignez un écheveau et emportez-le.",
            "الفوة والنيلة والرمان: اصبغ خصلة صوف بنفسك وخذها معك.",
        ),
        mode=Mode.IN_PERSON,
        languages=("ar", "fr"),
        interpretation=(),
        capacity=12,
    ),
    Shown(
        "saffron-lots",
        1,
        time(9, 30),
        45,
        0,
        1,
        (1, 2),
        (
            "Saffron by lots: grade, price, trust",
            "Le safran par lots : catégorie, prix, confiance",
            "الزعفران بالدفعات: الصنف والثمن والثقة",
        ),
        (
            "A grower and a buyer price the same lot, each on paper, then compare.",
            "Un producteur et une acheteuse chiffrent le même lot, puis comparent.",
            "منتج ومشترية يسعّران الدفعة نفسها، ثم يقارنان.",
        ),
        capacity=80,
    ),
    Shown(
        "air-or-sea",
        1,
        time(10),
        60,
        1,
        0,
        (3, 2),
        (
            "By air or by sea: what a kilogram costs",
            "Par avion ou par mer : le coût du kilo",
            "جوًا أو بحرًا: كم يكلف الكيلوغرام",
        ),
        (
            "Three real shipments reckoned through, with insurance and duties.",
            "Trois expéditions calculées, assurance et droits compris.",
            "ثلاث شحنات محسوبة بالتفصيل مع التأمين والرسوم.",
        ),
        languages=("en",),
        interpretation=("fr", "ar"),
    ),
    Shown(
        "rugs",
        1,
        time(10),
        45,
        2,
        2,
        (4,),
        ("A rug’s story as its label", "L’histoire d’un tapis comme étiquette", "حكاية الزربية بطاقتها"),
        (
            "What buyers ask of a weaver, and how a label answers.",
            "Ce que les acheteurs demandent à une tisseuse, et comment l’étiquette répond.",
            "ما يسأل عنه المشترون النساجة، وكيف تجيب البطاقة.",
        ),
        mode=Mode.IN_PERSON,
        languages=("ar",),
        interpretation=("fr",),
        capacity=24,
    ),
    Shown(
        "argan-proof",
        1,
        time(14, 30),
        60,
        0,
        1,
        (0, 4),
        (
            "Argan oil: proving what it is",
            "Huile d’argan : prouver ce qu’elle est",
            "زيت الأركان: إثبات ما هو",
        ),
        (
            "Protected name, laboratory, lot: three proofs that fit together.",
            "Appellation protégée, laboratoire, lot : trois preuves qui se tiennent.",
            "التسمية المحمية والمختبر والدفعة: ثلاثة إثباتات متكاملة.",
        ),
    ),
    Shown(
        "payments",
        1,
        time(15),
        60,
        1,
        0,
        (3,),
        ("Deposit, balance, documents", "Acompte, solde, documents", "العربون والباقي والوثائق"),
        (
            "How both sides sleep well between the order and the delivery.",
            "Comment bien dormir des deux côtés entre commande et livraison.",
            "كيف ينام الطرفان مطمئنين بين الطلب والتسليم.",
        ),
        mode=Mode.DIGITAL,
        languages=("en",),
        interpretation=("fr", "ar"),
    ),
    Shown(
        "organic",
        2,
        time(9, 30),
        60,
        0,
        1,
        (0,),
        (
            "Organic: the new rules of Europe",
            "Bio : les nouvelles règles d’Europe",
            "العضوي: قواعد أوروبا الجديدة",
        ),
        (
            "Groups of growers, controls and residues: what changes and from when.",
            "Groupes de producteurs, contrôles, résidus : ce qui change, et quand.",
            "مجموعات المنتجين والمراقبة والبقايا: ما الذي يتغير ومتى.",
        ),
        capacity=80,
    ),
    Shown(
        "photographs",
        2,
        time(9, 30),
        60,
        2,
        2,
        (4,),
        (
            "Photograph your products with a phone",
            "Photographier ses produits au téléphone",
            "صوّر منتجاتك بالهاتف",
        ),
        (
            "Daylight, a sheet of paper and patience: bring a product.",
            "La lumière du jour, une feuille et de la patience : apportez un produit.",
            "ضوء النهار وورقة وصبر: أحضر منتجًا.",
        ),
        mode=Mode.IN_PERSON,
        languages=("ar", "zgh"),
        interpretation=(),
        capacity=24,
    ),
    Shown(
        "closing",
        2,
        time(17),
        45,
        None,
        0,
        (1, 2, 3),
        (
            "Closing: what we take home",
            "Clôture : ce que nous rapportons",
            "الاختتام: بماذا نعود",
        ),
        (
            "Three voices on what was agreed, and on what is still missing.",
            "Trois voix sur ce qui a été conclu, et sur ce qui manque encore.",
            "ثلاثة أصوات عما اتُّفق عليه، وعما لا يزال ناقصًا.",
        ),
        languages=("ar", "fr"),
        interpretation=("en",),
    ),
)
