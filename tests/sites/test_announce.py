"""`./inv announce` on a whole site: what it says, and what it says only once."""

import json
from pathlib import Path

import pytest

from plugins.announce import page_card
from plugins.announce.command import AnnounceOptions, announce
from plugins.sections import build as door
from tests.copies import ROOT
from tests.loopback.social import PASSWORD, TOKEN, social
from tests.sites.conftest import POST

TWO = "---\ntitle: Day two @boss\ndate: 2026-02-28\nsummary: What was said.\n---\n\nWords.\n"
DRAFT = "---\ntitle: A secret\ndate: 2026-02-28\nstatus: draft\n---\n\nWords.\n"
SCHEDULED = "---\ntitle: Tomorrow\ndate: 2026-03-09\n---\n\nWords.\n"
SITE = "http://localhost:8000"
PAGE = f"""<html><head><meta property="og:title" content="Day two"><meta property="og:image" content="{SITE}/two.png">
<meta property="og:image:alt" content="Day two, in letters"></head></html>"""
KEYS = {"MASTODON_ACCESS_TOKEN": TOKEN, "BLUESKY_APP_PASSWORD": PASSWORD}


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # atproto's way with httpx
def test_a_site_announces_what_is_new_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fresh clone says nothing of its past; then each new post once on each network, no draft, with its card."""
    content, output = tmp_path / "content", tmp_path / "output"
    (content / "posts").mkdir(parents=True)
    first = POST.replace("2026-01-02", "2026-02-26")
    for name, text in {"first": first, "two": TWO, "draft": DRAFT, "later": SCHEDULED}.items():
        (content / "posts" / f"{name}.md").write_text(text, "utf-8")
    (output / "posts" / "two").mkdir(parents=True)
    (output / "posts" / "two" / "index.html").write_text(PAGE, "utf-8")
    (output / "two.png").write_bytes(b"PNG")

    with social() as (told, address):
        settings = {
            "PATH": str(content),
            "OUTPUT_PATH": str(output),
            "ANNOUNCE_MASTODON": address,
            "ANNOUNCE_BLUESKY": "strike.example.org",
            "ANNOUNCE_BLUESKY_SERVICE": address,
        }

        def run(now: int, **options: bool) -> tuple[int, str]:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))
            values = door.settings(str(ROOT / "tests/sites/siteconf.py"), **settings)
            code = announce(values, AnnounceOptions(**options), {} if options else KEYS)
            return code, capsys.readouterr().out

        day = 86_400
        before, now = 1772366400 - 3 * day, 1772366400  # 26 February, 1 March
        code, said = run(before)
        assert code == 0 and said.count("1 things from before it are not announced") == 2
        code, said = run(now, dry_run=True)
        assert code == 0 and "What was said." in said and "A secret" not in said and "Tomorrow" not in said
        assert told.statuses == [] and told.records == {}
        code, said = run(now)
        assert code == 0 and said.count("sent: ") == 2, said
        code, said = run(now)
        assert code == 0 and said.count("nothing new") == 2, said
        (status,) = told.statuses
        (record,) = told.records.values()
        assert status["text"].startswith("Day two @\u2060boss\n\nWhat was said.\n\nhttp://localhost:8000/posts/two/")
        assert told.media[0]["description"] == "Day two, in letters"
        assert record["embed"]["external"]["uri"] == "http://localhost:8000/posts/two/" and told.blobs
        rows = (content / "archive" / "announced.jsonl").read_text("utf-8").splitlines()
        assert sum(json.loads(row)["state"] == "sent" for row in rows) == 2
        assert not any(key in row for key in KEYS.values() for row in rows)


def test_a_card_is_what_a_built_page_says_of_itself(tmp_path: Path) -> None:
    """Its title, description and picture's words; no picture of elsewhere, and nothing outside of the output."""
    golden = ROOT / "tests" / "sites" / "small" / "golden"
    card = page_card.read(golden, SITE, "posts/day-one/")
    assert card is not None and card.title and card.description and card.alt
    (tmp_path / "out").mkdir()
    (tmp_path / "secret.png").write_bytes(b"PNG")
    for address in (f"{SITE}/../secret.png", "https://evil.example/a.png", f"{SITE}/nothing.png"):
        (tmp_path / "out" / "index.html").write_text(PAGE.replace(f"{SITE}/two.png", address), "utf-8")
        found = page_card.read(tmp_path / "out", SITE, "")
        assert found is not None and found.image == b"", address
    assert page_card.read(tmp_path / "out", SITE, "../") is None
    assert page_card.read(tmp_path / "out", SITE, "posts/draft/") is None
