"""A digest of a whole site: what is in it, what never is, where it lies, and the e-mail made of it."""

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.copies import ROOT
from tests.publishing.conftest import inv
from tests.sites.conftest import NOW, POST

CONF = f"""import sys
sys.path.append({str(ROOT)!r})
from tests.sites.siteconf import *
SITEURL = "https://writer.example.org/repo"
"""
HOSTILE = (
    "](https://evil.example/x) <img src=https://evil.example/i> {story}quokka *b* `c` {: onclick=x} {{ mark }}"
    " |static|x [x](y) **b** &amp; ![i](https://evil.example/i)"
)
UPDATE = "---\ntitle: {}\nsource: {}\ndate: {}\nurl: https://paper.example.org/{}\n---\n"
SOURCE = '[[source]]\nid = "{0}"\ntitle = "{1}"\nsite = "https://{0}.example.org/"\nkind = "{2}"\n'
SITE = {
    "strikes.toml": '[[strike]]\nid = "dock"\nunion = "Dockers"\nemployers = "Harbour Works"\nstart = 2026-01-05\n'
    'status = "running"\n[[strike.milestone]]\ndate = 2026-02-27\ntext = "The talks begin."\nsource = "The union"\n'
    '[[strike.milestone]]\ndate = 2026-01-05\ntext = "They walk out."\nsource = "The union"\n',
    "demands.toml": '[[demand]]\nid = "dock-pay"\nstrike = "dock"\ntopic = "Pay"\n'
    '[[demand.asked]]\ntext = "10% more"\ndate = 2026-01-05\nsource = "The union"\n'
    '[[demand.offered]]\ntext = "*Four* percent"\ndate = 2026-02-26\nsource = "The paper"\n',
    "listings/planner.md": "---\nemployer: Harbour Works\nrole: Planner\nseen: 2026-01-20\nclosed: 2026-02-28\n"
    "---\n\nX.\n",
    "listings/secret.md": "---\nemployer: Quokka\nrole: Q\nseen: 2026-02-27\nstatus: draft\n---\n\nQuokka\n",
    "updates/sources.toml": SOURCE.format("paper", "The paper", "press") + SOURCE.format("union", "The union", "guild"),
    "updates/walk-out.md": UPDATE.format("Gate closed at dawn", "paper", "2026-02-26 08:00", "dawn"),
    "updates/gate.md": UPDATE.format("Gate closed at dawn", "union", "2026-02-26 09:00", "dawn"),
    "updates/hostile.md": UPDATE.format(f"'{HOSTILE}'", "paper", "2026-02-26 10:00", "h"),
    "updates/old.md": UPDATE.format("Quokka of last month", "paper", "2026-01-26 10:00", "old"),
    "updates/hidden.md": UPDATE.format("Quokka hidden", "paper", "2026-02-26 10:00", "hidden"),
    "updates/gone.md": UPDATE.format("Quokka taken down", "paper", "2026-02-26 10:00", "gone"),
    "updates/named.md": UPDATE.format("Quokka’s own headline", "paper", "2026-02-27 10:00", "named"),
    "updates/desk.toml": '[[hide]]\nupdate = "hidden"\n[[takedown]]\nupdate = "gone"\n'
    '[[retitle]]\nupdate = "named"\nto = "Our headline"\n[[pin]]\nupdate = "named"\n',
    "posts/public.md": POST.replace("2026-01-02", "2026-02-27"),
    "posts/draft.md": POST.replace("A first post", "Quokka draft").replace("2026-01-02", "2026-02-27\nstatus: draft"),
    "posts/later.md": POST.replace("A first post", "Quokka later").replace("2026-01-02", "2026-03-02"),
}
DRAFT = "posts/2026-03-01-digest.md"


@dataclass(frozen=True)
class Room:
    """A folder with a site's content and settings."""

    folder: Path

    @property
    def draft(self) -> Path:
        return self.folder / "content" / DRAFT

    @property
    def email(self) -> Path:
        return self.folder / ".cache/digest/2026-03-01-digest.eml"

    def build(self) -> Path:
        """Build the site, check it with its links, and return where it is."""
        output = self.folder / "output"
        self.run("--output", str(output), verb="build")
        assert "No problems" in self.run("--output", str(output), verb="check")
        return output

    def run(self, *words: str, code: int = 0, verb: str = "digest") -> str:
        """Run a verb and return what was said."""
        places = ["--settings", str(self.folder / "conf.py"), "--content", str(self.folder / "content")]
        done = inv(ROOT, verb, *places, *words, SOURCE_DATE_EPOCH=NOW)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout + done.stderr


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """Return the small site of a newsroom with secrets."""
    for name, text in SITE.items():
        path = tmp_path / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    (tmp_path / "conf.py").write_text(CONF, "utf-8")
    return Room(tmp_path)


class Loads(HTMLParser):
    """The elements of HTML, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.given: list[tuple[str, str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.given += [(tag, name, value or "") for name, value in attrs]


def parts(path: Path) -> tuple[EmailMessage, str, str]:
    """Return an e-mail, its plain text and its HTML."""
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert [list(part.defects) for part in mail.walk()] == [[], [], []]
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    text, html = (part.get_content().replace("\r\n", "\n").replace("&nbsp;", " ") for part in mail.iter_parts())
    return mail, text, html


def test_a_week_is_a_draft_of_what_is_public(room: Room) -> None:
    """Milestones, answers, posts, stories and listings that changed are linked; nothing secret or old is there."""
    said = room.run("--since", "7d")
    draft = room.draft.read_text("utf-8")
    for line in (
        "- 27 February: [The talks begin.]({milestone}dock-2026-02-27) — The union\n",
        "- 26 February: [Pay]({demand}dock-pay) — The paper (answered). \\*Four\\* percent\n",
        "- 27 February: [A first post]({filename}/posts/public.md)\n",
        "- 26 February: [Gate closed at dawn]({story}gate) — The union, The paper\n",
        "- 27 February: [Our headline]({story}named) — The paper (our headline)\n",
        "- 28 February: [Planner, Harbour Works]({listing}planner) (closed)\n",
    ):
        assert line in draft, draft
    assert "\nstatus: draft\n" in draft
    for text in (draft, *parts(room.email)[1:]):
        assert text.lower().count("quokka") == unescape(text).count("{story}quokka"), text
    assert "not ready to be sent" in said
    assert str(room.email) in said


def test_the_draft_passes_the_check_and_never_leaves_the_house(room: Room) -> None:
    """Its links are followed by the check; no byte of it, nor of the e-mail, is in what is published."""
    room.run("--since", "7d")
    output = room.build()
    names = [path for path in output.rglob("*") if path.is_file()]
    assert [path for path in names if "digest" in str(path.relative_to(output))] == []
    assert [path for path in names if b"Write here what" in path.read_bytes()] == []
    room.draft.write_text(room.draft.read_text("utf-8").replace("{story}gate", "{story}gates"), "utf-8")
    assert "there is no story 'gates'; did you mean gate?" in room.run(verb="check", code=1)


def test_published_it_reads_as_it_was_meant(room: Room) -> None:
    """Every link of the public post leads to a page of the site, and a hostile headline is a headline."""
    room.run("--since", "7d")
    room.draft.write_text(room.draft.read_text("utf-8").replace("status: draft", "status: published"), "utf-8")
    page = (room.build() / "posts/2026-03-01-digest/index.html").read_text("utf-8")
    body = page[page.index("e-content") : page.index("</article>")]
    links = re.findall(r'href="([^"]*)"', body)
    assert "/repo/updates/stories/walk-out/" in links
    assert all(link.startswith("/repo/") for link in links)
    assert HOSTILE in unescape(body)


def test_the_email_loads_nothing_and_leads_home(room: Room) -> None:
    """Both forms are there; links have whole addresses; styles stand in the elements; a reader is not followed."""
    room.run("--since", "7d")
    mail, text, html = parts(room.email)
    assert mail["To"] is None
    assert mail["From"].addresses[0].domain.endswith(".invalid")
    assert (mail["Date"].datetime.isoformat(), mail["Content-Language"]) == ("2026-03-01T04:00:00-08:00", "en")
    assert re.fullmatch(r"<2026-03-01-digest\.\d+@writer\.example\.org>", mail["Message-ID"])
    seen = Loads(html)
    assert not seen.tags & {"img", "link", "script", "style", "iframe", "object", "svg", "video", "form", "base"}
    assert {name for _, name, _ in seen.given} <= {"href", "style", "lang", "dir", "charset", "name", "content"}
    assert not any("url(" in value or "@import" in value for _, name, value in seen.given if name == "style")
    links = [value for tag, name, value in seen.given if (tag, name) == ("a", "href")]
    assert all(link.startswith("https://writer.example.org/repo/") for link in links)
    assert "https://writer.example.org/repo/updates/stories/walk-out/" in links
    assert "https://writer.example.org/repo/updates/stories/walk-out/" in text
    assert max(len(row) for row in text.splitlines() if "https://" not in row) <= 72
    assert "{{" not in html + text


def test_no_email_is_sent_unnoticed_without_a_way_to_leave(room: Room) -> None:
    """Subject and first lines say what is missing, in both forms; with a public post and a way to leave they do not."""
    room.run("--since", "7d")
    mail, text, html = parts(room.email)
    assert mail["Subject"].startswith("NOT READY: ")
    assert mail["List-Unsubscribe"] is None
    for form in (text, html):
        assert form.count("[UNSUBSCRIBE]") == 2
        assert form.index("Not to be sent yet.") < form.index("Write here what mattered.")
    words = (
        room.draft.read_text("utf-8")
        .replace("status: draft", "status: published")
        .replace("Write here what mattered.", "")
    )
    room.draft.write_text(words.replace("---\n\n\n", "---\n\nTwo words of **ours**.\n", 1), "utf-8")
    (room.folder / "conf.py").write_text(
        f'{CONF}DIGEST_UNSUBSCRIBE = "https://list.example.org/leave"\nDIGEST_FROM = "desk@example.org"\n'
    )
    said = room.run("--post", str(room.draft))
    mail, text, html = parts(room.email)
    assert "not ready" not in said
    assert mail["Subject"].startswith("The news of 22 Feb – 1 Mar 2026")
    assert mail["List-Unsubscribe"] == "<https://list.example.org/leave>"
    assert str(mail["From"]) == "Picketwire <desk@example.org>"
    assert "Two words of ours." in text
    assert "Two words of <strong" in html
    assert "] https://list.example.org/leave" in text
    assert "Not to be sent" not in text + html


def test_nothing_is_written_over_and_nothing_half(room: Room) -> None:
    """A draft that is there stays as it is; a wrong option or setting is told before anything is written."""
    room.draft.write_text("mine", "utf-8")
    said = room.run("--since", "soon", code=1)
    assert "2026-03-01-digest.md: is there already" in said
    assert "--since is no time (got 'soon')" in said
    assert room.draft.read_text("utf-8") == "mine"
    room.draft.unlink()
    for email_file in ("content/x.eml", "x.txt"):
        room.run("--email", str(room.folder / email_file), code=2)
    (room.folder / "there.eml").write_text("mine", "utf-8")
    room.run("--email", str(room.folder / "there.eml"), code=1)
    (room.folder / "conf.py").write_text(f'{CONF}SITEURL = "http://localhost:8000"\n')
    assert "SITEURL is no address" in room.run(code=1)
    assert not room.draft.exists()
    assert not room.email.exists()
    assert (room.folder / "there.eml").read_text("utf-8") == "mine"


def test_a_long_week_stays_readable(room: Room) -> None:
    """Of very many stories forty are told, some of every day, and a link leads to the others on the wire."""
    for number in range(70):
        day, minute = 23 + number % 5, number // 5
        update = UPDATE.format(
            f"Report {number} of {'abcdefgh'[number % 8] * 9}", "paper", f"2026-02-{day} 12:{minute:02}", number
        )
        (room.folder / f"content/updates/many-{number}.md").write_text(update, "utf-8")
    room.run("--since", "7d")
    draft = room.draft.read_text("utf-8")
    wire = draft.partition("## On the wire")[2].partition("\n## ")[0]
    assert wire.count("\n- ") == 40
    assert wire.count("\n### ") == 5
    assert re.search(r"\n\n\[and \d+ more\]\(\{section\}updates\)\n", draft)
    assert "Our headline" in wire
    assert "https://writer.example.org/repo/updates/" in parts(room.email)[1]
    room.build()


def test_a_quiet_time_writes_nothing(room: Room) -> None:
    """Where nothing happened, that is said, and there is no empty draft."""
    assert "Nothing happened since 2026-03-01 03:00" in room.run("--since", "1h")
    assert not room.draft.exists()


def test_any_post_is_an_email_as_it_reads_on_the_site(room: Room) -> None:
    """Blocks, pictures and cards become what an e-mail can hold; a link to what is not public is told with its line."""
    body = (
        "\n![A gate]({static}/images/gate.svg)\n\n/// quote | The authority\n    url: https://port.example.org/n\n"
        "We regret.\n///\n"
        "\n/// listing | planner\n///\n\n[the wire]({section}updates)\n"
    )
    image = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    (room.folder / "content/images").mkdir()
    (room.folder / "content/images/gate.svg").write_text(image)
    post = room.folder / "content/posts/public.md"
    post.write_text(POST + body, "utf-8")
    room.run("--post", str(post), "--email", str(room.folder / "letter.eml"))
    _, text, html = parts(room.folder / "letter.eml")
    assert "[A gate]\n\n> We regret.\n>\n> — The authority [" in text
    assert "Planner, Harbour Works [" in text
    assert "https://writer.example.org/repo/listings/planner/" in text
    assert "the wire [" in text
    assert not Loads(html).tags & {"img"}
    draft = room.folder / "content/posts/draft.md"
    draft.write_text(f"{draft.read_text('utf-8')}\n[x]({{filename}}later.md)\n", "utf-8")
    said = room.run("--post", str(draft), code=1)
    assert "draft.md:10: {filename}later.md leads nowhere from an e-mail" in said
    draft.write_text(draft.read_text("utf-8").replace("tags:", "listings: [secret]\ntags:"), "utf-8")
    assert "draft.md: listings names secret, which is not public" in room.run("--post", str(draft), code=1)
    assert "--post is no post of this site" in room.run("--post", "README.md", code=2)


def test_a_spanish_newsroom_has_spanish_news(room: Room) -> None:
    """Headings, days and all the letter's own words are in the site's language; headlines are their outlets'."""
    (room.folder / "conf.py").write_text(f'{CONF}DEFAULT_LANG = "es"\n')
    room.run("--since", "7d")
    draft = room.draft.read_text("utf-8")
    assert 'title: "Las noticias, 22 de febrero – 1 de marzo de 2026"' in draft
    assert "## En el cable" in draft
    assert "- 28 de febrero: [Planner, Harbour Works]({listing}planner) (cerrada)" in draft
    mail, text, html = parts(room.email)
    assert mail["Subject"].startswith("NO ENVIAR TODAVÍA: ")
    assert mail["Content-Language"] == "es"
    assert '<html lang="es"' in html
    for word in ("Read this", "Leave this", "Latest", "Write here", "The strike", "more"):
        assert word not in text
