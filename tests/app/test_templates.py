"""An office's own templates are taken in on the page, without a browser."""

from pathlib import Path

from streamlit.testing.v1 import AppTest

from atlas.exports.slides import template
from atlas.words.translator import Translator
from ui import templates


def page():
    import streamlit as st

    from atlas.words.translator import Translator
    from ui import templates

    given = templates.own(Translator("zh"))
    st.text(", ".join(f"{suffix}={file.name}" for suffix, file in given.items()))


def texts(app) -> str:
    return "\n".join(one.value for one in app.text)


def test_a_template_is_checked_kept_and_taken_away(monkeypatch):
    # a process apart would take the function below for its program
    monkeypatch.setattr(templates, "apart", lambda make, given: make(given))
    said = Translator("zh")
    app = AppTest.from_function(page, default_timeout=60).run()
    app.file_uploader[0].upload("ministry <b>.potx", b"PK no template", "application/octet-stream").run()
    (error,) = app.error
    assert error.value == said("{file} is damaged; open it in {program} and save it anew", file="ministry <b>.potx", program="PowerPoint")  # fmt: skip
    assert "=" not in texts(app)
    app.file_uploader[0].upload("own.pptx", Path(template.OWN).read_bytes(), "application/octet-stream").run()
    assert not app.error
    assert "pptx=own.pptx" in texts(app)
    assert said("In use: {file}", file="own.pptx") in texts(app)
    app.button(key="template-away-pptx").click().run()
    assert "=" not in texts(app)
