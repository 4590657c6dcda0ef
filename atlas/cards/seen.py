"""When a twinning was last seen in a source, and in which years sources show contact, as safe HTML."""

from datetime import date

from markupsafe import Markup

from atlas.cards.facts import items
from atlas.cards.linked import Linked
from atlas.model import signs
from atlas.model.signs import Sign


def seen(linked: Linked, twinning: str, day: date) -> Markup:
    """The date, a strip with a field a year, and what each of these years shows, in words and folded."""
    translate, asof = linked.translate, day.isoformat()
    head = translate("Last seen in a source")
    last, years = signs.last_seen(linked.atlas, twinning, asof), signs.by_year(linked.atlas, twinning, asof)
    if not last:
        said = translate("No source found that gives the date of a contact.")
        return Markup("<h4>{}</h4><p>{}</p>").format(head, said)
    pattern = translate("{name}: {value}", name="{}", value="{}")
    told = [
        Markup(pattern).format(year, linked.join(dict.fromkeys(_told(linked, sign) for sign in found)))
        for year, found in years.items()
    ]
    said = translate.plural("Contact in {n} year", "Contact in {n} years", len(years))
    folded = Markup("<details class=seen><summary>{}</summary>{}</details>").format(said, items("ul", told))
    return Markup("<h4>{}</h4><p>{}</p>{}{}").format(head, translate.date(last), _strip(years, day.year), folded)


def _strip(years: dict[int, list[Sign]], last: int) -> Markup:
    """A field for each year from the first one that shows contact; the words beside it say the same."""
    first = min(years)
    fields = Markup("").join(
        Markup("<i{} title={}></i>").format(Markup(" class=on") if year in years else "", year)
        for year in range(first, last + 1)
    )
    return Markup("<div class=seen-years aria-hidden=true>{} {} {}</div>").format(first, fields, last)


def _told(linked: Linked, sign: Sign) -> Markup:
    """What a contact was: a meeting, paper or figure by its name, which leads to it."""
    translate = linked.translate
    match sign.what:
        case "renewed":
            return Markup.escape(translate("renewed"))
        case "confirmed":
            return Markup.escape(translate("a source shows it alive"))
        case "reported":
            return Markup("{} ({})").format(linked.record(sign.table, sign.id), translate("reported by a source"))
        case "signed" if sign.table == "twinnings":
            return Markup.escape(translate("signature"))
    return linked.record(sign.table, sign.id)
