"""What falls due in a period: ends of agreements, commitments, announced meetings, round anniversaries."""

from functools import partial

from ui import calendar_view, filters, frame, state

atlas, translate = state.atlas(), state.translator()
selection = state.selection()
asked = calendar_view.asked(atlas, selection)
found = calendar_view.found(atlas, selection, asked)

frame.head(
    "calendar",
    translate,
    calendar_view.counted(found, asked, translate),
    partial(calendar_view.subscribe, selection, asked, translate),
)
filters.show(atlas, translate, partial(calendar_view.records, atlas, asked), twinnings=False, years=False)
calendar_view.choose_period(asked, translate)
calendar_view.show(atlas, found, asked, translate)
