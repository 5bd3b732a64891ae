"""A disk without room, for real."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]


def _alone() -> bool:
    """Whether this machine lets us mount a disk that nobody else sees."""
    return shutil.which("unshare") is not None and subprocess.run([*ALONE, "true"], check=False).returncode == 0


@pytest.mark.skipif(not _alone(), reason="no mount namespaces here")
def test_a_full_disk_tears_nothing_and_is_recovered_from(tmp_path: Path) -> None:
    """A small tmpfs fills up and gets room again, three times: what was acknowledged is there, and it goes on."""
    done = subprocess.run(
        [*ALONE, sys.executable, "-m", "tests.store.full_disk", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "missing 0" in done.stdout
