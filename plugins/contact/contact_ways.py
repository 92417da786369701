"""The ways in which the newsroom can be reached, from the settings CONTACT and REPOSITORY."""

import re
from dataclasses import replace

from plugins.contact.model import ContactView
from plugins.core.text.urls import host, is_web

URL = "contact/"
# What is safe behind "mailto:" as it is, and is an address wherever mail is delivered (RFC 5321's dot-atoms).
_MAIL = re.compile(r"[A-Za-z0-9.!#$'*+/=^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def contact(address: str, repository: str, *, has_form: bool) -> ContactView | None:
    """Return the ways that CONTACT and REPOSITORY name; none where both are empty.

    `has_form` says whether the repository has the forms this project comes with: on GitHub alone they are asked for by
    name, and elsewhere readers are sent to the repository itself.
    """
    address, repository = address.strip().removeprefix("mailto:"), repository.strip().rstrip("/")
    if not (address or repository):
        return None
    if _MAIL.fullmatch(address):
        view = ContactView(URL, mail=address)
    elif is_web(address):
        view = ContactView(URL, link=address)
    else:
        view = ContactView(URL, text=address)
    if not repository or host(repository) != "github.com":
        return replace(view, issues=repository)
    view = replace(view, issues=f"{repository}/issues")
    if not has_form:
        return view
    forms = {name: f"{view.issues}/new?template={name}.yml" for name in ("correction", "update", "fund")}
    return replace(view, **forms)
