"""Prepare and hold a presentation: a session made from the records, its editor, and the stage that shows it."""

from atlas.model import facets
from ui import filters, frame, presentation, session_editor, state

atlas, translate = state.atlas(), state.translator()
session_editor.keep(atlas, translate)
if state.visit().scene:
    presentation.show(atlas, session_editor.current(atlas), translate)
else:
    frame.head("meeting_view", translate)
    filters.show(atlas, translate, lambda one: [one.twinnings(atlas, *facets.COLUMNS)])
    session_editor.edit(atlas, translate)
