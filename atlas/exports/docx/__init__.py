"""Papers for Word (DOCX) in the form of Vietnamese or Chinese offices, or in an office's own letterhead."""

from atlas.exports.docx.papers import briefing as briefing
from atlas.exports.docx.papers import changes as changes
from atlas.exports.docx.papers import commitments as commitments
from atlas.exports.docx.papers import glossary as glossary
from atlas.exports.docx.papers import pairs as pairs
from atlas.exports.docx.papers import report as report
from atlas.exports.docx.papers import resigning as resigning
from atlas.exports.docx.papers import resigning_letters as resigning_letters
