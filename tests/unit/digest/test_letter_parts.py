"""What a letter is put together from: inert words, styles in elements, checked settings."""

from plugins.digest import email_settings
from plugins.digest.inline_css import styled
from plugins.digest.placeholders import inert
from plugins.digest.settings import DigestSettings


def test_no_headline_is_a_mark_of_a_mailing_tool() -> None:
    """What would be filled in for each reader stays words; the mark in an address, which is ours, stays a mark."""
    for mark in (
        "{{ name }}",
        "{% if %}",
        "*|FNAME|*",
        "%%first%%",
        "[[ name ]]",
        "${name}",
        "#{name}",
        "%{name}",
        "{{{",
    ):
        made = inert(f'<a href="{{{{ Unsubscribe }}}}" title="x">{mark}</a>')
        assert made.startswith('<a href="{{ Unsubscribe }}" title="x">')
        assert mark not in made
        assert made.replace("\u2060", "").endswith(f">{mark}</a>")
    assert inert("<p>100 % of [a] {b} *c* #1 $2</p>") == "<p>100 % of [a] {b} *c* #1 $2</p>"


def test_styles_stand_in_the_elements() -> None:
    """No style element and no class is left, and a style sheet from elsewhere is neither loaded nor named."""
    html = '<html><head><link rel="stylesheet" href="https://x.example/a.css"><style>.a { margin: 0 } </style></head>'
    made = styled(f'{html}<body><p class="a">class="a"</p></body></html>')
    assert '<p style="margin: 0;">class="a"</p>' in made
    assert "<style" not in made
    assert "<link" not in made


def wrong(*, siteurl: str = "https://example.org/repo", from_: str = "", unsubscribe: str = "") -> list[str]:
    """Return which settings are told to be wrong."""
    _, problems = email_settings.read("A site", siteurl, DigestSettings(from_=from_, unsubscribe=unsubscribe))
    return [problem.what.split()[0] for problem in problems]


def test_settings_that_no_e_mail_can_have_are_told() -> None:
    """An address is one, links lead to where readers are, and the way to leave is an address or a tool's mark."""
    assert wrong() == []
    assert wrong(from_="desk@example.org", unsubscribe="https://list.example/leave?id=1") == []
    for mark in ("mailto:leave@example.org", "{{ UnsubscribeURL }}", "*|UNSUB|*", "%unsubscribe_url%", "[unsubscribe]"):
        assert wrong(unsubscribe=mark) == []
    for address in ("desk", "desk@", "a@b, c@d", "A <a@b.example>", "a@b.example\r\nBcc: x@y", "é@example.org"):
        assert wrong(from_=address) == ["DIGEST_FROM"], address
    for mark in (
        "javascript:x()",
        'a" onclick="x',
        "<a>",
        "https://é.example/",
        "{{ a }}\r\nBcc: x@y",
        "data:text/html,x",
    ):
        assert wrong(unsubscribe=mark) == ["DIGEST_UNSUBSCRIBE"], mark
    for url in ("http://localhost:8000", "http://127.0.0.1", "http://[::1]/", "", "example.org"):
        assert wrong(siteurl=url) == ["SITEURL"], url
