"""Ids are unlike any other, in processes that were forked too."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = """
import os
from wirecheck_reference.ids import new_id
child = os.fork()
os.write(1, new_id("id_").encode() + b"\\n")
if child:
    os.waitpid(child, 0)
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="nothing forks here")
def test_forked_processes_make_different_ids() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert len(set(done.stdout.split())) == 2
