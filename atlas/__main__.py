"""The command line: ``python -m atlas``."""

from atlas.cli import main

raise SystemExit(main())
