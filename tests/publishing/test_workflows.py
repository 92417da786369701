"""The workflows, read as GitHub reads them: what they may do, and their steps played against a local remote."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml

from tests.copies import ROOT, project
from tests.publishing.conftest import Clone, Origin

WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")}
JOBS = [(name, job, body) for name, flow in WORKFLOWS.items() for job, body in flow["jobs"].items()]
STEPS = [(f"{name}.{job}", step) for name, job, body in JOBS for step in body.get("steps", ())]
REPO = "https://you.github.io/repo"
MONTHS = "content/archive/updates/"
WEEK = "!cancelled() && (github.event.schedule == '43 5 * * 1' || inputs.verify)"
ANNOUNCE = "vars.ANNOUNCE == 'true'"
VALUES = {"steps.pages.outputs.base_url": f"{REPO}/", "vars.WEBSUB_HUB": "", "github.token": "a-key-of-no-use"}
_FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title>{items}</channel></rss>"""
_ITEM = "<item><guid>{0}</guid><title>{0}</title><link>http://127.0.0.1:9/{0}</link></item>"
_SOURCE = """
[[source]]
id = "{id}"
title = "{id}"
site = "https://{id}.example/"
feed = "http://127.0.0.1:9/{id}.xml"
kind = "labor"
keep = "all"
{more}"""


def feed(*names: str) -> str:
    """Return a feed with an item of each name."""
    return _FEED.format(items="".join(map(_ITEM.format, names)))


CONTENT = {
    "pages/about.md": "---\ntitle: About\n---\n\nWe are writers.\n",
    "posts/day-one.md": "---\ntitle: Day one\ndate: 2026-01-02\n---\n\nThey came at six.\n",
    "updates/sources.toml": _SOURCE.format(id="wire", more='file = "wire.xml"\n') + _SOURCE.format(id="lost", more=""),
    "updates/wire.xml": feed("Gate-closed"),
}


@dataclass
class Run:
    """A run of a job in a checkout: its steps in order, each under its condition, until one fails."""

    clone: Clone
    event: str = "schedule"
    true: frozenset[str] = frozenset({"!cancelled()"})
    before: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    failed: bool = False
    said: dict[str, str] = field(default_factory=dict)

    def play(self, workflow: str, job: str) -> "Run":
        """Play a job's steps; `before` names steps before which something else happens."""
        for step in WORKFLOWS[workflow]["jobs"][job]["steps"]:
            name = step.get("name", "")
            if "run" not in step or not self._wanted(step.get("if", "")):
                continue
            self.before.get(name, lambda: None)()
            self.said[name] = self._step(step)
        return self

    def _wanted(self, condition: str) -> bool:
        inner = condition.removeprefix("${{").removesuffix("}}").strip()
        if not inner:
            return not self.failed
        assert inner in {"!cancelled()", WEEK, ANNOUNCE}, f"a condition this test does not know: {inner}"
        return inner in self.true

    def _step(self, step: Mapping[str, Any]) -> str:
        own = {name: VALUES[value[3:-2].strip()] for name, value in step.get("env", {}).items()}
        script = step["run"].replace("./inv ", f"{sys.executable} -m plugins.commands ")
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
            cwd=self.clone.folder,
            env={**os.environ, **self._github(), **own},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=120,
            check=False,
        )
        self.failed = self.failed or (done.returncode != 0 and not step.get("continue-on-error"))
        return done.stdout + done.stderr

    def _github(self) -> dict[str, str]:
        folder = self.clone.folder.parent
        return {
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_EVENT_NAME": self.event,
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_STEP_SUMMARY": str(folder / f"{self.clone.folder.name}.summary"),
            "GITHUB_OUTPUT": str(folder / f"{self.clone.folder.name}.output"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }


@pytest.fixture
def site(origin: Origin) -> Origin:
    """Return a remote that has a whole small site, with one source that answers and one that does not."""
    clone = origin.clone("writer")
    project(clone.folder, CONTENT)
    clone.push({}, "A site")
    return origin


def writer(site: Origin) -> Clone:
    """Return the clone the site was written in."""
    return Clone(site.folder.parent / "writer")


def test_collecting_survives_a_lost_push_and_a_conflict(site: Origin) -> None:
    """While a run fetches, a writer pushes a post and another run pushes the same month: all of it is published.

    A source that does not answer is an annotation, and fails nothing.
    """
    other = site.clone("other", "--depth=1")

    def meanwhile() -> None:
        writer(site).push({"content/posts/day-two.md": CONTENT["posts/day-one.md"].replace("one", "two")}, "A post")
        other.write({"content/updates/wire.xml": feed("Talks-resume")})
        assert not Run(other).play("collect", "collect").failed

    runner = site.clone("runner", "--depth=1")
    run = Run(runner, before={"Save the archive": meanwhile}).play("collect", "collect")

    assert not run.failed, run.said
    assert "::warning file=content/updates/sources.toml,title=lost::" in run.said["Fetch"]
    assert "lost" in (runner.folder.parent / "runner.summary").read_text("utf-8")
    subjects = site.git("log", "--format=%an: %s", "main").splitlines()
    assert [line.partition(": ")[2].split(":")[0] for line in subjects] == [
        "Collect",
        "Collect",
        "A post",
        "A site",
        "First",
    ]
    assert subjects[0].startswith("github-actions[bot]: ")

    publisher = site.clone("publisher", "--depth=1")
    built = Run(publisher).play("publish", "build")
    assert not built.failed, built.said
    pages = "".join(path.read_text("utf-8") for path in (publisher.folder / "output").rglob("*.html"))
    for words in ("Gate-closed", "Talks-resume", "posts/day-two/"):
        assert words in pages
    assert 'href="/repo/posts/' in pages or "href=/repo/posts/" in pages

    # The next run finds both runs' rows, has no news, and writes the month as one run would have.
    again = Run(site.clone("again", "--depth=1")).play("collect", "collect")
    assert not again.failed, again.said
    assert not Run(site.clone("last", "--depth=1")).play("collect", "collect").failed
    assert site.read(f"{MONTHS}checksums.txt").count("\n") == 0


def test_the_weekly_verification_is_part_of_a_run(site: Origin) -> None:
    """Once a week funds and links are verified before the archive is saved, which an alarm does not prevent."""
    run = Run(site.clone("runner"), true=frozenset({"!cancelled()", WEEK})).play("collect", "collect")

    steps = ["Fetch", "Watch the job boards", "Verify the funds", "Verify the links", "Save the archive"]
    assert list(run.said) == steps
    assert "Saved the archive" in run.said["Save the archive"]
    assert f"{MONTHS}sources.ndjson" in site.git("ls-tree", "-r", "--name-only", "main")


def test_a_broken_archive_is_an_alarm(site: Origin) -> None:
    """An archive that has lost updates fails the run, with an error at its file; nothing is committed or published."""
    first = Run(site.clone("runner")).play("collect", "collect")
    assert not first.failed, first.said
    editor = site.clone("editor")
    (month,) = (editor.folder / MONTHS).glob("*.jsonl")
    month.write_text("", "utf-8")
    editor.push({}, "Lose a month")

    run = Run(site.clone("second")).play("collect", "collect")

    assert run.failed
    assert f"::error file={MONTHS}{month.name}::updates are missing" in run.said["Fetch"]
    assert "Nothing to save" in run.said["Save the archive"]
    assert site.git("log", "-1", "--format=%s", "main") == "Lose a month"
    assert Run(site.clone("publisher")).play("publish", "build").failed


def test_publishing_needs_what_the_owner_wrote_and_no_more() -> None:
    """What is deployed was built and checked; the tests, which are the code's, hold back nobody's news."""
    jobs = WORKFLOWS["publish"]["jobs"]
    assert jobs["deploy"]["needs"] == "build"
    assert [step["run"] for step in jobs["build"]["steps"] if "run" in step] == [
        "./inv build --settings publishconf.py",
        "./inv check --settings publishconf.py",
        "./inv check --html --settings publishconf.py",
    ]
    assert [step["name"] for step in jobs["build"]["steps"] if "continue-on-error" in step] == ["Check the HTML"]
    assert {where for where, step in STEPS if step.get("run") == "./inv test"} == {"test.test"}


def test_the_tests_run_when_the_code_changes() -> None:
    """A change of the code, the theme, a test or a lock is tested; an owner's texts and settings start no tests."""
    asked = WORKFLOWS["test"][True]  # YAML 1.1 reads the key `on` as true
    assert asked["push"] == asked["pull_request"]

    def is_tested(name: str) -> bool:
        return any(fnmatch(name, pattern) for pattern in asked["push"]["paths"])

    code = (
        "plugins/core/config/settings_file.py",
        "theme/templates/base.html",
        "theme/locale/es/LC_MESSAGES/messages.po",
        "inv",
    )
    made = ("tests/copies.py", "tasks.py", "pyproject.toml", "requirements.txt", "requirements-dev.txt")
    flow = (".github/workflows/publish.yml", ".ci/run")
    assert [name for name in (*code, *made, *flow) if not is_tested(name)] == []
    owners = ("content/posts/day-one.md", "content/archive/updates/2026-01.jsonl", "pelicanconf.py", "publishconf.py")
    assert [name for name in owners if is_tested(name)] == []


@pytest.mark.parametrize(("workflow", "job", "body"), JOBS, ids=[f"{name}.{job}" for name, job, _ in JOBS])
def test_a_job_may_do_little_and_not_for_long(workflow: str, job: str, body: Mapping[str, Any]) -> None:
    """A workflow may do nothing; each job says what it may, none may do all, and every machine has a time limit."""
    assert WORKFLOWS[workflow]["permissions"] == {}
    assert WORKFLOWS[workflow]["concurrency"]["cancel-in-progress"] is False
    allowed = {kind for kind, how in body["permissions"].items() if how == "write"}
    assert allowed <= {
        "publish.deploy": {"pages", "id-token"},
        "collect.publish": {"pages", "id-token"},
        "collect.collect": {"contents"},
    }.get(f"{workflow}.{job}", set())
    assert "uses" in body or body["timeout-minutes"] <= 60


@pytest.mark.parametrize(("where", "step"), STEPS, ids=[f"{where}-{number}" for number, (where, _) in enumerate(STEPS)])
def test_a_step_is_a_verb_or_a_pinned_action(where: str, step: Mapping[str, Any]) -> None:
    """A step runs one verb of ./inv, with nothing written into its script, or an action pinned by its commit.

    No checkout leaves a key behind; only the step that saves is handed one.
    """
    if "run" in step:
        assert re.fullmatch(r"\./inv [a-z]+( --[a-z]+( [a-z.]+)?)*", step["run"])
        assert ("GITHUB_TOKEN" in step.get("env", {})) == (step["run"] == "./inv save")
        return
    action, _, version = step["uses"].partition("@")
    assert re.fullmatch(r"[0-9a-f]{40}", version)
    assert action.startswith("actions/")
    if action == "actions/checkout":
        assert step["with"]["persist-credentials"] is False


def test_every_pin_names_its_release() -> None:
    """Behind each commit stands the release it is, and one action has one commit throughout."""
    lines = "".join(path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")).splitlines()
    pins = [line.split("uses: ")[1] for line in lines if "uses: actions/" in line]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", pin) for pin in pins)
    assert len({pin.partition("@")[0] for pin in pins}) == len(set(pins))


def test_collecting_is_off_the_hour() -> None:
    """Schedules are off the hour and its half, when runs are late or dropped."""
    # YAML 1.1 reads the key `on` as true.
    crons = [one["cron"] for one in WORKFLOWS["collect"][True]["schedule"]]
    assert {int(cron.split()[0]) for cron in crons}.isdisjoint({0, 30})
    assert WEEK.count(crons[1]) == 1
