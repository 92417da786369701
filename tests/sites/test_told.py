"""What `./inv check` tells of content in which nobody can have meant what it says; and sound content is left alone."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from plugins.core.errors import SiteError
from plugins.core.media.image_kind import ENDINGS
from plugins.sections import settings as site_settings
from plugins.sections.addresses import Addresses
from plugins.sections.check import ask, check
from plugins.sections.gather import gather
from plugins.sections.newsroom import newsroom
from tests.copies import ROOT
from tests.sites.conftest import NOW
from tests.sites.small_site import SmallSite

Files = Mapping[str, str | bytes]
Check = Callable[[Files], list[tuple[str, int, str]]]

STRIKE = '[[strike]]\nid = "s"\nunion = "U"\nemployers = "E"\nstart = 2026-01-01\nstatus = "running"\n'
STONE = f'{STRIKE}\n[[strike.milestone]]\ndate = 2026-01-02\ntext = "T"\nsource = "S"\n'
SOURCES = '[[source]]\nid = "g"\ntitle = "G"\nsite = "https://g.example.org/"\nkind = "guild"\n'
LISTING = "---\nemployer: E\nrole: R\nseen: 2026-01-02\n{more}---\n\n{body}\n"
DRAFT = "status: draft\n"


def post(body: str = "Words.", more: str = "", date: str = "2026-01-02") -> str:
    """Return a post; `more` begins on line 4, and the body on line 6 or as many lines below as `more` has."""
    return f"---\ntitle: A post\ndate: {date}\n{more}---\n\n{body}\n"


def picture(form: str = "JPEG", size: tuple[int, int] = (300, 200)) -> bytes:
    """Return a picture of that format, grainy enough to have many bytes."""
    out = BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, form)
    return out.getvalue()


def half(data: bytes) -> bytes:
    """Return what is left of a file whose upload was cut short."""
    return data[: len(data) // 2]


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Return a function that lays out a content folder, checks it, and returns each problem's file, line and words."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    content = tmp_path / "content"

    def run(files: Files) -> list[tuple[str, int, str]]:
        for name, text in files.items():
            path = content / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        settings = str(ROOT / "tests/sites/siteconf.py")
        try:
            check(site_settings.read(settings, PATH=content, OUTPUT_PATH=tmp_path / "output"))
        except SiteError as error:
            return [
                (one.where.removeprefix(f"{content}/"), one.line, f"{one.what}; {one.remedy}") for one in error.problems
            ]
        return []

    return run


@pytest.mark.parametrize(
    ("files", "file", "line", "words"),
    [
        # Drafts are checked like published texts.
        ({"posts/a.md": post("![A gate]({static}/images/no.jpg)", DRAFT)}, "posts/a.md", 7, "no published file"),
        ({"posts/a.md": post("[x]({filename}no.md)", DRAFT)}, "posts/a.md", 7, "no published file"),
        ({"posts/a.md": post("[x](/posts/no/)", DRAFT)}, "posts/a.md", 7, "no such page"),
        ({"posts/a.md": post("[x]({filename}no.md)", date="2026-05-01")}, "posts/a.md", 6, "no published file"),
        ({"posts/a.md": post(more=f"{DRAFT}image: {{src: images/no.jpg, alt: x}}\n")}, "posts/a.md", 5, "no picture"),
        (
            {"listings/a.md": LISTING.format(more=DRAFT, body="[x]({filename}no.md)")},
            "listings/a.md",
            8,
            "no published",
        ),
        # An old address that another page answers to.
        ({"posts/a.md": post(more="aliases: posts/b/\n"), "posts/b.md": post()}, "posts/a.md", 4, "address of"),
        (
            {"posts/a.md": post(more="aliases: posts/b/\n"), "posts/b.md": post(more=DRAFT)},
            "posts/a.md",
            4,
            "address of",
        ),
        ({"posts/a.md": post(more=f"aliases: posts/b/\n{DRAFT}"), "posts/b.md": post()}, "posts/a.md", 4, "address of"),
        ({"posts/a.md": post(more="aliases: posts/a\n")}, "posts/a.md", 4, "the text's own address"),
        ({"posts/a.md": post(more="aliases: posts/2026/\n")}, "posts/a.md", 4, "a page of the site"),
        ({"posts/a.md": post(more="aliases: tags/pay/\ntags: [Pay!]\n")}, "posts/a.md", 4, "a page of the site"),
        ({"posts/a.md": post(more="aliases: feeds/posts.atom.xml\n")}, "posts/a.md", 4, "a page of the site"),
        ({"posts/a.md": post(more="aliases: sitemap.xml\n")}, "posts/a.md", 4, "a page of the site"),
        ({"posts/a.md": post(more="aliases: theme/css/tokens.css\n")}, "posts/a.md", 4, "a page of the site"),
        ({"posts/a.md": post(more="aliases: timeline/\n"), "strikes.toml": STRIKE}, "posts/a.md", 4, "a page of the"),
        (
            {
                "posts/a.md": post(more="aliases: updates/2026/01/02/\n"),
                "updates/sources.toml": SOURCES,
                "updates/u.md": "---\ntitle: U\nsource: g\ndate: 2026-01-02\n---\n\nx\n",
            },
            "posts/a.md",
            4,
            "a page of the site",
        ),
        # Two pages with one address.
        ({"posts/A B.md": post(), "posts/a-b.md": post()}, "posts/a-b.md", 1, "is taken by"),
        ({"posts/2026.md": post()}, "posts/2026.md", 1, "a page the site has anyway"),
        ({"pages/p.md": "---\ntitle: P\nslug: tags\n---\n\nx\n"}, "pages/p.md", 3, "a page the site has anyway"),
        # Names of which no address can be made.
        ({"posts/✊.md": post()}, "posts/✊.md", 1, "no letter or digit"),
        ({"pages/✊.md": "---\ntitle: P\n---\n\nx\n"}, "pages/✊.md", 1, "no letter or digit"),
        ({"posts/a.md": post(more="tags: [pay, ✊]\n")}, "posts/a.md", 4, "tags: no letter or digit"),
        ({"posts/a.md": post(more="category: ✊\n")}, "posts/a.md", 4, "category: no letter or digit"),
        # Addresses of the site where there is nothing.
        ({"posts/a.md": post("One.\n\n[x](/posts/nope/)")}, "posts/a.md", 8, "the site has no such page"),
        (
            {"posts/a.md": post("[x](/posts/nop/)"), "posts/nope.md": post()},
            "posts/a.md",
            6,
            "did you mean /posts/nope/?",
        ),
        ({"posts/a.md": post("[x][1]\n\n[1]: /nope/")}, "posts/a.md", 8, "no such page"),
        ({"posts/a.md": post('<a class="x" href="/nope/">x</a>')}, "posts/a.md", 6, "no such page"),
        ({"posts/a.md": post("[x](../nope/)")}, "posts/a.md", 6, "no such page"),
        ({"posts/a.md": post("[x](http://localhost:8000/nope/)")}, "posts/a.md", 6, "no such page"),
        ({"posts/a.md": post("[x](/posts/b/)"), "posts/b.md": post(more=DRAFT)}, "posts/a.md", 6, "is not published"),
        # What git leaves behind.
        ({"posts/a.md": post("<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs")}, "posts/a.md", 6, "a merge"),
        (
            {"posts/a.md": post(more="<<<<<<< HEAD\ntags: [a]\n=======\ntags: [b]\n>>>>>>> theirs\n")},
            "posts/a.md",
            4,
            "a merge",
        ),
        ({"strikes.toml": f"<<<<<<< HEAD\n{STRIKE}=======\n{STONE}>>>>>>> theirs\n"}, "strikes.toml", 1, "a merge"),
        # Options that are words where they stand.
        ({"posts/a.md": post("/// quote | Ann\nurl: https://example.org/\n\nx\n///")}, "posts/a.md", 7, "only words"),
        ({"posts/a.md": post("/// quote | Ann\n  url: https://example.org/\n\nx\n///")}, "posts/a.md", 7, "only words"),
        (
            {"posts/a.md": post("/// quote | Ann\n\n    url: https://example.org/\n\nx\n///")},
            "posts/a.md",
            8,
            "only words",
        ),
        ({"posts/a.md": post("/// quote | Ann\nulr: https://example.org/\n\nx\n///")}, "posts/a.md", 7, "only words"),
        ({"posts/a.md": post("/// chat | Ann\nurl: https://example.org/\nAnn: x\n///")}, "posts/a.md", 7, "only words"),
        ({"posts/a.md": post("/// video | V\nurl: https://example.org/\n///")}, "posts/a.md", 7, "only words"),
        # Times that there are not, or that nobody means.
        ({"strikes.toml": f'{STONE}time = "25:99"\n'}, "strikes.toml", 12, "00:00 to 23:59"),
        (
            {"strikes.toml": f'{STONE}time = "25:99"\nzone = "America/Los_Angeles"\n'},
            "strikes.toml",
            12,
            "00:00 to 23:59",
        ),
        ({"posts/a.md": post(date="0203-01-02")}, "posts/a.md", 3, "in a year from 1800 to 2100 (got 0203-01-02)"),
        ({"strikes.toml": STRIKE.replace("2026", "2206")}, "strikes.toml", 5, "to 2100 (got 2206-01-01)"),
        ({"posts/a.md": post(more="expires: 2025-01-01\n")}, "posts/a.md", 1, "expires 2025-01-01 is before date"),
        (
            {"posts/a.md": post(more="corrections: [{date: 2025-01-01, text: x}]\n")},
            "posts/a.md",
            1,
            "a correction of 2025-01-01 is before date",
        ),
        (
            {"listings/a.md": LISTING.format(more="posted: 2026-01-02\nclosed: 2025-01-02\n", body="x")},
            "listings/a.md",
            1,
            "closed 2025-01-02 is before posted",
        ),
    ],
)
def test_what_nobody_can_have_meant_is_told_at_its_line(
    told: Check, files: Files, file: str, line: int, words: str
) -> None:
    """Each mistake is one problem, at the line of the text where it was made, with what to do."""
    said = told(files)
    assert [(where, at) for where, at, _ in said] == [(file, line)], said
    assert words in said[0][2]


def test_what_may_well_be_meant_is_not_told(told: Check) -> None:
    """Links to every kind of page, drafts that belong together, prose with colons, code about git and old news pass."""
    links = "/ /posts/ /posts/b/ /posts/b /posts/2026/ /tags/pay/ /categories/notes/ /authors/ann-lee/ /about/ "
    links += "/old/b.html /feeds/posts.atom.xml /feeds/everything.json /listings/job/ /timeline/ /subscribe/ /404.html "
    links += "../b/ #top /images/gate.jpg /theme/css/tokens.css /extra/list.pdf /updates/ /updates/2026/01/02/ "
    links += "http://localhost:8000/"
    quote = "/// quote | Ann\nTheir url: we never knew it.\n\nNote: https://example.org/ is theirs.\n///"
    nested = "//// quote | Ann\nWords.\n\n/// video | V\n    url: https://example.org/v\n///\n////"
    conflict = "```\n<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs\n```"
    shown = "![A gate]({static}/images/gate.jpg)"
    body = "\n\n".join([*(f"[x]({one})" for one in links.split()), quote, nested, conflict, shown])
    assert not told(
        {
            "posts/a.md": post(body),
            "posts/b.md": post(more="tags: [Pay]\nauthor: Ann Lee\naliases: old/b.html\n"),
            "posts/c.md": post("[x]({filename}d.md) [y](/posts/d/)", DRAFT),
            "posts/d.md": post("[x]({filename}c.md)", f"{DRAFT}aliases: c\n"),
            "posts/new.md": post("", DRAFT),
            "posts/seen.md": post("", "via: {title: A paper, url: https://example.org/}\n", "1886-05-04 23:59"),
            "pages/about.md": "---\ntitle: About\n---\n\nWe.\n",
            "listings/job.md": LISTING.format(more="", body=""),
            "strikes.toml": f'{STONE}time = "23:59"\n',
            "updates/sources.toml": SOURCES,
            "updates/u.md": "---\ntitle: U\nsource: g\ndate: 2026-01-02\n---\n\nx\n",
            "images/gate.jpg": picture(),
            "extra/list.pdf": b"%PDF",
        }
    )


@pytest.mark.parametrize("form", ENDINGS)
def test_a_picture_that_was_cut_short_is_told_where_it_is_shown(told: Check, form: str) -> None:
    """In every format, by the line of the first text that shows it; mended, it is told no more."""
    name = f"images/gate.{ENDINGS[form]}"  # type: ignore[index]
    files: dict[str, str | bytes] = {
        "posts/a.md": post(f"One.\n\n![A gate]({{static}}/{name})", DRAFT),
        name: half(picture(form)),
    }
    for _ in range(2):  # the second time from memory
        said = told(files)
        assert [(where, at) for where, at, _ in said] == [("posts/a.md", 9)]
        assert f"{name}: " in said[0][2]
    assert told({name: picture(form)}) == []


def test_pictures_behind_links_and_before_videos_are_looked_at_too(told: Check) -> None:
    """Whatever is published with a text is read to its end."""
    image = "image: {src: images/own.jpg, alt: x}\n"
    video = "/// video | V\n    url: https://example.org/v\n    poster: images/poster.jpg\n///"
    said = told(
        {
            "posts/a.md": post(f"[large]({{static}}/images/large.jpg)\n\n{video}", image),
            **dict.fromkeys(("images/large.jpg", "images/poster.jpg", "images/own.jpg"), half(picture())),
        }
    )
    assert [(where, at) for where, at, _ in said] == [("posts/a.md", line) for line in (4, 7, 11)]


def test_a_picture_that_is_too_large_is_told_at_once(told: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the size of its file, which is not opened, or by its header's pixels, before any is drawn."""
    out = BytesIO()
    Image.new("1", (10_000, 8_100)).save(out, "PNG")
    heavy = picture() + bytes(51_000_000)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("a picture was drawn"))
    said = told(
        {
            "posts/a.md": post("![x]({static}/heavy.jpg)\n\n![x]({static}/wide.png)"),
            "heavy.jpg": heavy,
            "wide.png": out.getvalue(),
        }
    )
    assert [(where, at) for where, at, _ in said] == [("posts/a.md", 6), ("posts/a.md", 8)]
    assert "of 51 MB, more than 25 MB" in said[0][2]
    assert "more than 80 million pixels" in said[1][2]


def test_a_picture_is_decoded_once(told: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    """A check is run at every save: a picture that has not changed since the last one is not read again."""
    told({"posts/a.md": post("![x]({static}/a.jpg)"), "a.jpg": picture()})
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("a picture was read again"))
    assert told({}) == []


def test_the_site_knows_its_addresses_without_printing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Every page and feed that a build prints is one that a text may lead to, whoever printed it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOW)
    small = ROOT / "tests" / "sites" / "small"
    values = site_settings.read(str(ROOT / "tests/sites/siteconf.py"), PATH=small / "content", OUTPUT_PATH=tmp_path)
    ask(values.of(site_settings.SiteSettings).plugins or ())
    room = newsroom(values)
    site = Addresses(gather(room).editions, room)
    golden = (path.relative_to(small / "golden") for path in sorted((small / "golden").rglob("*")) if path.is_file())
    printed = [path.as_posix() for path in golden if path.suffix in {".html", ".xml", ".json"}]
    moved = {"index.html", *(alias.address for edition in gather(room).editions for alias in edition.aliases)}
    assert len(printed) > 50
    assert [path for path in printed if not site.is_file(path) and path not in moved] == []


def test_a_build_refuses_what_a_check_tells(tmp_path: Path) -> None:
    """The same problems in the same words, and nothing is written."""
    site = SmallSite(tmp_path)
    site.post("a", "[x](/repo/posts/nope/)\n\n![x]({static}/a.jpg)", "aliases: posts/b/\n")
    site.post("b", "<<<<<<< HEAD\nOne.\n=======\nTwo.\n>>>>>>> theirs", "tags: [✊]\n")
    site.write("a.jpg", half(picture()))
    said = site.build(check=True, code=1)
    assert said.count("\n") == 5
    assert site.build(code=1) == said
    assert not site.output.exists()


@pytest.mark.parametrize(
    ("content", "output", "words"),
    [
        ("nope", "output", "nope: there is no such folder"),
        ("content/posts/a.md", "output", "a.md: is no folder"),
        ("", "output", "--content is empty"),
        ("content", "", "--output is empty"),
        ("content", "content", "the output is the content folder"),
        ("content", "content/made", "the output lies in the content folder"),
        ("content", ".", "the output has the content folder in it"),
        ("content", str(ROOT / "theme"), "the output is the theme"),
        ("content", str(ROOT / "plugins" / "made"), "the output lies in the code"),
        ("content", str(ROOT), "the output has the theme in it"),
        ("content", ".git/made", "the output lies in what git keeps for itself"),
        ("content", "file", "the output cannot be a folder"),
        ("content", "file/below", "the output cannot be a folder"),
    ],
)
def test_folders_that_cannot_be_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str, output: str, words: str
) -> None:
    """No verb takes a mistyped content folder for an empty one, or an output that would be written over the content."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "posts").mkdir(parents=True)
    (tmp_path / "content" / "posts" / "a.md").write_text(post(), "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    with pytest.raises(SiteError) as refused:
        site_settings.read(str(ROOT / "tests/sites/siteconf.py"), PATH=content, OUTPUT_PATH=output)
    assert [words in str(problem) for problem in refused.value.problems] == [True]


def test_a_folder_without_content_has_no_clean_check(told: Check, tmp_path: Path) -> None:
    """A folder that is there and has nothing a site reads is a wrong folder, not a site without problems."""
    (tmp_path / "content").mkdir()
    assert [words.partition(";")[0] for _, _, words in told({})] == ["nothing in this folder is a site's content"]
