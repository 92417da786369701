"""Parts that are joined say what Pagefind says of all pages, to the letter."""

import gzip
import json
import subprocess
from pathlib import Path
from random import Random
from typing import Any

import cbor2
import pytest

from plugins.incremental.signals import BuiltFiles
from plugins.search import index, pagefind
from plugins.search.model import FOLDER

_KINDS = {"posts": "kind:post, day:1 May", "updates": "kind:story, lang:es, url:x", "pages": "kind:page"}
_WORDS = [
    "strike",
    "strikes",
    "café",
    "cafe",
    "Übernahme",
    "quorum",
    "picket’s",
    "naïve",
    "naive",
    "actor",
    "the",
    "of",
]


def _all(folder: Path) -> BuiltFiles:
    """Return a build in which all is new."""
    return BuiltFiles(folder, folder, {})


def _site(folder: Path, pages: int) -> Path:
    chance = Random(23)  # noqa: S311 - the same site each time
    vocabulary = [*_WORDS, *(f"word{number:x}" for number in range(2000))]
    for number in range(pages):
        kind = chance.choice(list(_KINDS))
        text = " ".join(chance.choices(vocabulary, k=chance.randint(0, 300)))
        path = folder / kind / f"{number}" / "index.html"
        path.parent.mkdir(parents=True)
        path.write_text(
            f'<!DOCTYPE html><html><body><main data-pagefind-body data-pagefind-filter="{kind}:yes"'
            f' data-pagefind-meta="{_KINDS[kind]}"><h1>{" ".join(chance.choices(vocabulary, k=4))}</h1>'
            f'<p>{text}</p><h2 id="end">{chance.choice(vocabulary)}</h2><p>End.</p></main></body></html>',
            "utf-8",
        )
    return folder


def _read(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")


def _said(folder: Path) -> dict[str, Any]:
    """Return what an index says, by pages' addresses and fields' names instead of their numbers."""
    entry = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))["languages"]["en"]
    version, pages, chunks, filters, sorts, fields = cbor2.loads(_read(folder / f"pagefind.{entry['hash']}.pf_meta"))
    told = [json.loads(_read(folder / f"fragment/{name}.pf_fragment")) for name, _ in pages]
    urls = [one["url"] for one in told]

    def by_url(there: list[Any]) -> dict[str, Any]:
        found, number = {}, 0
        for difference, places, in_fields in there:
            number += difference
            found[urls[number]] = places, [fields[-1 - one] if one < 0 else one for one in in_fields]
        return found

    words = {}
    for *_, name in chunks:
        for word, there, variants in cbor2.loads(_read(folder / f"index/{name}.pf_index"))[0]:
            words[word] = by_url(there), {form: by_url(on_pages) for form, on_pages in variants}
    values = {name: cbor2.loads(_read(folder / f"filter/{file}.pf_filter")) for name, file in filters}
    return {
        "pages": {one["url"]: (one, words) for one, (_, words) in zip(told, pages, strict=True)},
        "words": words,
        "chunks": [edges for *edges, _ in chunks],
        "filters": {
            name: {value: sorted(urls[page] for page in on_pages) for value, on_pages in found}
            for name, (_, found) in values.items()
        },
        "rest": (version, sorts, fields, entry["page_count"]),
    }


@pytest.mark.parametrize("pages", [1, 200])
def test_joined_parts_say_what_pagefind_says(tmp_path: Path, pages: int) -> None:
    """Each word, accent, weight, field, filter and page is in the index as in one that Pagefind makes of all pages.

    So are the words with which each of its files begins and ends: a search looks for longer words in one file only.
    """
    finder = pagefind.program()
    assert finder is not None
    site, made = _site(tmp_path / "site", pages), tmp_path / "made"
    subprocess.run([finder, "--site", site, "--output-path", made, "--force-language", "en", "--silent"], check=True)
    assert index.write(finder, _all(site), "en", tmp_path / "cache")
    if pages > 1:
        assert len(list((tmp_path / "cache").glob("*.part"))) > 2
    assert _said(site / FOLDER) == _said(made)
