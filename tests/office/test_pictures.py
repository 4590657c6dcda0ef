"""Scenes of ready-made sessions look as they did; `python -m tests.pictures` keeps them anew when a change is meant."""

import pytest
from PIL import ImageChops, ImageStat

from tests import pictures

FAR = 3  # of 255, in the mean: faces of another machine stay below it, a picture that is missing does not


@pytest.mark.parametrize("name", ["education-quang-ninh", "twinning-ha-giang-2024", "twinning-ha-giang", "committee"])
def test_every_scene_looks_as_it_did(atlas, name):
    now, before = pictures.drawn(atlas, pictures.sessions(atlas)[name]), pictures.kept(name)
    assert len(now) == len(before)
    far = [ImageStat.Stat(ImageChops.difference(one, other)).mean[0] for one, other in zip(now, before)]
    assert [f"scene {number}: {share:.1f}" for number, share in enumerate(far, start=1) if share > FAR] == []
