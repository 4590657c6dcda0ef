"""What became of a unit that ended, and of which units another was made, as safe HTML."""

from markupsafe import Markup

from atlas.cards.linked import Linked


def became(linked: Linked, place: str) -> Markup:
    """What became of a unit that has ended, or that it had not begun."""
    translate, places = linked.translate, linked.atlas.places
    until = places[place]["valid_until"]
    if not until:
        return Markup.escape(translate("not yet a unit on this day"))
    day = translate.date(until)
    match places.successors(place):
        case []:
            ended = Markup.escape(translate("until {day}, no successor unit at this level", day=day))
            if not (units := places.area_today(place)):
                return ended
            area = Markup(translate("its area today: {units}", units="{}")).format(linked.places(units))
            return Markup(translate.join_long([ended, area]))
        case [unit]:
            whole = linked.whole(unit)
            return Markup(translate("until {day}, now part of {successors}", day=day, successors="{}")).format(whole)
        case units:
            parts = linked.join(_part(linked, place, unit) for unit in units)
            return Markup(translate("until {day}, divided among {parts}", day=day, parts="{}")).format(parts)


def _part(linked: Linked, place: str, successor: str) -> Markup:
    name, share = linked.whole(successor), linked.atlas.places.share(place, successor)
    if share is None:
        return Markup(linked.translate("{unit} (share not known)", unit="{}")).format(name)
    return Markup(linked.translate("{unit} ({percent} %)", unit="{}", percent=round(100 * share))).format(name)
