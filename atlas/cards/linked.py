"""Names of records in cards: each a link to the page of its record, where the card stands beside such pages."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

from atlas.model.addresses import KINDS
from atlas.model.atlas import Atlas
from atlas.words import naming, values
from atlas.words.translator import Translator

To = Callable[[str, str], str]  # kind and id of a record -> the address of its page


@dataclass(frozen=True)
class Linked:
    """Names the records of an atlas in one language as safe HTML; as links unless ``to`` is None, as on paper."""

    atlas: Atlas
    translate: Translator
    to: To | None = None

    def link(self, table: str, identifier: str, text: str) -> Markup:
        """A text as the link to the page of a record."""
        if self.to is None:
            return escape(text)
        return Markup("<a href='{}'>{}</a>").format(self.to(KINDS[table], identifier), text)

    def join(self, names: Iterable[Markup]) -> Markup:
        """Names in one line."""
        return Markup(self.translate.join(names))  # what stands between items in a language is no markup

    def record(self, table: str, identifier: str | None) -> Markup:
        """What a reader calls a record; empty without an id."""
        if not identifier:
            return Markup("")
        return self.link(table, identifier, naming.record_name(self.atlas, table, identifier, self.translate))

    def records(self, table: str, ids: Iterable[str]) -> list[Markup]:
        """The names of records of a table: of meetings and papers with their dates, of figures with their values."""
        return [self._told(table, row) for row in self.atlas.records(table, ids)]

    def _told(self, table: str, row: dict) -> Markup:
        name, pattern = self.record(table, row["id"]), self.translate("{name}: {value}", name="{}", value="{}")
        match table:
            case "figures":
                return Markup(pattern).format(name, values.amount(row, self.translate))
            case "events":
                return Markup(pattern).format(values.event_date(row, self.translate), name)
            case "agreements":
                return Markup(pattern).format(self.translate.date(row["signed_on"]), name)
        return name

    def publishers(self, ids: Iterable[str]) -> Markup:
        """The publishers of sources in one line, each once and the link to its first source."""
        rows = self.atlas.records("sources", ids)
        first = {values.publisher(row, self.translate): row["id"] for row in reversed(rows)}
        return self.join(self.link("sources", first[name], name) for name in reversed(first))

    def place(self, place: str) -> Markup:
        """The name of a place alone."""
        return self.link("places", place, self.atlas.places.name(place, self.translate.language))

    def whole(self, place: str | None) -> Markup:
        """The name of a place with those of the units above it; empty without a place."""
        return self.record("places", place)

    def places(self, places: Iterable[str]) -> Markup:
        """The names of places in one line."""
        return self.join(map(self.place, places))
