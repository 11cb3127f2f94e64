"""Words for made-up customers, in several alphabets. Cities are real, so that addresses look right; nothing else is."""

from typing import NamedTuple


class Place(NamedTuple):
    """What customers of one country are made of.

    Attributes:
        country: its name, as it stands in an address.
        first_names: given names.
        last_names: family names.
        family_first: whether the family name comes first, without a space in between.
        companies: names of companies; ``{}`` is a family name.
        streets: the beginning of an address; ``{}`` is the number.
        cities: city, state and postcode; ``#`` is a digit.
    """

    country: str
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    companies: tuple[str, ...]
    streets: tuple[str, ...]
    cities: tuple[tuple[str, str, str], ...]
    family_first: bool = False


_UNITED_STATES = Place(
    "United States",
    ("Ann", "Bo", "Cleo", "Dan", "Eve", "Finn", "Gwen", "Hal", "Ida", "Jay"),
    ("Lee", "Roy", "Webb", "Stone", "O'Hara", "Reed", "Marsh", "Vance", "Quinn", "Smith-Jones"),
    (
        "{} Sample Bakery",
        "{} & Sons Example Co.",
        "Specimen Tools of {}",
        '{} "Placeholder" Media, Inc.',
        "{} Demo LLC",
    ),
    ("{} Example Street", "{} Sample Avenue, Suite 4", "{}-B Placeholder Road"),
    (("Springfield", "VT", "0#1##"), ("Portland", "OR", "97###"), ("Boston", "MA", "02###"), ("Austin", "TX", "78###")),
)
_GERMANY = Place(
    "Germany",
    ("Jürgen", "Käthe", "Björn", "Anneliese", "Sören", "Traudl"),
    ("Müller", "Weiß", "Schröder", "Großmann", "Jäger", "von der Höhe"),
    ("Beispiel-Bäckerei {}", "Muster & {} GmbH", "{} Prüfstoff KG"),
    ("Musterstraße {}", "Beispielweg {}a", "Am Prüfstand {}"),
    (("Köln", "", "50###"), ("München", "", "80###"), ("Würzburg", "", "97###")),
)
_FRANCE = Place(
    "France",
    ("Hélène", "François", "Zoé", "Benoît", "Maëlle"),
    ("Lefèvre", "D'Aubigné", "Çelik", "Garçon", "Noël"),
    ("Boulangerie Exemple {}", "{} & Fils, Échantillons", "L'Essai de {}"),
    ("{} rue de l'Exemple", "{} bis, allée du Modèle"),
    (("Orléans", "", "45###"), ("Besançon", "", "25###"), ("Nîmes", "", "30###")),
)
_POLAND = Place(
    "Poland",
    ("Łukasz", "Żaneta", "Stanisław", "Bożena"),
    ("Wójcik", "Dąbrowska", "Źrebiec", "Kołodziej"),
    ("Przykład {} sp. z o.o.", "{} Próbki"),
    ("ul. Przykładowa {}", "al. Wzorcowa {}/12"),
    (("Łódź", "", "90-###"), ("Kraków", "", "30-###"), ("Gdańsk", "", "80-###")),
)
_GREECE = Place(
    "Ελλάδα",
    ("Γιώργος", "Ελένη", "Νίκος", "Σοφία"),
    ("Παπαδόπουλος", "Γεωργίου", "Δημητρίου"),
    ("Δείγμα {} και Υιοί", "{} Παράδειγμα"),
    ("Οδός Δοκιμής {}",),
    (("Αθήνα", "", "10###"), ("Θεσσαλονίκη", "", "54###")),
)
_BULGARIA = Place(
    "България",
    ("Иван", "Мария", "Георги", "Юлия"),
    ("Петров", "Димитрова", "Щерев"),
    ("Пример {} ООД", "Проба {}"),
    ("ул. Примерна {}",),
    (("София", "", "1###"), ("Пловдив", "", "4###")),
)
_ISRAEL = Place(
    "ישראל",
    ("נועה", "דוד", "תמר"),
    ("לוי", "כהן", "מזרחי"),
    ("דוגמה {} בע״מ",),
    ("רחוב הדוגמה {}",),
    (("חיפה", "", "31#####"), ("תל אביב", "", "61#####")),
)
_EGYPT = Place(
    "مصر",
    ("أحمد", "فاطمة", "يوسف"),
    ("حسن", "النجار", "سليمان"),
    ("شركة مثال {}",),
    ("{} شارع المثال",),
    (("القاهرة", "", "11###"), ("الإسكندرية", "", "21###")),
)
_INDIA = Place(
    "भारत",
    ("अनिता", "रवि", "प्रिया"),
    ("शर्मा", "वर्मा", "श्रीवास्तव"),
    ("{} उदाहरण प्रा. लि.",),
    ("{}, नमूना मार्ग",),
    (("दिल्ली", "DL", "110###"), ("मुंबई", "MH", "400###")),
)
_JAPAN = Place(
    "日本",
    ("花子", "太郎", "さくら", "ケンジ"),
    # The third begins with a character outside the basic plane: four bytes in UTF-8.
    ("山田", "佐藤", "𠮷野", "髙橋"),
    ("株式会社{}見本", "{}サンプル商店"),
    ("見本町{}丁目",),
    (("東京", "", "100-####"), ("大阪", "", "530-####")),
    family_first=True,
)
_KOREA = Place(
    "대한민국",
    ("민준", "서연", "하늘"),
    ("김", "이", "박"),
    ("{} 예시 주식회사",),
    ("견본로 {}",),
    (("서울", "", "04###"), ("부산", "", "48###")),
    family_first=True,
)
_THAILAND = Place(
    "ประเทศไทย",
    ("สมชาย", "มาลี", "กานดา"),
    ("ใจดี", "ศรีสุข"),
    ("บริษัท ตัวอย่าง {} จำกัด",),
    ("{} ถนนตัวอย่าง",),
    (("กรุงเทพฯ", "", "10###"), ("เชียงใหม่", "", "50###")),
)

PLACES = (
    *(_UNITED_STATES,) * 8,
    *(_GERMANY,) * 3,
    *(_FRANCE,) * 2,
    *(_POLAND,) * 2,
    _GREECE,
    _BULGARIA,
    _ISRAEL,
    _EGYPT,
    _INDIA,
    _JAPAN,
    _JAPAN,
    _KOREA,
    _THAILAND,
)
"""Each as often as its customers are frequent."""

TAGS = ("vip", "wholesale", "trial", "paper invoice", "não ligar", "重要", "🌱")
"""Tags, one of them with a space, some outside Latin letters."""
