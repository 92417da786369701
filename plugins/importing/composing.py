"""All texts of an export written together: links between them lead to those that will be published in the end. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from plugins.core.text import aliases
from plugins.importing import pipeline
from plugins.importing.models import Export, Loss
from plugins.importing.pipeline import Settled, Written
from plugins.importing.rewriting import addresses
from plugins.importing.rewriting.addresses import Moved
from plugins.importing.scribing import matter

NO_ADDRESS = "old address that cannot lead here"


@dataclass(frozen=True, slots=True)
class Site:
    """What the new site has already, and how it speaks.

    `imported` is key → (path below content, whether readers see it); `answers` is a file of the output → what answers
    there; `now` is aware and in the site's zone.
    """

    imported: Mapping[str, tuple[str, bool]]
    answers: Mapping[str, str]
    now: datetime
    settings: Mapping[str, Any]


def compose(export: Export, texts: Iterable[Settled], site: Site) -> tuple[dict[str, Written], dict[str, str]]:
    """Return each text's file by its key, and why some cannot be written; no link leads to one of those."""
    failed: dict[str, str] = {}
    while True:
        left = [one for one in texts if one.shaped.piece.key not in failed]
        made, faults = _composed(left, _moved(export, left, site), site)
        if not faults:
            return made, failed
        failed |= faults


def _composed(texts: list[Settled], moved: Moved, site: Site) -> tuple[dict[str, Written], dict[str, str]]:
    made: dict[str, Written] = {}
    faults: dict[str, str] = {}
    answers = {**site.answers, **{f"{name}/index.html": "a page of the site" for name in pipeline.RESERVED}}
    answers |= {aliases.file_of(one.shaped.address): one.shaped.path for one in texts}
    for one in texts:
        piece = one.shaped.piece
        good, bad = addresses.answered(piece.old, one.shaped.address, answers)
        answers |= {aliases.file_of(alias): one.shaped.path for alias in good}
        when = (piece.published or site.now).astimezone(site.now.tzinfo)
        try:
            written = pipeline.written(
                one, matter.Head(when, one.draft, good, one.picture, one.left), moved, site.settings
            )
        except Exception as error:  # one text's fault is not the others'
            faults[piece.key] = str(error) or type(error).__name__
            continue
        lost = [Loss(NO_ADDRESS, address) for address in bad] if not good and not one.draft else []
        made[piece.key] = replace(written, losses=(*lost, *written.losses))
    return made, faults


def _moved(export: Export, texts: list[Settled], site: Site) -> Moved:
    """Return where the old texts are now."""
    found: dict[str, str] = {}
    waiting: set[str] = set()
    now = {one.shaped.piece.key: (one.shaped.path, not one.draft) for one in texts}
    for piece in export.pieces:
        path, public = now.get(piece.key) or site.imported.get(piece.key) or ("", False)
        for key in addresses.keys((*piece.old, *piece.also), export.site) if path else ():
            if public:
                found.setdefault(key, path)
            else:
                waiting.add(key)
    return Moved(export.site, found, frozenset(waiting - found.keys()))
