"""A presentation (PPTX) of scenes: maps of editable shapes, charts with their data, tables, sources in the notes."""

from atlas.exports.slides.comparison import of_comparison as of_comparison
from atlas.exports.slides.deck import pptx as pptx
