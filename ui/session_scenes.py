"""The scenes of a session while it is prepared: the list, and the one that is edited with its picture."""

from dataclasses import replace
from functools import partial

import streamlit as st
from markupsafe import Markup

from atlas.exports import scenes
from atlas.exports.about import described
from atlas.exports.scenes import vector
from atlas.exports.scenes.board import HEIGHT, WIDTH, Board
from atlas.model import agreed
from atlas.model.atlas import Atlas, cached
from atlas.model.audience import released
from atlas.model.session import MOST_TO_TALK, Said, Scene, Session
from atlas.model.session_file import MOST_MINUTES, MOST_SCENES, cleaned
from atlas.words import naming, vocabulary
from atlas.words.translator import Translator
from server.worker import apart
from ui import session_fields as fields
from ui import session_store as store
from ui import state

TITLES = "scene-titles"
OWN_WORDS = ("cover", "text", "decisions")  # kinds that show the words of the session itself
PICTURE = Markup("<img class=scene-preview alt='{}' src=\"data:image/svg+xml;charset=utf-8,{}\">")
ENCODED = {ord(char): f"%{ord(char):02X}" for char in '%#&"'}


def board(atlas: Atlas, session: Session, number: int) -> Board:
    """A scene as it will be shown, counted from 1."""
    asked = _asked(session, number)
    return _usual(atlas, *asked) if store.own() is None else store.kept(3, _board, atlas, *asked)


def _asked(session: Session, number: int) -> tuple[Session, Scene, int]:
    """All on which the board of a scene depends."""
    scene = session.scenes[number - 1]
    asked = (
        session if scene.kind in OWN_WORDS else Session("own", session.language, session.audience, session.selection)
    )
    return replace(asked, scenes=()), replace(scene, notes="", minutes=None), number


def _board(atlas: Atlas, session: Session, scene: Scene, number: int) -> Board:
    asked = scenes.context(released(atlas, session.audience), session)
    return scenes.of_scene(asked, scene, number)


_usual = cached(40)(_board)  # of sessions that follow the filters, which all visitors share


def titles(atlas: Atlas, session: Session) -> list[tuple[str, ...]]:
    """The titles of all scenes; where many are not known yet, they are made in a process of their own."""
    numbers = range(1, len(session.scenes) + 1)
    if store.own() is None:
        return [board(atlas, session, number).title for number in numbers]
    asked = [(atlas.fingerprint, *_asked(session, number)[:2]) for number in numbers]
    kept = st.session_state.get(TITLES, {})
    new = [one for one in dict.fromkeys(asked) if one not in kept]
    make = scenes.titles if len(new) <= store.FEW else partial(apart, scenes.titles)
    kept |= dict(zip(new, make(atlas, [one[1:] for one in new])))
    st.session_state[TITLES] = {one: kept[one] for one in asked}
    return [kept[one] for one in asked]


def chosen(session: Session) -> int:
    """The number of the scene that is edited, from the address."""
    asked = state.visit().part("list") or ""
    number = int(asked) if asked.isdecimal() and len(asked) < 4 else 1
    return min(max(number, 1), len(session.scenes))


def edit(atlas: Atlas, session: Session, translate: Translator) -> None:
    """The list of scenes, and beside it the one that is chosen."""
    left, right = st.columns([5, 7], gap="medium")
    number = chosen(session)
    with left:
        _list(atlas, session, number, translate)
        _add(atlas, session, number, translate)
    with right:
        st.html(PICTURE.format(" ".join(board(atlas, session, number).title), picture(atlas, session, number)))
        _moves(atlas, session, number, translate)
        _fields(atlas, session, number, translate)


def picture(atlas: Atlas, session: Session, number: int) -> Markup:
    """A scene as SVG in an address of data, inside double quotes; only what would end these or the address is encoded."""
    drawn = str(vector.svg(board(atlas, session, number)))
    drawn = drawn.replace("width='100%' height='100%'", f"width='{WIDTH}' height='{HEIGHT}'")
    return Markup(drawn.translate(ENCODED).replace("</", "%3C/"))  # no attribute on a page may hold the end of a title


def _list(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    names = vocabulary.scene_kinds(translate)
    entry = Markup(
        "<li><button type=button data-set='list={n}&view=' aria-pressed={now}><b>{n}</b>"
        "<span><small>{kind}{minutes}</small>{title}</span></button></li>"
    )
    annex = Markup("<li class=annex>{}</li>").format(translate("Annex: not shown in the talk"))
    rows = Markup("")
    for n, (scene, title) in enumerate(zip(session.scenes, titles(atlas, session)), start=1):
        rows += annex if n == MOST_TO_TALK + 1 else ""
        spent = translate("{n} min", n=scene.minutes) if scene.minutes is not None else ""
        rows += entry.format(
            n=n,
            now=str(n == number).lower(),
            kind=names[scene.kind],
            minutes=f" · {spent}" if spent else "",
            title=_title(title, session, translate) or names[scene.kind],
        )
    st.html(Markup("<ol class=scene-list aria-label='{}'>{}</ol>").format(translate("Scenes"), rows))
    used, planned = sum(scene.minutes or 0 for scene in session.scenes), session.minutes
    said = (
        translate("Minutes in all: {n} of {planned}", n=used, planned=planned)
        if planned
        else translate("Minutes in all: {n}", n=used)
    )
    over = planned is not None and used > planned
    st.html(Markup("<p class='scene-time{}' role=status>{}</p>").format(" over" if over else "", said))


def _title(title: tuple[str, ...], session: Session, translate: Translator) -> str:
    """The title in the language of the page, where the session speaks it."""
    return dict(zip(session.language.split("-"), title)).get(translate.language, title[0])


def _add(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    full = len(session.scenes) >= MOST_SCENES
    with st.popover(translate("Add a scene"), icon=":material/add:", key="scene-add", disabled=full):
        for kind, name in vocabulary.scene_kinds(translate).items():
            st.button(name, key=f"scene-add-{kind}", on_click=_put, args=(atlas, number, kind), width="stretch")


def _put(atlas: Atlas, number: int, kind: str) -> None:
    session = store.current(atlas)
    about = tuple(session.selection.twinnings(released(atlas, session.audience)).index[:1]) if kind == "pair" else ()
    if kind == "pair" and not about:
        return
    listed = session.scenes
    _listed(atlas, (*listed[:number], Scene(kind, about=about), *listed[number:]), number + 1)


def _moves(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    listed, at = session.scenes, number - 1
    without = listed[:at] + listed[number:]
    last = len(listed) == 1
    actions = (
        ("up", ":material/arrow_upward:", translate("Move up"), (_moved(listed, at, -1), number - 1), number == 1),
        ("down", ":material/arrow_downward:", translate("Move down"), (_moved(listed, at, 1), number + 1), number == len(listed)),
        ("drop", ":material/delete:", translate("Leave out"), (without, max(1, at)), last),
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="center", key="scene-moves"):
        st.html(Markup("<h2>{}</h2>").format(f"{number}. {vocabulary.scene_kinds(translate)[session.scenes[at].kind]}"))
        for name, icon, label, arguments, disabled in actions:
            st.button(
                label,
                key=f"scene-{name}-button",
                icon=icon,
                on_click=_listed,
                args=(atlas, *arguments),
                disabled=disabled,
            )


def _moved(listed: tuple[Scene, ...], at: int, step: int) -> tuple[Scene, ...]:
    rest = list(listed)
    rest.insert(max(0, at + step), rest.pop(at))
    return tuple(rest)


def _listed(atlas: Atlas, listed: tuple[Scene, ...], number: int) -> None:
    store.restart(replace(store.current(atlas), scenes=listed))
    state.go(list=(str(number),))


def _with(session: Session, number: int, **changes: object) -> Session:
    at = number - 1
    scene = replace(session.scenes[at], **changes)  # type: ignore[arg-type]
    return replace(session, scenes=(*session.scenes[:at], scene, *session.scenes[number:]))


def _fields(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    scene = session.scenes[number - 1]
    where = f"-{number}"
    plain = _with(session, number, title=Said())
    if scene.kind != "cover":
        fields.said(
            atlas, "title", translate("Own title"), lambda s: s.scenes[number - 1].title, lambda s, v: _with(s, number, title=v),
            board(atlas, plain, number).title, where=where,
        )  # fmt: skip
        lines = 6 if scene.kind == "text" else 2
        label = translate("Text") if scene.kind == "text" else translate("Message")
        fields.said(
            atlas, "message", label, lambda s: s.scenes[number - 1].message, lambda s, v: _with(s, number, message=v),
            lines=lines, where=where,
        )  # fmt: skip
    _about(atlas, session, number, translate)
    fields.text(
        atlas, f"notes{where}", translate("Notes for the presenter"), scene.notes,
        lambda s, v: _with(s, number, notes=cleaned(v, "notes")), "notes", lines=3,
    )  # fmt: skip
    fields.minutes(
        atlas,
        f"minutes{where}",
        translate("Minutes"),
        scene.minutes,
        MOST_MINUTES,
        lambda s, v: _with(s, number, minutes=v),
    )
    if scene.kind not in OWN_WORDS:
        _filters(atlas, session, number, translate)


def _filters(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    """What the scene shows: what the session does, or what was filtered for it alone."""
    scene, filtered = session.scenes[number - 1], state.selection().chosen
    shown = session.selected(scene)
    st.html(
        Markup("<p class=scene-filters>{}: {}</p>").format(translate("Filters"), described(atlas, shown, translate))
    )
    with st.container(horizontal=True, key="scene-filters"):
        st.button(
            translate("Take the filters above"), key="scene-take", on_click=_select, args=(atlas, number, True),
            disabled=shown.chosen == filtered,
        )  # fmt: skip
        st.button(
            translate("Those of the session"), key="scene-leave", on_click=_select, args=(atlas, number, False),
            disabled=scene.selection is None,
        )  # fmt: skip


def _select(atlas: Atlas, number: int, own: bool) -> None:
    store.put(_with(store.current(atlas), number, selection=state.selection().chosen if own else None))


def _about(atlas: Atlas, session: Session, number: int, translate: Translator) -> None:
    """What of its kind a scene shows."""
    scene = session.scenes[number - 1]
    key = store.key(atlas, f"about-{number}")
    known = _choices(atlas, session, scene, translate)
    if not known:
        return
    records = {
        "route": translate("Course"), "pair": translate("Twinning"), "commitments": translate("Meeting or paper"),
    }  # fmt: skip
    if label := records.get(scene.kind):
        now = scene.about[0] if len(scene.about) == 1 else None
        n = len(scene.about)
        several = translate.plural("{n} meeting or paper", "{n} meetings and papers", n) if n else translate("all")
        st.selectbox(
            label, list(known), index=list(known).index(now) if now in known else None, format_func=known.__getitem__,
            placeholder=several, key=key, on_change=store.follow,
            args=(atlas, lambda s, v: _with(s, number, about=(v,)), key),
        )  # fmt: skip
    else:
        st.pills(
            translate("Only about (everything if none is chosen)"), list(known), selection_mode="multi",
            format_func=known.__getitem__, default=[one for one in scene.about if one in known], key=key,
            on_change=store.follow, args=(atlas, lambda s, v: _with(s, number, about=tuple(v)), key),
        )  # fmt: skip


def _choices(atlas: Atlas, session: Session, scene: Scene, translate: Translator) -> dict[str, str]:
    """What a scene may be about: value -> words."""
    shown, known = session.selected(scene), released(atlas, session.audience)
    columns = {"message": "figures.programme", "parts": "figures.programme", "flow": "figures.programme"}
    columns |= {"agreements": "agreements.subject", "series": "events.series"}
    if column := columns.get(scene.kind):
        table, _, name = column.partition(".")
        present = set(shown.records(known, table)[name].dropna()) | set(scene.about)
        return {value: text for value, text in vocabulary.labels(atlas, column, translate).items() if value in present}
    if scene.kind == "pair":
        rows = shown.twinnings(known, "id").index
        return {
            one: naming.record_name(atlas, "twinnings", one, translate) for one in rows.union(scene.about, sort=False)
        }
    if scene.kind == "route":
        events = shown.records(known, "events")
        found = list(events[events["route"].map(len) > 0].index)
    elif scene.kind == "commitments":
        found = list(dict.fromkeys(agreed.found(known, shown, agreed.Wanted())["paper"]))
    else:
        return {}
    tables = atlas.record_tables
    return {
        one: naming.record_name(atlas, tables[one], one, translate) for one in dict.fromkeys([*found, *scene.about])
    }
