"""What stands on the stage: how wide it runs, that it keeps its room, and what it says."""

import pytest

from atlas.exports.scenes import board
from atlas.exports.scenes.board import Run


@pytest.mark.parametrize(
    ("text", "bold", "measured"),
    [  # at a size of 30, by Chromium in Noto Sans
        ("ưu tiên được hưởng", True, 305.2),
        ("34/34", True, 81.0),
        ("≥ 10", False, 72.1),
        ("“十二五”期间在广西的东盟国家学生", True, 476.7),
        ("Trường đại học Quảng Tây hợp tác với trường Việt Nam", False, 776.7),
        ("Trade of Yunnan with Vietnam in 2023 (billion US dollars)", False, 795.6),
    ],
)
def test_a_text_runs_as_wide_as_is_reckoned(text, bold, measured):
    assert 0.97 * measured < board.width_of(Run(text, 30, bold)) < 1.05 * measured


@pytest.mark.parametrize("text", ["Tổng số học bổng của Quảng Tây", "广西向广宁提供一百七十六个奖学金名额", "W" * 60])
def test_lines_keep_the_width_and_every_letter(text):
    run = Run(text, 30)
    lines = board.wrapped(run, 200)
    assert all(board.width_of(Run(line, 30)) <= 200 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
