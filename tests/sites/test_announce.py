"""`./inv announce` on a whole site: what it says, and what it says only once."""

import json

import pytest

from plugins.announce.command import Options, announce
from plugins.sections import build as door
from tests.copies import ROOT
from tests.loopback.social import PASSWORD, TOKEN, social
from tests.sites.conftest import POST, Build

TWO = "---\ntitle: Day two @boss\ndate: 2026-02-28\nsummary: What was said.\n---\n\nWords.\n"
DRAFT = "---\ntitle: A secret\ndate: 2026-02-28\nstatus: draft\n---\n\nWords.\n"
SCHEDULED = "---\ntitle: Tomorrow\ndate: 2026-03-09\n---\n\nWords.\n"
KEYS = {"MASTODON_ACCESS_TOKEN": TOKEN, "BLUESKY_APP_PASSWORD": PASSWORD}


@pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # atproto's way with httpx
def test_a_site_announces_what_is_new_once(
    build: Build, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fresh clone says nothing of its past; then each new post once on each network, no draft, with its card."""
    files = {"posts/first.md": POST.replace("2026-01-02", "2026-02-26"), "posts/two.md": TWO}
    site = build({**files, "posts/draft.md": DRAFT, "posts/later.md": SCHEDULED})
    assert site.code == 0, site.said

    with social() as (told, address):
        settings = {
            "PATH": str(site.content),
            "OUTPUT_PATH": str(site.output),
            "ANNOUNCE_MASTODON": address,
            "ANNOUNCE_BLUESKY": "strike.example.org",
            "ANNOUNCE_BLUESKY_SERVICE": address,
        }

        def run(now: int, **options: bool) -> tuple[int, str]:
            monkeypatch.setenv("SOURCE_DATE_EPOCH", str(now))
            values = door.settings(str(ROOT / "tests/sites/siteconf.py"), **settings)
            code = announce(values, Options(**options), {} if options else KEYS)
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
        assert told.media[0]["description"].split() == ["Day", "two", "@boss"]
        assert record["embed"]["external"]["uri"] == "http://localhost:8000/posts/two/" and told.blobs
        rows = (site.content / "archive" / "announced.jsonl").read_text("utf-8").splitlines()
        assert sum(json.loads(row)["state"] == "sent" for row in rows) == 2
        assert not any(key in row for key in KEYS.values() for row in rows)
