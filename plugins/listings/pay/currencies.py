"""Which currency a sign or a word stands for, given the country of the job. Codes are ISO 4217's.

babel's tables say which currency a country has; signs that several currencies share are resolved by it.
"""

from functools import lru_cache

SIGN_CODES = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₨": "INR", "₩": "KRW", "₪": "ILS", "₱": "PHP", "₫": "VND", "฿": "THB",
    "₺": "TRY", "₽": "RUB", "₴": "UAH", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₸": "KZT", "₼": "AZN",
    "₾": "GEL",
}  # fmt: skip
"""Signs of one currency; $, ¥ and words such as kr are shared."""

DOLLARS = {
    "us": "USD", "u.s": "USD", "usd": "USD", "c": "CAD", "ca": "CAD", "can": "CAD", "cad": "CAD", "cdn": "CAD",
    "a": "AUD", "au": "AUD", "aus": "AUD", "aud": "AUD", "nz": "NZD", "nzd": "NZD", "s": "SGD", "sg": "SGD",
    "sgd": "SGD", "hk": "HKD", "hkd": "HKD", "nt": "TWD", "ntd": "TWD", "twd": "TWD", "mx": "MXN", "mex": "MXN",
    "mxn": "MXN", "r": "BRL", "j": "JMD", "tt": "TTD", "bz": "BZD", "b": "BSD", "clp": "CLP", "cop": "COP",
    "ars": "ARS",
}  # fmt: skip
"""What stands before a $ and names its currency, as in C$."""

_SHARED = {
    "$": (
        "USD",
        {"USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "COP", "ARS", "UYU", "JMD", "TTD", "BZD", "BSD"}
        | {"BBD", "XCD", "FJD", "GYD", "KYD", "BMD", "LRD", "NAD", "BND", "DOP", "SRD", "BRL"},
    ),
    "¥": ("JPY", {"JPY", "CNY"}),
    "kr": ("", {"SEK", "NOK", "DKK", "ISK"}),
    "rs": ("INR", {"INR", "PKR", "LKR", "NPR", "MUR", "SCR"}),
    "£": ("GBP", {"GBP", "EGP", "GIP", "FKP", "SHP"}),
    "fr": ("CHF", {"CHF"}),
    "peso": ("", {"MXN", "PHP", "ARS", "CLP", "COP", "UYU", "DOP"}),
    "dirham": ("AED", {"AED", "MAD"}),
    "shilling": ("KES", {"KES", "UGX", "TZS"}),
    "rupee": ("INR", {"INR", "PKR", "LKR", "NPR", "MUR"}),
    "元": ("CNY", {"CNY", "TWD", "HKD"}),
}
"""Signs that several currencies share: the one meant where no country is known, and those it may stand for."""

_WORDS = {
    "usd": "USD", "cad": "CAD", "eur": "EUR", "gbp": "GBP", "aud": "AUD", "nzd": "NZD", "chf": "CHF", "inr": "INR",
    "jpy": "JPY", "cny": "CNY", "rmb": "CNY", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "isk": "ISK", "pln": "PLN",
    "czk": "CZK", "huf": "HUF", "ron": "RON", "bgn": "BGN", "sgd": "SGD", "hkd": "HKD", "twd": "TWD", "krw": "KRW",
    "mxn": "MXN", "brl": "BRL", "clp": "CLP", "cop": "COP", "ars": "ARS", "zar": "ZAR", "ngn": "NGN", "kes": "KES",
    "ghs": "GHS", "egp": "EGP", "aed": "AED", "sar": "SAR", "qar": "QAR", "ils": "ILS", "nis": "ILS", "tnd": "TND",
    "myr": "MYR", "idr": "IDR", "php": "PHP", "thb": "THB", "vnd": "VND", "pkr": "PKR", "bdt": "BDT", "lkr": "LKR",
    "uah": "UAH", "rub": "RUB", "kwd": "KWD", "bhd": "BHD", "omr": "OMR", "rsd": "RSD", "ugx": "UGX", "tzs": "TZS",
    "euro": "EUR", "euros": "EUR", "euroa": "EUR", "pounds": "GBP", "quid": "GBP", "sterling": "GBP", "dollars": "$",
    "dollar": "$", "rupees": "rupee", "rupee": "rupee", "rs": "rs", "kr": "kr", "kronor": "SEK", "kroner": "kr",
    "zł": "PLN", "zl": "PLN", "złotych": "PLN", "kč": "CZK", "ft": "HUF", "lei": "RON", "лв": "BGN", "fr": "fr",
    "sfr": "CHF", "francs": "fr", "franken": "CHF", "yen": "JPY", "円": "JPY", "元": "元", "won": "KRW", "원": "KRW",
    "ksh": "KES", "kshs": "KES", "ksh.": "KES", "dhs": "AED", "dh": "dirham", "rm": "MYR", "rp": "IDR", "rand": "ZAR",
    "tl": "TRY", "baht": "THB", "reais": "BRL", "pesos": "peso", "dirhams": "dirham", "руб": "RUB", "грн": "UAH",
    "shekel": "ILS", "shekels": "ILS", "₪": "ILS", "naira": "NGN", "cad$": "CAD", "jmd": "JMD",
    "try": "TRY",
}  # fmt: skip
"""Words for a currency, in small letters."""

_CAPITALS_ONLY = {"r", "rm", "rp", "try", "nis", "ron", "php", "won", "fr", "ft", "tl", "rand", "cop", "sar"}
"""Words that mean something else in small letters, or in a sentence; read only beside a number and in capitals."""


def word_currency(text: str) -> str:
    """Return the code, or the shared sign, that a word beside a number stands for; empty for any other word."""
    word = text.lower().rstrip(".")
    if word == "r":
        return "ZAR" if text == "R" else ""
    if word in _CAPITALS_ONLY and not text[0].isupper():
        return ""
    return _WORDS.get(word, "")


def is_code(text: str) -> bool:
    """Tell whether a word is a currency's code, in capitals as codes are."""
    return len(text) == 3 and text.isupper() and _WORDS.get(text.lower(), "") == text  # ISO 4217


def is_ambiguous(currency: str) -> bool:
    """Tell whether it is a sign that several currencies share, or none."""
    return not currency or currency in _SHARED


def resolve(currency: str, country: str) -> str:
    """Return the code for a sign in a country, which is a code of ISO 3166, a name in English, or empty."""
    own = country_currency(country)
    if not currency:
        return own
    if currency not in _SHARED:
        return currency
    usual, possible = _SHARED[currency]
    return own if own in possible else usual


@lru_cache(maxsize=1024)
def country_currency(country: str) -> str:
    """Return a country's currency today; empty for a name nobody knows."""
    # Imported here: a check of the content reads no pay, and is not to wait for babel.
    from babel.core import get_global  # noqa: PLC0415

    name = country.strip()
    code = _territories().get(name.casefold(), name.upper())
    for currency, _, until, tender in get_global("territory_currencies").get(code, ()):
        if until is None and tender:
            return str(currency)
    return ""


@lru_cache(maxsize=1)
def _territories() -> dict[str, str]:
    """Return the codes of countries by their English names, in small letters."""
    from babel.core import Locale  # noqa: PLC0415

    names = {str(name).casefold(): str(code) for code, name in Locale("en").territories.items()}
    short = {"uk": "GB", "u.k.": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "great britain": "GB"}
    return names | short | {"usa": "US", "u.s.": "US", "u.s.a.": "US", "united states of america": "US", "uae": "AE"}
