"""What was agreed at a paper or session, and what the sources say became of it, as safe HTML."""

from html import escape

import pandas as pd

from atlas.cards import source
from atlas.model.atlas import Atlas
from atlas.model.commitments import evidence, of_record, state_of
from atlas.words.translator import Translator
from atlas.words.vocabulary import (
    commitment_bases,
    commitment_fields,
    commitment_states,
    evidence_kinds,
    evidence_links,
)


def html(atlas: Atlas, table: str, record: str, translate: Translator) -> str:
    """The commitments of an agreement or event as safe HTML, each with its state and evidence; empty when it has none."""
    rows = of_record(atlas, table, record)
    if not rows:
        return ""
    points = "".join(f"<li>{_point(atlas, row, translate)}</li>" for row in rows)
    said = translate.plural("{n} commitment", "{n} commitments", len(rows))
    note = translate("“No evidence found” means that no source read so far reports on it, not that nothing was done.")
    if all(row["id"] in evidence(atlas) for row in rows):
        note = ""
    return (
        f"<h4>{escape(translate('What was agreed'))} · {escape(said)}</h4>"
        f"<ul class='commitments'>{points}</ul><small>{escape(note)}</small>"
    )


def _point(atlas: Atlas, row: dict, translate: Translator) -> str:
    number = f"{int(row['ordinal'])}. " if pd.notna(row["ordinal"]) else ""
    words = [
        commitment_fields(translate)[row["field"]],
        row["due"] and translate("due {day}", day=translate.date(row["due"])),
        translate.text(row, "rhythm"),
        _responsible(row, "cn" if translate.language == "zh" else "vn", translate),
        _responsible(row, "vn" if translate.language == "zh" else "cn", translate),
        commitment_bases(translate)[row["basis"]],
        translate.text(row, "note"),
    ]
    shown = "".join(f"<li>{_evidence(atlas, one, translate)}</li>" for one in evidence(atlas).get(row["id"], ()))
    return (
        f"{number}{escape(translate.text(row, 'text'))}<br>"
        f"<strong class='state'>{escape(commitment_states(translate)[state_of(atlas, row['id'])])}</strong> "
        f"<small>{escape(' · '.join(word for word in words if word))} · {_cited(atlas, row['sources'], translate)}</small>"
        + (f"<ul>{shown}</ul>" if shown else "")
    )


def _responsible(row: dict, side: str, translate: Translator) -> str:
    named = translate.text(row, f"responsible_{side}")
    heads = {"vn": translate("Vietnamese side"), "cn": translate("Chinese side")}
    return translate("{name}: {value}", name=heads[side], value=named) if named else ""


def _evidence(atlas: Atlas, row: dict, translate: Translator) -> str:
    words = [
        evidence_kinds(translate)[row["kind"]],
        evidence_links(translate)[row["link"]],
        translate.text(row, "note"),
    ]
    text = translate.text(row, "text")
    if row["date"]:
        text = translate("{name}: {value}", name=translate.date(row["date"]), value=text)
    said = escape(" · ".join(word for word in words if word))
    return f"{escape(text)}<br><small>{said} · {_cited(atlas, row['sources'], translate)}</small>"


def _cited(atlas: Atlas, ids: tuple[str, ...], translate: Translator) -> str:
    return translate.join(source.publisher(row) for row in atlas.records("sources", ids))
