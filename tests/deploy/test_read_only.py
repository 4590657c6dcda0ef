"""A replica as systemd confines it: the whole machine is read-only to it."""

from playwright.sync_api import expect

from tests.conftest import free_port, wait_until
from tests.deploy.conftest import Replica
from tests.unit.test_faults import OWN_MOUNTS, needs_mount

# the server starts only where nothing can be written
READ_ONLY = 'mount -o remount,ro,bind / && ! touch /written 2>/dev/null && exec "$@"'


@needs_mount
def test_the_server_runs_on_a_read_only_file_system(browser):
    replica = Replica(free_port(), *OWN_MOUNTS, "sh", "-c", READ_ONLY, "sh", HOME="/nowhere")
    try:
        wait_until(replica.answers, 60)
        context = browser.new_context(locale="vi-VN")
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{replica.port}/?q=meovac")
        expect(page.frame_locator("iframe").first.locator(".atlas-twinning").first).to_be_attached()
        context.close()
    finally:
        replica.kill()
