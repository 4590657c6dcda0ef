"""Border Cooperation Atlas: local cooperation across the Vietnam–China land border.

The library behind the pages. No module here imports Streamlit.
"""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"
DATA = Path(os.environ.get("ATLAS_DATA", ROOT / "data"))
LANGUAGES = ("vi", "zh", "en")
