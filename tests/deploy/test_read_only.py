"""A replica as systemd confines it: the whole machine is read-only to it."""

import asyncio

from benchmarks import load
from tests.conftest import free_port, wait_until
from tests.deploy.conftest import Replica
from tests.deploy.test_load import apart
from tests.unit.test_faults import OWN_MOUNTS, needs_mount

# the server starts only where nothing can be written
READ_ONLY = 'mount -o remount,ro,bind / && ! touch /written 2>/dev/null && exec "$@"'


async def found(address: str) -> load.Answers:
    """What a visitor hears who searches for a place."""
    async with load.visit(address) as visitor:
        await visitor.change("q", ["meovac"])
        return visitor.answers


@needs_mount
def test_the_server_runs_on_a_read_only_file_system():
    replica = Replica(free_port(), *OWN_MOUNTS, "sh", "-c", READ_ONLY, "sh", HOME="/nowhere")
    try:
        wait_until(replica.answers, 60)
        answers = apart(asyncio.run, found(f"http://127.0.0.1:{replica.port}"))
        assert (answers.failures, answers.query) == ([], "lang=en&q=meovac")
    finally:
        replica.kill()
