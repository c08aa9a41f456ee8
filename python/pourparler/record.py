"""The record's vocabulary as objects: the exchange form, with types.

Spans are pairs ``(start, end)`` of places in the article's text, end exclusive, as Python counts them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Optional

Span = tuple[int, int]


@dataclass(frozen=True)
class Speaker:
    """Who speaks, as far as the article tells."""

    name: Optional[str]
    """The fullest name that the article gives; ``None`` where it names nobody."""
    kind: str
    """``person``, ``organisation``, ``country``, ``group`` or ``unnamed``."""
    role: Optional[str] = None
    """Office or description, without the country."""
    party: Optional[str] = None
    """The side, country or body for which the speaker speaks."""


@dataclass(frozen=True)
class DateRange:
    """The day or days on which something was said; ``end`` is inclusive."""

    start: date
    end: date
    text: Optional[str] = None
    """The words that gave it."""
    method: Optional[str] = None
    """How it was found: ``named``, ``relative``, ``counted``, ``carried`` or ``own day``."""
    anchor: Optional[date] = None
    """The day from which it was counted."""


@dataclass(frozen=True)
class Position:
    """A stance on one issue: ``supports``, ``opposes``, ``conditional``, ``open`` or ``unclear``."""

    issue: str
    stance: str
    option: Optional[str] = None
    by: Optional[str] = None


@dataclass(frozen=True)
class Statement:
    """One statement of one article."""

    id: str
    speaker: Speaker
    content: str
    """What is said: the words under ``content_spans``, joined by `` … `` where they are interrupted."""
    quotation: str
    """``direct``, ``indirect`` or ``mixed``."""
    act: str
    """``assert``, ``assess``, ``propose``, ``demand``, ``accept``, ``reject``, ``commit``, ``warn``, ``accuse`` or ``deny``."""
    via: list[str]
    """Who carried the words to this article, nearest to the speaker first."""
    said_on: Optional[DateRange]
    positions: list[Position]
    confidence: Optional[float]
    """How sure the extraction is; ``None`` where a person decided."""
    source_spans: list[Span]
    cue_spans: list[Span]
    content_spans: list[Span]
    condition_spans: list[Span] = field(default_factory=list)
    reason_spans: list[Span] = field(default_factory=list)
    hedge_spans: list[Span] = field(default_factory=list)
    firmness: Optional[str] = None
    addressee: Optional[str] = None
    due: Optional[DateRange] = None
    relayed_by: Optional[str] = None
    """Id of the statement inside whose content this one is reported."""


@dataclass(frozen=True)
class Round:
    """One sentence's news of a round of talks."""

    sentence: Span
    state: str
    """``planned``, ``held``, ``under way`` or ``failed``."""
    number: Optional[int] = None
    when: Optional[DateRange] = None
    place: Optional[str] = None
    remote: bool = False
    parties: list[str] = field(default_factory=list)
    level: Optional[str] = None
    mediator: Optional[str] = None


@dataclass(frozen=True)
class Article:
    """An article with its statements, in the order of its text."""

    id: str
    text: str = field(repr=False)
    title: Optional[str] = None
    outlet: Optional[str] = None
    byline: Optional[str] = None
    published: Optional[date] = None
    url: Optional[str] = None
    language: Optional[str] = None
    statements: list[Statement] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What was wrong with the input, in words."""


@dataclass(frozen=True)
class Entry:
    """A statement of a ledger, with the particulars of its article."""

    article: str
    title: Optional[str]
    outlet: Optional[str]
    published: Optional[date]
    url: Optional[str]
    sentence: str
    """The sentence or sentences in which it stands."""
    statement: Statement


def _day(value: Optional[str]) -> Optional[date]:
    return None if value is None else date.fromisoformat(value)


def _range(value: Optional[dict[str, Any]]) -> Optional[DateRange]:
    if value is None:
        return None
    return DateRange(
        date.fromisoformat(value["from"]),
        date.fromisoformat(value["to"]),
        value.get("text"),
        value.get("method"),
        _day(value.get("anchor")),
    )


def _spans(value: Optional[list[list[int]]]) -> list[Span]:
    return [(start, end) for start, end in value or []]


def statement_of(value: dict[str, Any], content: str) -> Statement:
    """A statement of the exchange form."""
    return Statement(
        id=value["id"],
        speaker=Speaker(**value["speaker"]),
        content=content,
        quotation=value["quotation"],
        act=value["act"],
        via=value["via"],
        said_on=_range(value["said_on"]),
        positions=[Position(p["issue"], p["stance"], p.get("option"), p.get("by")) for p in value["positions"]],
        confidence=value.get("confidence"),
        source_spans=_spans(value["source"]),
        cue_spans=_spans(value["cue"]),
        content_spans=_spans(value["content"]),
        condition_spans=_spans(value.get("conditions")),
        reason_spans=_spans(value.get("reasons")),
        hedge_spans=_spans(value.get("hedges")),
        firmness=value.get("firmness"),
        addressee=value.get("addressee"),
        due=_range(value.get("due")),
        relayed_by=value.get("relayed_by"),
    )


def article_of(value: dict[str, Any], problems: list[str]) -> Article:
    """An article of the exchange form."""
    head = dict(value["article"])
    head["published"] = _day(head.get("published"))
    text = head["text"]

    def content(spans: list[list[int]]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    rounds = [{**r, "sentence": tuple(r["sentence"]), "when": _range(r.get("when"))} for r in value.get("rounds", [])]
    return Article(
        **head,
        statements=[statement_of(s, content(s["content"])) for s in value["statements"]],
        rounds=[Round(**r) for r in rounds],
        problems=problems,
    )


def entry_of(value: dict[str, Any]) -> Entry:
    """A line of a ledger."""
    return Entry(
        article=value["article"],
        title=value["title"],
        outlet=value["outlet"],
        published=_day(value["published"]),
        url=value["url"],
        sentence=value["sentence"],
        statement=statement_of(value["statement"], value["content"]),
    )
