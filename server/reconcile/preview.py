"""A small page on a place, which other programs show in a frame of theirs."""

from markupsafe import Markup

from atlas.model import addresses, standing
from atlas.model.atlas import Atlas
from atlas.records.dates import today
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator
from server.reconcile import properties

WIDTH, HEIGHT = 430, 300  # pixels
PAGE = Markup(
    "<!DOCTYPE html><html lang={lang}><meta charset=utf-8><title>{title}</title><style>{style}</style>{body}</html>"
)
STYLE = Markup(
    "body{margin:12px;color:#0b1319;font:14px/20px 'Segoe UI','Noto Sans','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',"
    "sans-serif}h1{margin:0;font-size:16px;line-height:24px}p{margin:0;color:#51606b}dl{display:grid;"
    "grid-template-columns:max-content 1fr;gap:2px 12px;margin:8px 0}dt{color:#51606b}dd{margin:0;overflow-wrap:anywhere}"
    "a{color:#0b5c8a}"
)


def html(atlas: Atlas, place: str, root: str, translate: Translator) -> str:
    """The page: names, what the place is, when it existed, what stands in for it, its twinnings.

    :param root: the address of the atlas, for the link to the page of the place.
    """
    row, named = properties.entity(atlas, place, translate), properties.names(atlas, translate)
    facts = [
        (named[name], _values(atlas, place, name, translate))
        for name in ("name_vi", "name_zh", "name_pinyin", "name_en")
    ]
    if begun := atlas.places[place]["valid_from"]:
        facts.append((named["valid_from"], translate.date(begun)))
    stands_in = [one for one in standing.of_today(atlas, place, today(atlas.version)) if one != place]
    facts.append(
        (named["today"], translate.join_long(atlas.places.full_name(one, translate.language) for one in stands_in))
    )
    facts.append((named["twinnings"], _values(atlas, place, "twinnings", translate)))
    listed = Markup("").join(Markup("<dt>{}</dt><dd>{}</dd>").format(*fact) for fact in facts if fact[1])
    address = f"{root}/{addresses.record('place', place, lang=translate.language)}"
    body = Markup("<h1>{}</h1><p>{}</p><dl>{}</dl><a href='{}' target=_blank rel=noopener>{}</a>").format(
        row["name"], row["description"], listed, address, translate("Open in the atlas")
    )
    return _page(row["name"], body, translate)


def unknown(translate: Translator) -> str:
    """The page for an id that no place has."""
    text = translate("The atlas has no place with this id.")
    return _page(text, Markup("<p>{}</p>").format(text), translate)


def _values(atlas: Atlas, place: str, name: str, translate: Translator) -> str:
    found = properties.values(atlas, place, name, properties.NAME, translate)
    return translate.join_long(one["str"] for one in found)


def _page(title: str, body: Markup, translate: Translator) -> str:
    return PAGE.format(lang=LANGUAGE_CODES[translate.language], title=title, style=STYLE, body=body)
