"""Real services from Debian's packages, on the loopback interface, for the tests of a deployment."""

import http.client
import os
import pwd
import re
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from atlas import DATA, ROOT
from server import postgres
from tests.conftest import free_port, wait_until

UNIT = ROOT / "deploy" / "atlas@.service"
NAME = "atlas.example.org"  # of the host, in the files of deploy/
MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    log_format upstreams '$cookie_atlas_visitor $upstream_addr';
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/atlas.conf;
}}
"""

POSTGRES = "postgres"  # the user of Debian's package; the database refuses to run as root


class Database:
    """A PostgreSQL server that a test may stop and start."""

    def __init__(self, folder: Path, port: int):
        self.folder = folder
        self.port = port
        self.process = None

    def url(self, name: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://{POSTGRES}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = ["-c", "listen_addresses=127.0.0.1", "-c", "fsync=off", "-c", "shared_buffers=16MB"]
        command = [program("postgres"), "-D", self.folder, "-p", str(self.port), "-k", self.folder, *options]
        self.process = subprocess.Popen(
            command, user=as_postgres(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder
        )
        wait_until(self.answers)

    def stop(self) -> None:
        """Kill it, as a power cut would."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(20)
        # the server's own children notice that it is gone a moment later
        wait_until(lambda: not self.answers())

    def answers(self) -> bool:
        """Whether a connection is accepted."""
        try:
            psycopg.connect(self.url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def program(name: str) -> str:
    """The path of a program of the newest PostgreSQL that Debian has installed."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    assert found, "PostgreSQL is not installed; `make test` installs it"
    return str(found[-1])


def as_postgres() -> str | None:
    """The user under whom a database runs, None for oneself."""
    return POSTGRES if os.geteuid() == 0 else None


@contextmanager
def folder_of(user: str | None):
    """A temporary folder that belongs to a user."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-"))
    try:
        if user:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def server_of_databases():
    """A running PostgreSQL with PostGIS in a template, so that a new database is a copy."""
    with folder_of(as_postgres()) as folder:
        command = [program("initdb"), "-D", folder, "-U", POSTGRES, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(command, user=as_postgres(), check=True, capture_output=True, cwd=folder)
        database = Database(folder, free_port())
        database.start()
        try:
            with psycopg.connect(database.url("template1"), autocommit=True) as connection:
                connection.execute("create extension postgis")
            yield database
        finally:
            database.stop()


@pytest.fixture
def database(server_of_databases):
    """A running PostgreSQL; :meth:`Database.url` of ``atlas`` is an empty database with PostGIS."""
    if not server_of_databases.answers():
        server_of_databases.start()
    with psycopg.connect(server_of_databases.url(), autocommit=True) as connection:
        connection.execute("drop database if exists atlas with (force)")
        connection.execute("create database atlas")
    return server_of_databases


@pytest.fixture
def store_url(database) -> str:
    """The address of an empty store."""
    return database.url("atlas")


@pytest.fixture(scope="session")
def published_once(server_of_databases):
    """A database to which data/ has been published, to be copied: that takes a tenth of publishing."""
    with psycopg.connect(server_of_databases.url(), autocommit=True) as connection:
        connection.execute("create database published")
    postgres.publish(server_of_databases.url("published"), DATA)


@pytest.fixture
def published_url(published_once, database) -> str:
    """The address of a store to which data/ has been published."""
    with psycopg.connect(database.url(), autocommit=True) as connection:
        connection.execute("drop database atlas")
        connection.execute("create database atlas template published")
    return database.url("atlas")


class Replica:
    """One server of the atlas, started as its systemd unit starts it."""

    def __init__(self, port: int, *before: str, **environment: str):
        """
        :param before: a command that the server is started with, such as ``unshare``.
        """
        self.port = port
        line = re.search(r"^ExecStart=\S+ (.+?[^\\])$", UNIT.read_text("utf-8"), re.MULTILINE | re.DOTALL)[1]
        arguments = line.replace("\\\n", " ").replace("%i", str(port)).split()
        self.log = tempfile.TemporaryFile("w+")  # noqa: SIM115 (closed with the server)
        self.process = subprocess.Popen(
            [*before, sys.executable, "-m", "streamlit", *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=self.log,
            stderr=subprocess.STDOUT,
        )

    def answers(self) -> bool:
        """Whether it serves; fails when it has ended."""
        self.log.seek(0)
        assert self.process.poll() is None, self.log.read()
        return answers(f"http://127.0.0.1:{self.port}/_stcore/health")

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.process.wait(20)


class Connection(http.client.HTTPSConnection):
    """A connection to a name that stands for this machine."""

    def connect(self) -> None:
        """Connect and check that the certificate is of the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host)


class Deployment:
    """nginx with the configuration of deploy/ before replicas, all of it on free ports of the loopback interface."""

    def __init__(self, folder: Path, replicas: list[Replica]):
        self.replicas = replicas
        self.folder = folder
        self.plain, self.port = free_port(), free_port()
        site = (ROOT / "deploy" / "nginx.conf").read_text("utf-8")
        for number, replica in enumerate(replicas, 8501):
            site = site.replace(f"127.0.0.1:{number}", f"127.0.0.1:{replica.port}")
        for there, here in (
            ("listen 80", f"listen 127.0.0.1:{self.plain}"),
            ("listen 443", f"listen 127.0.0.1:{self.port}"),
            ("/etc/nginx/tls/", f"{folder}/"),
            ("/var/log/nginx/", f"{folder}/"),
            ("/etc/nginx/atlas.users", f"{folder}/users"),
            ("access_log off;", ""),
            (" atlas;\n", f" atlas;\n    access_log {folder}/upstreams.log upstreams;\n"),
        ):
            site = site.replace(there, here)
        (folder / "atlas.conf").write_text(site)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder))
        told = re.search(r"^openssl req -x509 .*?[^\\]$", (ROOT / "deploy/README.md").read_text("utf-8"), re.M | re.S)[
            0
        ]
        command = told.replace("/etc/nginx/tls", str(folder))
        subprocess.run(["sh", "-c", command], check=True, capture_output=True)
        self.trusting = ssl.create_default_context(cafile=folder / "certificate.pem")

    @property
    def address(self) -> str:
        """Where visitors find the atlas."""
        return f"https://{NAME}:{self.port}/atlas/"

    def connect(self, name: str = NAME) -> Connection:
        """A connection to nginx under a name."""
        return Connection(name, self.port, timeout=20, context=self.trusting)

    def get(self, path: str = "", method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        """The answer under a path of the atlas, its body read and kept as ``body``."""
        connection = self.connect()
        connection.request(method, f"/atlas/{path}", headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def answers(self) -> bool:
        """Whether nginx reaches a replica."""
        try:
            return self.get("_stcore/health").status == 200
        except OSError:
            return False

    def replica_of(self, visitor: str) -> Replica | None:
        """Who answered a visitor last."""
        lines = [line.split() for line in (self.folder / "upstreams.log").read_text().splitlines()]
        ports = [upstream.split(":")[-1] for cookie, upstream, *_ in lines if cookie == visitor and upstream != "-"]
        return next((one for one in self.replicas if ports and str(one.port) == ports[-1]), None)


def nginx_program() -> str:
    """Debian keeps it where only root looks."""
    found = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert found, "nginx is not installed; `make test` installs it"
    return found


@contextmanager
def deployed(count: int = 3, **environment: str):
    """A :class:`Deployment` of so many replicas."""
    nginx = nginx_program()
    replicas = [Replica(free_port(), **environment) for _ in range(count)]
    with folder_of(None) as folder:
        deployment = Deployment(folder, replicas)
        process = subprocess.Popen([nginx, "-p", folder, "-c", "nginx.conf", "-e", "error.log"])
        try:
            for replica in replicas:
                wait_until(replica.answers, 150)
            wait_until(deployment.answers)
            yield deployment
        finally:
            process.terminate()
            for replica in replicas:
                replica.process.terminate()
            for one in (process, *(replica.process for replica in replicas)):
                one.wait(20)


def answers(address: str) -> bool:
    """Whether something serves there."""
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False
