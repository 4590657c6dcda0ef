"""The interpreter's glossary: places, bodies, titles and fields of a session or province in every language."""

from ui import glossary_view, state

glossary_view.show(state.atlas(), state.selection(), state.translator())
