"""What stands on paper alone."""

import streamlit as st
from markupsafe import Markup

from atlas.words.translator import Translator
from ui import state


def foot(translate: Translator) -> None:
    """The line under a printed page: the atlas, the day it speaks of, and the address, which the browser fills in."""
    name = translate("Vietnam–China Border Cooperation Atlas")
    st.html(Markup("<footer class=printed>{} · {} · <span></span></footer>").format(name, state.of_day()))
