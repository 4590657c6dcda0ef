"""An office's own templates, taken in for the slides and papers of one visitor."""

import streamlit as st

from atlas.exports import foreign, formats
from atlas.words.translator import Translator
from server import uploads
from server.worker import apart
from ui import session_fields as fields

KEY = "templates"
MOST = uploads.LARGEST // 2**20  # MB


def own(translate: Translator) -> dict[str, foreign.File]:
    """The templates that the visitor gave, by the end of the name of what is poured into them."""
    kept: dict[str, foreign.File] = st.session_state.setdefault(KEY, {})
    with st.container(key="template"):
        fields.upload_words("template", f"PPTX, DOCX; {MOST} MB", translate)
        file = st.file_uploader(
            translate("Your office's own template"), type=list(formats.TEMPLATES), key="template-file", max_upload_size=MOST,
            help=translate("Slides with the layouts that the guide names, or a letterhead for papers in Word."),
        )  # fmt: skip
        if file is not None and st.session_state.get("template-taken") != file.file_id:
            st.session_state["template-taken"] = file.file_id
            _take(foreign.File(file.name, file.getvalue()), kept, translate)
        for suffix, one in kept.items():
            st.text(translate("In use: {file}", file=foreign.shown(one.name)))
            st.button(
                translate("Take the template away"), key=f"template-away-{suffix}", icon=":material/delete:",
                on_click=kept.__delitem__, args=(suffix,),
            )  # fmt: skip
    return kept


def _take(given: foreign.File, kept: dict[str, foreign.File], translate: Translator) -> None:
    """Check a template in a process of its own and keep it; what is wrong with it is said."""
    try:
        apart(formats.check_template, given)
    except foreign.Refused as refused:
        st.error(refused.said(translate).replace("\n", "\n\n"))
    else:
        kept[formats.form_of_file(given.name).suffix] = given
