"""Prepare and hold a presentation: a sequence of scenes made from the selection, and the meeting view that shows it."""

from atlas.model import facets
from atlas.words import vocabulary
from ui import filters, frame, presentation, sequence, state

atlas, translate = state.atlas(), state.translator()
sequence.keep(atlas, translate)
if number := state.visit().scene:
    bilingual = state.selection().labels == "bilingual"
    presentation.show(atlas, sequence.current(atlas), number, translate, bilingual)
else:
    frame.head("meeting_view", translate)
    filters.show(atlas, translate, lambda one: [one.twinnings(atlas, *facets.COLUMNS)])
    sequence.edit(atlas, state.selection(), translate, vocabulary.scene_kinds(translate))
