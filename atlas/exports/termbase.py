"""The glossary as a term base for the tools of interpreters and translators: TBX-Basic, version 3 (ISO 30042:2019), style DCA."""

from lxml import etree
from lxml.builder import ElementMaker

from atlas.exports import glossary
from atlas.look.text import clean
from atlas.model.atlas import Atlas
from atlas.model.selection import Selection
from atlas.model.terms import Term
from atlas.words import values
from atlas.words.languages import LANGUAGE_CODES
from atlas.words.translator import Translator
from atlas.words.voice import Voice

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PINYIN = "zh-Latn-pinyin"
make = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def tbx(atlas: Atlas, selection: Selection | None, language: str) -> bytes:
    """The terms of a session or selection, see :func:`atlas.exports.glossary.of`.

    :param language: of the notes; of two the first.
    """
    translate = Voice(language).first
    said = [f"{name}: {text}" for name, text in glossary.statements(atlas, selection, translate)]
    entries = [_entry(atlas, number, one, translate) for number, one in enumerate(glossary.of(atlas, selection), 1)]
    whole = make.tbx(
        make.tbxHeader(
            make.fileDesc(
                make.titleStmt(make.title(translate("Glossary"))),
                make.sourceDesc(*(make.p(clean(line)) for line in said)),
            )
        ),
        make.text(make.body(*entries)),
        {"type": "TBX-Basic", "style": "dca", LANGUAGE: LANGUAGE_CODES[translate.language]},
    )
    return etree.tostring(whole, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _entry(atlas: Atlas, number: int, term: Term, translate: Translator) -> etree._Element:
    """One concept with a section for each language that has a name."""
    names = {
        LANGUAGE_CODES["vi"]: term.vi,
        LANGUAGE_CODES["zh"]: term.zh,
        PINYIN: term.pinyin,
        LANGUAGE_CODES["en"]: term.en,
    }
    entry = make.conceptEntry(
        make.descrip(glossary.groups(translate)[term.group], type="subjectField"),
        make.note(glossary.kind(atlas, term, translate)),
        {"id": f"c{number}"},
    )
    for language, name in names.items():
        if name:
            notes = _of_chinese(atlas, term, translate) if language == LANGUAGE_CODES["zh"] else ()
            entry.append(make.langSec(_section(term, name, notes), {LANGUAGE: language}))
    return entry


def _section(term: Term, name: str, notes: tuple[etree._Element, ...]) -> etree._Element:
    part = "noun" if term.group == "fields" else "properNoun"
    return make.termSec(make.term(clean(name)), make.termNote(part, type="partOfSpeech"), *notes)


def _of_chinese(atlas: Atlas, term: Term, translate: Translator) -> tuple[etree._Element, ...]:
    """What a Chinese name rests on, and the publishers of the sources of a place."""
    notes = [make.note(glossary.bases(translate)[term.basis])]
    if term.basis == "attested" and (cited := values.publishers(atlas, term.sources, translate)):
        notes.insert(0, make.admin(clean(translate.join(cited)), type="source"))
    return tuple(notes)
