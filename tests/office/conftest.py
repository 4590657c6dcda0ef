"""What the checks with office programs share: LibreOffice, started with a profile of its own."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.office import faces


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """``office(name, content, to)``: what LibreOffice makes of a file, as the folder in which it stands.

    :param name: of the file, with the end that says what it is.
    :param to: the format, with its filter and options where they are not the usual ones.
    """
    profile = tmp_path_factory.mktemp("profile")
    seen = os.environ | {"FONTCONFIG_FILE": str(faces.set_apart(tmp_path_factory.mktemp("faces")))}

    def converted(name: str, content: bytes, to: str = "pdf") -> Path:
        folder = tmp_path_factory.mktemp("office")
        (folder / name).write_bytes(content)
        made = folder / "made"
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", to, "--outdir"]
        subprocess.run([*command, made, folder / name], check=True, capture_output=True, timeout=170, env=seen)
        assert list(made.glob("*")), f"LibreOffice does not open {name}"
        return made

    return converted
