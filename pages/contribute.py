"""How to add or correct records: the workbook to fill in, and the command that checks it."""

import streamlit as st

from atlas.exports.contributions import workbook
from ui import frame, state

atlas, translate = state.atlas(), state.translator()
frame.head("contribute", translate)
st.markdown(
    translate(
        "Records are added through a workbook. It is checked by a command on your own computer and then reviewed; nothing is sent from this page."
    )
)

st.subheader(translate("1. Fill in the workbook"), anchor=False)
st.download_button(
    translate("Download the workbook"),
    state.apart(workbook.template, atlas, translate),
    f"border-cooperation-atlas-{translate.language}.xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    key="template",
    on_click="ignore",
    icon=":material/download:",
    type="primary",
)
st.markdown("\n".join(f"- {line}" for line in workbook.guide(translate)))

st.subheader(translate("2. Check it"), anchor=False)
st.markdown(
    translate(
        "Run this command in the folder of the atlas. It lists every problem with sheet, line, column and what was expected; when there is none it writes the new rows into a folder."
    )
)
st.code("python -m atlas contribute check FILE.xlsx --out FOLDER", language=None)

st.subheader(translate("3. Hand in the rows"), anchor=False)
st.markdown(
    translate(
        "Send the folder to the keepers of the atlas. They compare every row with its source before it enters the tables; the data version then changes."
    )
)
