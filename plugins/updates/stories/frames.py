"""What a headline says was done in a labour dispute: the action, whether it is only expected, and by whom.

Dozens of outlets tell that a strike began, and share hardly a word: "Dockers walk out", "Port grinds to a halt in
dock workers' strike". Headlines alone are therefore also compared by this frame. The words are those of reports of any
dispute, in English. In doubt there is no frame: no question, no comment, nothing that may happen or happens meanwhile.
"""

import re
from dataclasses import dataclass
from typing import Literal

Action = Literal["authorise", "begin", "deal", "ratify", "reject", "end"]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Up to four words within an action, as in "reach a tentative three-year deal"; none that begins another clause.
_ANY = r"(?:(?!(?:after|amid|as|before|despite|ending|ends?|over|since|until|while)\b)[\w$%.,'-]+ ){0,4}?"
_STRIKE = r"(?:strikes?|walkouts?|stoppages?|(?:industrial|job) action)(?![\w-])"
_STRIKE_ITSELF = rf"{_STRIKE}(?! (?:authori[sz]|ballot|deadline|fund|notice|plan|threat|votes?\b))"
_DEAL = r"(?:deal|agreement|accord|pact|settlement|contract)\b"
_LEADERS = r"(?:board|committee|council|leaders|leadership|president|executive)"
_OCCUPATIONS = _words(
    """actor autoworker baker banker barista builder carer cleaner clerk conductor cook courier dancer designer
    developer director docker dockworker doctor driver editor electrician engineer farmer firefighter guard janitor
    journalist lawyer lecturer librarian longshoreman machinist mechanic medic midwife miner musician nurse paramedic
    performer pharmacist physician pilot plumber porter professor programmer railworker reporter scientist screenwriter
    steelworker stevedore steward teacher technician trucker tutor welder writer"""
)
_SAME_OCCUPATION = {
    "dockworker": "docker",
    "longshoreman": "docker",
    "performer": "actor",
    "physician": "doctor",
    "professor": "lecturer",
    "reporter": "journalist",
    "screenwriter": "writer",
    "stevedore": "docker",
    "trucker": "driver",
}
_PLURALS = {"longshoremen": "longshoreman", "midwives": "midwife"}
# Only plurals are read: one actor, with a lawsuit settled, is no dispute of actors.
_SINGULARS = {f"{occupation}s": occupation for occupation in _OCCUPATIONS} | _PLURALS
# Read with the word before them: bus drivers are no train drivers, rail workers no hotel workers.
_OF_A_BRANCH = _words("bus ferry lorry rail taxi train tram truck tube")
_ANY_WORKERS = _words("worker workers employee employees staff crew crews union unions guild")
_NO_BRANCH = _words("and as for from in its of on striking the their thousands to unionized with")
_SUBJECT = (
    rf"(?:(?:{'|'.join(sorted(_OCCUPATIONS))}|worker|employee)s|{'|'.join(sorted(_PLURALS))}"
    r"|crews?|guild(?: of \w+)?|staff|unions?)"
)

# The first that is found in a headline counts; of those that begin at one word, the one that stands first here. That
# leaders call a strike and that it begins is one action: mostly weeks lie between, and else it is one event. To ratify
# and to reject are told apart so that a vote on a tentative deal is not taken for the deal.
_ACTIONS: tuple[tuple[Action, str], ...] = (
    (
        "begin",
        rf"\b{_LEADERS} {_ANY}(?:announces?|approves?|calls?|declares?|orders?|votes?)(?! off) {_ANY}{_STRIKE_ITSELF}",
    ),
    ("authorise", rf"\b(?:votes?|voted|voting) {_ANY}(?:to|for|in favou?r of) {_ANY}(?:{_STRIKE}|walk out\b)"),
    ("authorise", rf"\b(?:authori[sz]|approv)(?:e|es|ed) {_ANY}{_STRIKE}"),
    ("begin", r"\b(?:(?:go|goes|going|went|gone) on strike|(?:downs?|downed) tools)\b"),
    ("begin", r"\bwalk(?:s|ed|ing)? (?:out(?! of)|off(?: the)? jobs?)\b"),
    ("begin", rf"\bjoin(?:s|ed|ing)? {_ANY}(?:in|on) {_ANY}(?:{_STRIKE}|picket lines?\b)"),
    (
        "begin",
        rf"\b{_STRIKE} (?:to |will )?(?:begins?|begun|called(?! off)|declared|gets? under ?way|starts?|started)\b",
    ),
    (
        "begin",
        rf"^(?:[\w.'-]+ ){{0,4}}{_SUBJECT} (?:to |will )?(?:both )?strikes? (?:after|against|as|at|for|in|over)\b"
        r"(?!.* (?:continues|drags|enters)\b)",
    ),
    (
        "begin",
        rf"\b(?:grinds? to a {_ANY}(?:halt|standstill)|shuts? down|(?:cripple|paraly[sz]e)[sd]?)\b.*\bstrikes?\b",
    ),
    (
        "begin",
        rf"\b(?:braces? for|expected to|poised (?:for|to)|recommend(?:s|ed)?|sets? the stage for)"
        rf" {_ANY}(?:{_STRIKE}|shutdown)",
    ),
    ("begin", rf"\b{_STRIKE} (?:expected|imminent)\b"),
    (
        "deal",
        r"\b(?<!\bto )(?:agree|announce|clinch|ink|land|make|reach|seal|secur|strike|struck)(?:e?s|e?d|e|ing)?"
        rf" {_ANY}{_DEAL}",
    ),
    ("deal", rf"\b(?:preliminary|provisional|tentative) {_ANY}{_DEAL}"),
    (
        "begin",
        r"\b(?:announces?|began|begins?|calls?|declares?|launch(?:es)?|stages?|starts?|started)(?! off)"
        rf" {_ANY}{_STRIKE_ITSELF}",
    ),
    ("ratify", rf"\b(?:ratif(?:y|ies|ied)|(?:accept|approv|endors)(?:e|es|ed|s)?) {_ANY}{_DEAL}"),
    ("ratify", rf"\bvotes? {_ANY}(?:to|for|in favou?r of) {_ANY}{_DEAL}"),
    ("reject", rf"\b(?:reject(?:s|ed)?|(?:turn|vote)(?:s|d|ed)? down) {_ANY}(?:{_DEAL}|offer|proposals?\b)"),
    ("end", r"\b(?:back|returns?|returned) to work\b"),
    ("end", rf"\b(?:agrees?|agreed|votes?|voted) to (?:\w+ )?(?:end|suspend) {_ANY}{_STRIKE}"),
    ("end", rf"\b(?<!\bto )(?:call(?:s|ed) off|ends?|ended|ending|suspend(?:s|ed)?) {_ANY}{_STRIKE}"),
    (
        "end",
        rf"\b{_STRIKE} (?:(?:are|is|officially|was) over"
        r"|(?:are |is |to |was |will )?(?:finally |officially )?(?:called off|ends?|ended|suspended))\b",
    ),
)
# Each action needs one of these: to know of a headline that it tells none takes 1.2 µs, to look for all of them 25.
_MAY_TELL = re.compile(
    rf"\b(?:{_STRIKE}|{_DEAL}|walk|off the job|tools\b|picket lines?\b|shutdown|offer|proposals?\b|to work\b)"
)
_PATTERNS = tuple((action, re.compile(pattern)) for action, pattern in _ACTIONS)
# Before an action or within it: it may happen or is wished, or somebody speaks of it.
_UNSURE = re.compile(
    r"\b(?:applaud\w*|averts?|avoids?|blast(?:s|ed)?|calls? for|celebrat\w+|cheer(?:s|ing)?|condemn\w*|could"
    r"|critici\w+|fails? to|failed to|fears?|hail(?:s|ing)?|helps?|hopes?|how|if|loom(?:s|ing)?|may|might|no"
    r"|not|plans?|possible|potential|prais\w+|predicts?|prevents?|push|react\w*|said|says?|should"
    r"|slam(?:s|med)?|threat(?:en)?s?|unable|until|urg(?:e|es|ed)|wants?|welcom\w+|what|when|why|without|would"
    r"|yet to|\w+n't|will (?:now )?vote|(?:begin|start)s? voting)\b"
)
# Before an action: something else is told, and this happens meanwhile.
_MEANWHILE = re.compile(r"\b(?:after|amid|as|before|despite|during|over|since|while)\b")
_EXPECTED = re.compile(
    r"\b(?:about to|brac(?:e|es|ing)|brink|close to|expected|imminent|likely|near(?:s|ing)?|on track|poised"
    r"|prepar(?:e|es|ing)|ready|recommend(?:s|ed)?|sets? (?:for|the stage|to)|verge)\b"
)
_QUOTED = re.compile(r"[\"“]([^\"”]*)[\"”]|(?:^|(?<=\s))[‘']([^’']+(?:['’]\w[^’']*)*)[’']")
_COMMENT = 3
"""Words within quotation marks from which on a headline is somebody's opinion."""
_WORD = re.compile(r"[\w-]+")
_ACRONYM = re.compile(r"\b[A-Z]{3,}(?:-[A-Z]{3,})*\b")


@dataclass(frozen=True, slots=True)
class Frame:
    """What was done, or is `expected` only, and who did: `workers`, "" where a headline does not say, and `acronyms`.

    `actions` is one, but that a strike which ends with a deal is both.
    """

    actions: frozenset[Action]
    expected: bool
    workers: str
    acronyms: frozenset[str]

    def agrees(self, other: "Frame") -> bool:
        """Say whether two headlines tell the same action, and may tell it of the same workers, whom one names."""
        if self.expected != other.expected or self.actions.isdisjoint(other.actions):
            return False
        if self.acronyms and other.acronyms and self.acronyms.isdisjoint(other.acronyms):
            return False
        return bool(self.workers or other.workers) and not self.of_others(other)

    def of_others(self, other: "Frame") -> bool:
        """Say whether the two name different workers."""
        return bool(self.workers) and bool(other.workers) and self.workers != other.workers


def read_frame(headline: str) -> Frame | None:
    """Return what a headline tells of a labour dispute, or None."""
    text = headline.replace("’", "'").casefold()
    if not _MAY_TELL.search(text) or "?" in headline:
        return None
    for double_quoted, quoted in _QUOTED.findall(headline):
        if len((double_quoted or quoted).split()) >= _COMMENT:
            return None
    matches: list[tuple[Action, re.Match[str]]] = []
    for action, pattern in _PATTERNS:
        if found := pattern.search(text):
            matches.append((action, found))
    if not matches:
        return None
    action, found = min(matches, key=lambda match: match[1].start())
    if _UNSURE.search(text[: found.end()]) or _MEANWHILE.search(text[: found.start()]):
        return None
    actions = {action}
    if action == "end" and "deal" in dict(matches):
        actions.add("deal")
    expected = bool(_EXPECTED.search(text))
    return Frame(frozenset(actions), expected, *read_parties(headline))


def read_parties(headline: str) -> tuple[str, frozenset[str]]:
    """Return the workers whom a headline names first, "" where it names none, and all acronyms in it."""
    return _first_workers(headline), frozenset(_ACRONYM.findall(headline))


def _first_workers(headline: str) -> str:
    """Return the workers that a headline names first, by their occupation or branch; "" where it names none."""
    before = ""
    for word in _WORD.findall(headline):
        found = _workers(word.casefold(), before)
        if found:
            return found
        before = word
    return ""


def _workers(word: str, before: str) -> str:
    """Return the workers that a word (folded) names with the word before it (as written); "" for any other word."""
    branch = before.casefold()
    if word in _ANY_WORKERS:
        if before.isupper() or branch in _NO_BRANCH:
            return ""
        return branch
    singular = _SINGULARS.get(word, "")
    occupation = _SAME_OCCUPATION.get(singular, singular)
    if occupation and branch in _OF_A_BRANCH:
        return f"{branch} {occupation}"
    return occupation
