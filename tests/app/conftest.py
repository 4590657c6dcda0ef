"""An inbox, and visits of somebody who is logged in, for the pages of contributions."""

import pytest

from server import inbox


@pytest.fixture
def box(tmp_path, monkeypatch) -> inbox.Inbox:
    """An empty inbox that the server is configured with, and a keeper."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    monkeypatch.setenv("ATLAS_INBOX", str(folder))
    monkeypatch.setenv("ATLAS_KEEPERS", "keeper other-keeper")
    return inbox.Inbox(folder)


@pytest.fixture
def logged_in(monkeypatch):
    """Log in under a name, which the pages read in every run."""
    return lambda name: monkeypatch.setattr(inbox, "asking", lambda headers: name)
