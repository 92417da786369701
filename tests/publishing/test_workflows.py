"""The workflows, read as GitHub reads them: what they may do, and their steps played against a local remote."""

import copy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.core.errors import SiteError
from plugins.publishing import handed_over
from tests import processes
from tests.copies import ROOT, project
from tests.publishing.conftest import Clone, Origin

WORKFLOWS = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / ".github/workflows").glob("*.yml")}
JOBS = [(name, job, body) for name, flow in WORKFLOWS.items() for job, body in flow["jobs"].items()]
STEPS = [(f"{name}.{job}", step) for name, job, body in JOBS for step in body.get("steps", ())]
REPO = "https://you.github.io/repo"
MONTHS = "content/archive/updates/"
WEEK = "!cancelled() && (github.event.schedule == '43 5 * * 1' || inputs.verify)"
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
    """A run of jobs in checkouts: each one's steps in order, each under its condition, until one fails.

    `artefacts` are what its jobs hand to each other, folders by their names; `before` names steps before which
    something else happens; `cache` is the folder in which runs keep what they cache.
    """

    clone: Clone
    event: str = "schedule"
    true: frozenset[str] = frozenset({"!cancelled()"})
    before: Mapping[str, Callable[[], None]] = field(default_factory=dict)
    failed: bool = False
    said: dict[str, str] = field(default_factory=dict)
    artefacts: dict[str, Path] = field(default_factory=dict)
    cache: Path | None = None
    number: int = 1

    def play(self, workflow: str, job: str) -> "Run":
        """Play a job's steps."""
        for step in WORKFLOWS[workflow]["jobs"][job]["steps"]:
            name = step.get("name", "")
            if not self._wanted(step.get("if", "")):
                continue
            if "run" not in step:
                self._hand(step)
                continue
            if name == "Install":  # this machine's packages are used
                continue
            self.before.get(name, lambda: None)()
            self.said[name] = self._step(step)
        for step in WORKFLOWS[workflow]["jobs"][job]["steps"]:
            if self.cache and step.get("uses", "").startswith("actions/cache@"):
                _copy(self.clone.folder, self.cache, step["with"]["path"].split())
        return self

    def _wanted(self, condition: str) -> bool:
        inner = condition.removeprefix("${{").removesuffix("}}").strip()
        if not inner:
            return not self.failed
        if inner == "steps.venv.outputs.cache-hit != 'true'":  # as it is where a cache was found
            return False
        assert inner in {"!cancelled()", WEEK}, f"a condition this test does not know: {inner}"
        return inner in self.true

    def _hand(self, step: Mapping[str, Any]) -> None:
        """Keep a folder as an artefact, or lay one down where a step wants it."""
        action, given = step["uses"].partition("@")[0], step.get("with", {})
        folder = self.clone.folder / given.get("path", "")
        if action == "actions/upload-artifact" and folder.exists():
            kept = self.clone.folder.parent / f"{self.clone.folder.name}.{given['name']}"
            shutil.rmtree(kept, ignore_errors=True)
            shutil.copytree(folder, kept, symlinks=True)
            self.artefacts[given["name"]] = kept
        elif action == "actions/download-artifact" and given["pattern"] in self.artefacts:
            shutil.copytree(self.artefacts[given["pattern"]], folder, symlinks=True, dirs_exist_ok=True)
        elif action == "actions/cache" and self.cache:
            _copy(self.cache, self.clone.folder, given["path"].split())

    def _step(self, step: Mapping[str, Any]) -> str:
        own = {name: VALUES[value[3:-2].strip()] for name, value in step.get("env", {}).items()}
        environment = {**os.environ, **self._github(), **own}
        if re.fullmatch(r"\./inv[\w ./-]*\n?", step["run"]):  # which a shell would not change
            command = ["-m", "plugins.commands", *step["run"].split()[1:]]
            done = processes.run(command, cwd=self.clone.folder, env=environment)
        else:
            script = re.sub(r"^\./inv\b", f"{sys.executable} -m plugins.commands", step["run"])
            done = subprocess.run(
                ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
                cwd=self.clone.folder,
                env=environment,
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
            "GITHUB_RUN_ID": str(self.number),
            "RUNNER_TRACKING_ID": f"github_{self.number}",
            "GITHUB_REF": "refs/heads/main",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_STEP_SUMMARY": str(folder / f"{self.clone.folder.name}.summary"),
            "GITHUB_OUTPUT": str(folder / f"{self.clone.folder.name}.output"),
            "GIT_CONFIG_GLOBAL": os.devnull,
        }


def _copy(source: Path, target: Path, names: Iterable[str]) -> None:
    for name in names:
        if (source / name).is_dir():
            shutil.rmtree(target / name, ignore_errors=True)
            shutil.copytree(source / name, target / name, symlinks=True)
        elif (source / name).is_file():
            target.mkdir(exist_ok=True)
            shutil.copy(source / name, target / name)


def collect(site: Origin, name: str, files: Mapping[str, str] = {}, **given: Any) -> Run:
    """Play a run that collects: fetched in one clone, saved in another of the commit that was fetched from.

    `files` are what is fetched from, where it is other than what was pushed.
    """
    run = Run(site.clone(name, "--depth=1"), **given)
    run.clone.write(dict(files))
    run.play("collect", "fetch")
    fetched, commit = run.failed, run.clone.git("rev-parse", "HEAD")
    run.clone = site.clone(f"{name}-saves", "--depth=1", "--no-checkout")
    run.clone.git("fetch", "--quiet", "--depth=1", "origin", commit)
    run.clone.git("checkout", "--quiet", "--detach", commit)
    run.clone.git("update-ref", "-d", "refs/remotes/origin/main")
    run.failed = False
    run.play("collect", "save")
    run.failed = run.failed or fetched
    return run


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

    def meanwhile() -> None:
        writer(site).push({"content/posts/day-two.md": CONTENT["posts/day-one.md"].replace("one", "two")}, "A post")
        assert not collect(site, "beside", {"content/updates/wire.xml": feed("Talks-resume")}).failed

    run = collect(site, "runner", before={"Save the archive": meanwhile})

    assert not run.failed, run.said
    assert "::warning file=content/updates/sources.toml,title=lost::" in run.said["Fetch"]
    assert "lost" in (run.clone.folder.parent / "runner.summary").read_text("utf-8")
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
    again = collect(site, "again")
    assert not again.failed, again.said
    assert not collect(site, "last").failed
    assert site.read(f"{MONTHS}checksums.txt").count("\n") == 0


def test_a_run_that_publishes_renders_what_is_new_since_the_last_one(site: Origin) -> None:
    """Each begins with a checkout of its own, on another machine, with what the last one kept.

    The one file that is new each time says when the site was deployed.
    """
    kept = site.folder.parent / "cached"
    said = []
    for number in (1, 2, 3):
        if number == 3:
            writer(site).push(
                {"content/pages/about.md": "---\ntitle: About\n---\n\nWe strike at the gate.\n"}, "A page"
            )
        run = Run(site.clone("publisher", "--depth=1"), cache=kept, number=number).play("publish", "build")
        assert not run.failed, run.said
        said.append(run.said["Build"])
        page = (run.clone.folder / "output/about/index.html").read_text("utf-8")
        shutil.rmtree(run.clone.folder)

    assert not re.search(r"^[01] of \d+ pages rendered", said[0], re.MULTILINE), said[0]
    assert re.search(r"^0 of \d+ pages rendered, 1 files written", said[1], re.MULTILINE), said[1]
    assert re.search(r"^1 of \d+ pages rendered", said[2], re.MULTILINE), said[2]
    assert "We strike at the gate." in page.replace("&nbsp;", " ")


def test_the_weekly_verification_is_part_of_a_run(site: Origin) -> None:
    """Once a week funds and links are verified before the archive is saved, which an alarm does not prevent."""
    run = collect(site, "runner", true=frozenset({"!cancelled()", WEEK}))

    steps = ["Fetch", "Watch the job boards", "Verify the funds", "Verify the links", "Save the archive"]
    assert list(run.said) == steps
    assert "Saved the archive" in run.said["Save the archive"]
    assert f"{MONTHS}sources.ndjson" in site.git("ls-tree", "-r", "--name-only", "main")


def test_a_broken_archive_is_an_alarm(site: Origin) -> None:
    """An archive that has lost updates fails the run, with an error at its file; nothing is committed or published."""
    first = collect(site, "runner")
    assert not first.failed, first.said
    editor = site.clone("editor")
    (month,) = (editor.folder / MONTHS).glob("*.jsonl")
    month.write_text("", "utf-8")
    editor.push({}, "Lose a month")

    run = collect(site, "second")

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
        "./inv",
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


MAY_WRITE = {
    "publish.deploy": {"pages", "id-token"},
    "collect.publish": {"pages", "id-token"},
    "collect.save": {"contents"},
    "collect.save-announced": {"contents"},
}
"""What jobs may write, and no other may write anything."""
DEVELOPERS = ("bench", "golden", "lint", "screenshots", "test")
"""The verbs that install requirements-dev.txt."""


def faults(flows: Mapping[str, Any]) -> list[str]:
    """Return what workflows do that they may not, each with the job or the step that does it."""
    found: list[str] = []
    for name, flow in flows.items():
        if flow["permissions"] != {} or flow["concurrency"]["cancel-in-progress"]:
            found.append(f"{name}: may do something, or is killed by another run")
        for job, body in flow["jobs"].items():
            where = f"{name}.{job}"
            found += [f"{where}: {fault}" for fault in job_faults(where, body)]
            for number, step in enumerate(body.get("steps", ())):
                found += [f"{where} {number}: {fault}" for fault in step_faults(where, step)]
    return found


def job_faults(where: str, body: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a job does that it may not: keys, caches, time."""
    steps = body.get("steps", ())
    verbs = [step["run"].removeprefix("./inv").strip().partition(" ")[0] for step in steps if "run" in step]
    uses = [step["uses"].partition("@")[0] for step in steps if "uses" in step]
    writes = {kind for kind, how in body["permissions"].items() if how == "write"}
    if not writes <= MAY_WRITE.get(where, set()):
        yield f"may write {sorted(writes)}"
    if "uses" not in body and body["timeout-minutes"] > 60:
        yield "may take longer than an hour"
    if "env" in body or "secrets" in body:
        yield "hands something to all of its steps"
    if writes and steps and not set(verbs) <= {"", "save"}:
        yield "holds a key and reads what others wrote"
    if writes and any(one.startswith("actions/cache") for one in uses):
        yield "holds a key and runs what a cache has"
    if not where.startswith("test.") and set(verbs) & set(DEVELOPERS):
        yield "installs the developers' tools"
    yield from cache_faults(where, steps)


def cache_faults(where: str, steps: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield what is wrong with a job's caches.

    `.venv` is saved when it was made, and before anything else ran; a run that collects only restores it, and keeps
    what it remembers in a job that has read nothing.
    """
    for number, step in enumerate(steps):
        action = step.get("uses", "").partition("@")[0]
        path = step.get("with", {}).get("path", "")
        before = [one["run"] for one in steps[:number] if "run" in one]
        if action not in {"actions/cache", "actions/cache/save"}:
            continue
        if path == ".venv" and (
            action == "actions/cache" or len(before) != 1 or before[0] not in {"./inv", "./inv test --help"}
        ):
            yield f"saves .venv after {before}"
        if where.startswith("collect.") and (path == ".venv" or before):
            yield f"saves {path} where others' words were read"
        if not {*path.split()} <= {".venv", ".cache", ".output.made", "output"}:
            yield f"caches {path}"


def step_faults(where: str, step: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a step does that it may not.

    It runs one verb of ./inv, with nothing written into its script, or an action pinned by its commit. No checkout
    leaves a key behind; only the step that saves is handed one.
    """
    key = {name for name, value in step.get("env", {}).items() if "token" in value.lower() or "secrets" in value}
    if "run" in step:
        if not re.fullmatch(r"\./inv( [a-z]+( --[a-z]+( [a-z.]+)?)*)?", step["run"]):
            yield "runs more than a verb"
        saves = where in {"collect.save", "collect.save-announced"} and step["run"].startswith("./inv save --from ")
        if key and not saves and (where, step["run"]) != ("collect.post", "./inv announce"):
            yield "is handed a key"
        return
    action, _, version = step["uses"].partition("@")
    if not re.fullmatch(r"[0-9a-f]{40}", version) or not action.startswith("actions/"):
        yield "is no action pinned by its commit"
    if key or "token" in step.get("with", {}):
        yield "is handed a key"
    if action == "actions/checkout" and step["with"].get("persist-credentials") is not False:
        yield "leaves a key behind"


def test_no_job_has_both_other_peoples_words_and_a_key() -> None:
    """Each job may do little and not for long; what reads feeds holds no key, and no cache of code is written there."""
    assert faults(WORKFLOWS) == []
    assert WORKFLOWS["collect"]["jobs"]["save"]["needs"] == "fetch"
    assert set(WORKFLOWS["collect"]["jobs"]["remember"]["needs"]) == {"fetch", "save"}
    assert WORKFLOWS["collect"]["jobs"]["remember"]["permissions"] == {}
    assert WORKFLOWS["collect"]["jobs"]["post"]["if"] == "${{ vars.ANNOUNCE == 'true' }}"
    assert WORKFLOWS["collect"]["jobs"]["save-announced"]["needs"] == "post"


def _step(job: str, name: str, flow: str = "collect") -> Callable[[Any], Any]:
    def find(flows: Any) -> Any:
        return next(one for one in flows[flow]["jobs"][job]["steps"] if name in {one.get("name"), one.get("id")})

    return find


_CACHE = {"uses": f"actions/cache@{'0' * 40}", "with": {"path": ".venv", "key": "venv"}}
_SAVE = {"uses": f"actions/cache/save@{'0' * 40}", "with": {"path": ".venv", "key": "venv"}}


@pytest.mark.parametrize(
    ("breaks", "said"),
    [
        (
            lambda all: all["collect"]["jobs"]["fetch"]["permissions"].update(contents="write"),
            "collect.fetch: may write",
        ),
        (lambda all: all["collect"]["jobs"]["remember"]["permissions"].update(actions="write"), "may write"),
        (lambda all: all["collect"].update(permissions={"contents": "write"}), "collect: may do something"),
        (lambda all: _step("fetch", "checkout")(all)["with"].pop("persist-credentials"), "leaves a key behind"),
        (lambda all: _step("fetch", "Fetch")(all).update(env={"A": "${{ github.token }}"}), "is handed a key"),
        (lambda all: _step("fetch", "Fetch")(all).update(env={"A": "${{ secrets.KEY }}"}), "is handed a key"),
        (lambda all: all["collect"]["jobs"]["fetch"].update(env={"A": "${{ github.token }}"}), "to all of its steps"),
        (lambda all: all["collect"]["jobs"]["save"]["steps"].append({"run": "./inv fetch"}), "reads what others wrote"),
        (lambda all: all["collect"]["jobs"]["save"]["steps"].append({"run": "./inv build"}), "reads what others wrote"),
        (lambda all: _step("save", "Save the archive")(all).update(run="./inv save"), "is handed a key"),
        (lambda all: all["collect"]["jobs"]["save"]["steps"].insert(2, _CACHE), "runs what a cache has"),
        (lambda all: all["collect"]["jobs"]["fetch"]["steps"].insert(2, _CACHE), "saves .venv"),
        (lambda all: all["collect"]["jobs"]["fetch"]["steps"].append(_SAVE), "saves .venv"),
        (lambda all: all["publish"]["jobs"]["build"]["steps"].append(_SAVE), "saves .venv after"),
        (lambda all: all["publish"]["jobs"]["announce"]["steps"].append(_CACHE), "saves .venv after"),
        (lambda all: all["publish"]["jobs"]["build"]["steps"].append({"run": "./inv test"}), "the developers' tools"),
        (lambda all: all["collect"]["jobs"]["fetch"]["steps"].append({"uses": "actions/cache@v4"}), "no action pinned"),
        (
            lambda all: all["collect"]["jobs"]["fetch"]["steps"].append({"uses": f"who/x@{'0' * 40}"}),
            "no action pinned",
        ),
        (lambda all: _step("fetch", "Fetch")(all).update(run="./inv fetch && curl evil"), "runs more than a verb"),
        (lambda all: _step("fetch", "Fetch")(all).update(run="./inv fetch ${{ github.ref }}"), "runs more than a verb"),
    ],
)
def test_a_workflow_that_breaks_a_rule_is_found(breaks: Callable[[Any], object], said: str) -> None:
    """Each rule can fail: what a hand might change one day is told."""
    changed = copy.deepcopy(WORKFLOWS)
    breaks(changed)
    assert any(said in fault for fault in faults(changed)), faults(changed)


def _link(run: Run) -> None:
    (run.artefacts["archive"] / "updates" / "2026-02.jsonl").symlink_to("/etc/passwd")


def _named(name: str, text: str = "{}\n") -> Callable[[Run], None]:
    def meddle(run: Run) -> None:
        path = run.artefacts["archive"] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    return meddle


def test_what_was_fetched_is_taken_over_as_an_archives_files_alone(site: Origin) -> None:
    """Whoever took over the machine that fetches brings no other file, no link, no hook and no script into the site."""
    kept = site.git("rev-parse", "main")
    hostile = Run(site.clone("hostile"), artefacts={"archive": site.folder.parent / "hostile.archive"})
    _named(".git/hooks/pre-push", "#!/bin/sh\ntouch hooked\n")(hostile)
    hostile.play("collect", "save")
    assert hostile.failed
    assert ".git/hooks/pre-push: is handed over and is no file of an archive" in hostile.said["Save the archive"]
    for number, (meddle, said) in enumerate(
        (
            (_link, "2026-02.jsonl: is handed over and is no plain file"),
            (_named("../../inv"), ""),
            (_named("updates/../../posts/evil.md"), ""),
            (_named("posts/evil.md"), "posts/evil.md: is handed over"),
            (_named("updates/.gitattributes"), ".gitattributes: is handed over"),
            (_named("updates/2026-13.jsonl"), "2026-13.jsonl: is handed over"),
            (_named("updates/2026-12.jsonl", "#!/bin/sh\n"), "no row of an archive"),
            (_named("updates/checksums.txt", "x\n"), "no row of an archive"),
        )
    ):
        target = site.folder.parent / f"taken-{number}" / "archive"
        target.mkdir(parents=True)
        run = Run(Clone(target.parent), artefacts={"archive": target})
        (target / "updates").mkdir()
        meddle(run)
        archive = target.parent / "content" / "archive"
        if said:
            with pytest.raises(SiteError, match=re.escape(said)):
                handed_over.take(target, archive)
        else:
            assert handed_over.take(target, archive) == 0
        assert not archive.exists()
    assert site.git("rev-parse", "main") == kept


def test_a_file_that_no_host_takes_is_not_taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes and numbers are looked at before anything is read."""
    monkeypatch.setattr(handed_over, "LARGEST", 10)
    (tmp_path / "funds.jsonl").write_text('{"fund": "a"}\n')
    with pytest.raises(SiteError, match=r"funds\.jsonl: is larger than 10 bytes"):
        handed_over.take(tmp_path, tmp_path / "archive")
    monkeypatch.setattr(handed_over, "MOST_FILES", 0)
    with pytest.raises(SiteError, match="more than 0 files"):
        handed_over.take(tmp_path, tmp_path / "archive")


def test_dependabot_looks_after_all_that_is_pinned() -> None:
    """The actions, both locks of Python's packages, and the HTML checker's."""
    updates = yaml.safe_load((ROOT / ".github/dependabot.yml").read_text("utf-8"))["updates"]
    assert {(one["package-ecosystem"], one["directory"]) for one in updates} == {
        ("github-actions", "/"),
        ("pip", "/"),
        ("npm", "/plugins/html"),
    }
    assert all(one["cooldown"]["default-days"] >= 7 for one in updates)


def test_every_pin_names_its_release() -> None:
    """Behind each commit stands the release it is, and one action has one commit throughout."""
    lines = "".join(path.read_text("utf-8") for path in (ROOT / ".github/workflows").glob("*.yml")).splitlines()
    pins = [line.split("uses: ")[1] for line in lines if "uses: actions/" in line]
    assert all(re.fullmatch(r"actions/[a-z-]+(/[a-z]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+", pin) for pin in pins)
    assert len({pin.partition("@")[0] for pin in pins}) == len(set(pins))
    assert len({pin.partition("@")[2] for pin in pins if pin.startswith("actions/cache")}) == 1


def test_collecting_is_off_the_hour() -> None:
    """Schedules are off the hour and its half, when runs are late or dropped."""
    # YAML 1.1 reads the key `on` as true.
    crons = [one["cron"] for one in WORKFLOWS["collect"][True]["schedule"]]
    assert {int(cron.split()[0]) for cron in crons}.isdisjoint({0, 30})
    assert WEEK.count(crons[1]) == 1
