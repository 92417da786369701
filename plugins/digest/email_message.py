"""A letter as an e-mail: its two forms, one of which is read. The same letter has the same bytes.

Not EmailMessage: the Python of 3.11 folds a long name or address in the head where it may not be broken.
Sources: RFC 5322 (messages), RFC 2046, section 5.1.4 (multipart/alternative), RFC 2047 (names and subjects),
RFC 2369 (List-Unsubscribe).
"""

import hashlib
import unicodedata
from email.charset import QP, Charset
from email.errors import HeaderParseError, MessageError
from email.header import Header
from email.headerregistry import Address
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.policy import compat32
from email.utils import format_datetime, formataddr

from plugins.digest.model import Letter

PLACEHOLDER = "newsroom@address-missing.invalid"
"""Whom a letter is from while nobody has said so; no mail reaches `.invalid` (RFC 2606)."""
_MOST = 400  # letters of a subject, or of a name
_ON_THE_WIRE = compat32.clone(linesep="\r\n", max_line_length=None)  # what is long is folded here
_UTF8 = Charset("utf-8")
_UTF8.body_encoding = QP


def message(letter: Letter) -> bytes:
    """Return a letter as the bytes of an .eml file. It is to nobody yet: who sends it says to whom."""
    # Quoted-printable never has "=_", so no line of a part is taken for the boundary.
    mail = MIMEMultipart("alternative", f"=_{hashlib.sha256(letter.text.encode()).hexdigest()[:32]}")
    mail["Subject"] = _coded("Subject", one_line(letter.subject))
    mail["From"] = _named(one_line(letter.sender.name), letter.sender.address or PLACEHOLDER)
    mail["Date"] = format_datetime(letter.date)
    mail["Message-ID"] = f"<{letter.id}>"
    mail["Content-Language"] = letter.language
    mail["X-Unsent"] = "1"  # to some mail programs, among them Outlook, a draft to be gone on with
    if letter.sender.unsubscribe.startswith(("https://", "http://", "mailto:")):
        mail["List-Unsubscribe"] = f"<{letter.sender.unsubscribe}>"
    mail.attach(_part("plain", letter.text))
    mail.attach(_part("html", letter.html))
    return mail.as_bytes(policy=_ON_THE_WIRE)


def fault(address: str) -> str:
    """Return what is wrong with an e-mail address, "" where nothing is."""
    try:
        found = Address(addr_spec=address)
    except (HeaderParseError, MessageError, ValueError, IndexError):
        return "is no e-mail address"
    if found.domain and address.isascii():
        return ""
    return "is no e-mail address"


def one_line(text: str) -> str:
    """Return text as a header can hold it: one line, without control characters."""
    seen = (one for one in text if one.isspace() or unicodedata.category(one) not in {"Cc", "Cs"})
    return " ".join("".join(seen).split())[:_MOST].strip()


def _part(kind: str, text: str) -> MIMENonMultipart:
    part = MIMENonMultipart("text", kind)
    part.set_payload(text, _UTF8)
    return part


def _named(name: str, address: str) -> str:
    if name.isascii():
        return formataddr((name, address))
    return f"{_coded('From', name)} <{address}>"


def _coded(header: str, words: str) -> str:
    """Return words in ASCII, those of other alphabets as encoded words on lines of their own."""
    if words.isascii():
        return words
    return Header(words, "utf-8", header_name=header).encode()
