"""A session: what a committee shows and hands over, as one value that drives stage, slides and papers."""

from dataclasses import dataclass, replace
from typing import Literal

from atlas.model.audience import Audience
from atlas.model.selection import Selection

Kind = Literal["education", "twinning", "committee", "own"]
KINDS: tuple[Kind, ...] = ("education", "twinning", "committee", "own")
SCENE_KINDS = (
    "cover",
    "message",
    "parts",
    "flow",
    "route",
    "map",
    "unrolled",
    "clusters",
    "pair",
    "agreements",
    "series",
    "matrix",
    "commitments",
    "reform",
    "text",
    "decisions",
)
STATES = ("proposed", "agreed", "done")  # of a decision
EVERYTHING = Selection()
MOST_TO_TALK = 12  # scenes; those after them are an annex


@dataclass(frozen=True)
class Said:
    """A text that somebody typed, by language; empty where nothing was typed."""

    vi: str = ""
    zh: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.vi or self.zh or self.en)

    def to(self, language: str) -> str:
        """The text for a reader of a language; another one where it was not typed in this."""
        return getattr(self, language) or self.vi or self.zh or self.en


@dataclass(frozen=True)
class Logo:
    """A picture of a delegation: PNG or JPEG, checked when it was taken in."""

    content: bytes
    mime: Literal["image/png", "image/jpeg"]


@dataclass(frozen=True)
class Delegation:
    """One side at the table."""

    name: Said = Said()
    logo: Logo | None = None


@dataclass(frozen=True)
class Decision:
    """What was proposed or decided: what, who does it, by when (a partial date, or empty)."""

    what: Said
    who: Said = Said()
    by: str = ""
    state: str = "proposed"


@dataclass(frozen=True)
class Scene:
    """One view of a session.

    kind: one of :data:`SCENE_KINDS`; selection: the scene's own filters, None for those of the session;
    about: what it shows of its kind, everything if empty: programmes (``message``, ``parts``, ``flow``), ids of events
    (``route``, and ``commitments`` made at them), series (``series``), subjects (``agreements``), the id of a twinning (``pair``);
    title: the presenter's words instead of the message that the records give; message: the presenter's words below it,
    the whole of a scene of kind ``text``; notes: what to say; minutes: how long.
    """

    kind: str
    selection: Selection | None = None
    about: tuple[str, ...] = ()
    title: Said = Said()
    message: Said = Said()
    notes: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class Session:
    """What one meeting shows and hands over.

    language: one of :data:`atlas.words.voice.LANGUAGES`, the host's first; audience: for whom its papers are;
    selection: what it is about, and the day for which units are shown; date: a partial date, or empty;
    vn, cn: the delegations; minutes: how long the whole may take.
    """

    kind: Kind
    language: str
    audience: Audience = "both"
    selection: Selection = EVERYTHING
    title: Said = Said()
    date: str = ""
    place: Said = Said()
    vn: Delegation = Delegation()
    cn: Delegation = Delegation()
    scenes: tuple[Scene, ...] = ()
    decisions: tuple[Decision, ...] = ()
    minutes: int | None = None

    def selected(self, scene: Scene) -> Selection:
        """What a scene is about, for the day of the session where it names none."""
        if scene.selection is None:
            return self.selection
        return scene.selection if scene.selection.asof else replace(scene.selection, asof=self.selection.asof)

    @property
    def talk(self) -> tuple[Scene, ...]:
        """The scenes that are shown to the room."""
        return self.scenes[:MOST_TO_TALK]
