"""Charset: the characters of a document are read as they were written, whatever it says about them."""

import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from plugins.core.text.charset import decode

ROOT = Path(__file__).parents[4]
WORDS = {
    "euc_jp": "港湾労働者がストライキを続ける。組合は賃上げを求めている。",
    "shift_jis": "労働組合は火曜日、会社側の提案を拒否した。ストライキは来週も続く。",
    "euc_kr": "항만 노동자들이 파업을 계속한다. 노조는 임금 인상을 요구하고 있다.",
    "gb2312": "码头工人继续罢工。工会要求提高工资。",
    "big5": "碼頭工人繼續罷工。工會要求提高工資。",
    "koi8_r": "Докеры продолжают забастовку. Профсоюз требует повышения зарплаты.",
    "cp1251": "Профсоюз во вторник отклонил предложение компании.",
    "tis_620": "คนงานท่าเรือยังคงนัดหยุดงาน สหภาพเรียกร้องขึ้นค่าจ้าง",
    "cp1255": "עובדי הנמל ממשיכים בשביתה. האיגוד דורש העלאת שכר.",
    "iso8859_7": "Οι λιμενεργάτες συνεχίζουν την απεργία. Το σωματείο ζητά αυξήσεις.",
}


def document(words: str) -> str:
    """Return a feed that declares no encoding."""
    return f"<rss><channel><title>Port</title><item><title>{words}</title></item></channel></rss>"


@pytest.mark.parametrize("encoding", WORDS)
def test_an_encoding_that_is_not_declared_is_found_out(encoding: str) -> None:
    """Bytes that are no UTF-8 and declare nothing are read by what their words look like, and that is said."""
    text = document(WORDS[encoding])
    found = decode(text.encode(encoding))
    assert found.text == text
    assert not found.is_certain


@pytest.mark.parametrize("encoding", ["koi8_r", "euc_jp"])
def test_a_wrong_declaration_of_utf8_is_no_hindrance(encoding: str) -> None:
    """A server that calls everything UTF-8 does not make other encodings unreadable."""
    text = document(WORDS[encoding])
    assert decode(text.encode(encoding), "text/xml; charset=utf-8").text == text


@pytest.mark.parametrize(
    "words",
    [
        "naïve café—two",
        "Die Straße wird länger",
        "« Grève » à l’usine : la fête",
        "São Paulo: greve não é ação",
        "É",
        "…",
    ],
)
def test_western_texts_are_not_guessed_at(words: str) -> None:
    """A short text in Windows-1252 that declares nothing is read as that, and never as some other script."""
    text = document(words)
    assert decode(text.encode("cp1252")).text == text


def test_utf8_with_stray_bytes_stays_utf8() -> None:
    """A few bytes of an old text within a page in UTF-8 do not turn the rest into something else."""
    assert decode("Докеры бастуют: ".encode() + b"caf\xe9").text == "Докеры бастуют: café"


def test_a_page_may_declare_its_encoding_in_html() -> None:
    """HTML's `meta` counts where the header says nothing (HTML, 13.2.3.2)."""
    page = '<html><head><meta charset="windows-1250"><title>Łódź strajkuje</title></head></html>'
    assert decode(page.encode("cp1250")).text == page


@pytest.mark.no_cover
@pytest.mark.parametrize("body", [b"<" * 3_000_000 + b"\xff", b"<!--" * 700_000 + b"\xff", b"\xb4\xa3 " * 700_000])
def test_bodies_made_to_hurt_are_decoded_in_time(body: bytes) -> None:
    """Whatever the bytes, finding out what they are takes a few seconds at most."""
    start = process_time()
    decode(body)
    assert process_time() - start < 5


def test_ordinary_bodies_do_not_load_the_detector() -> None:
    """A feed in UTF-8, or as it declares, does not wait for a library that it does not need."""
    script = (
        "import sys\n"
        "from plugins.core.text.charset import decode\n"
        "decode('<a>é</a>'.encode()); decode('<a>é</a>'.encode('cp1252'))\n"
        "decode('<a>ё</a>'.encode('koi8-r'), 'text/xml; charset=koi8-r')\n"
        "sys.exit('charset_normalizer' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False).returncode == 0
