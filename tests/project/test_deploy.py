"""The examples under deploy/ and the handbook name only what there is, and nginx takes its part."""

import argparse
import http.server
import json
import re
import shlex
import shutil
import ssl
import subprocess
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError

import pytest

from provning.cli.main import COMMANDS, parser_of
from tests.project.tables import rows_of
from tests.support.ports import free_port
from tests.support.require import required
from tools.python_source import ROOT

DEPLOY = ROOT / "deploy"
HANDBOOK = ROOT / "docs" / "handbok"
EXAMPLES = sorted(path for path in DEPLOY.rglob("*") if path.is_file())
PAGES = sorted(HANDBOOK.glob("*.md"))
VARIABLE = re.compile(r"\b(?:PROVNING_[A-Z_]+|DATABASE_URL(?:_FILE)?|DJANGO_SETTINGS_MODULE)\b")
STARTED = r"\./prov|/opt/provning/prov|worker provning|run --rm worker"
COMMAND = re.compile(rf"(?:{STARTED}) ([a-z][^`\n,;)]*)")
CONTAINED = re.compile(r'^CMD (\[".*\])$', re.MULTILINE)
COMPOSED = re.compile(r"command: \[(.*?)\]")
SELF_SIGNED = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
]


def texts() -> dict[str, str]:
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in [*EXAMPLES, *PAGES]}


def test_every_variable_is_described() -> None:
    described = {row["variable"].strip("`") for row in rows_of("docs/settings.md", "variable")}
    named = {name for text in texts().values() for name in VARIABLE.findall(text)}
    assert len(named) > 15
    assert {name for name in named if name.removesuffix("_FILE") not in described} == set()


def lines_of_commands() -> list[list[str]]:
    """Return the words of every command of the program that an example or a page gives."""
    found = [COMMAND.findall(text) for text in texts().values()]
    composed = COMPOSED.findall((DEPLOY / "compose.yaml").read_text("utf-8"))
    container = CONTAINED.findall((DEPLOY / "Containerfile").read_text("utf-8"))
    listed = [re.findall(r"[^\s,\"]+", each) for each in composed]
    return [
        *(shlex.split(each) for some in found for each in some),
        *listed,
        *(json.loads(each) for each in container),
    ]


def test_every_command_is_one_that_the_program_takes() -> None:
    words = lines_of_commands()
    assert {each[0] for each in words} >= {"serve", "worker", "backup", "restore", "doctor"}
    wrong = []
    for each in words:
        if each[0] not in COMMANDS:
            wrong.append(each)
        elif len(each) > 1:
            try:
                parser_of(each).parse_args(["FIL" if word == "MAPP" else word for word in each])
            except SystemExit:
                wrong.append(each)
    assert wrong == []


def test_what_is_looked_for_is_found() -> None:
    with pytest.raises(SystemExit):
        parser_of(["backup"]).parse_args(["backup", "--no-such-thing"])
    assert isinstance(parser_of(["backup"]), argparse.ArgumentParser)


def test_compose_names_only_secrets_and_volumes_that_it_has() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    secrets = set(re.findall(r"/run/secrets/([\w-]+)", text))
    declared = set(re.findall(r"^  ([\w-]+):\n    file: \./secrets/\1$", text, re.MULTILINE))
    explained = set(
        re.findall(r"^ +\| `([\w-]+)` \|", (DEPLOY / "README.md").read_text("utf-8"), re.MULTILINE)
    )
    assert secrets == declared == explained
    assert (DEPLOY.parent / re.findall(r"dockerfile: (\S+)", text)[0]).is_file()
    mounted = set(re.findall(r"^      - ([a-z]+):/", text, re.MULTILINE)) | {"data"}
    volumes = text.partition("\nvolumes:\n")[2]
    assert mounted == set(re.findall(r"^  ([a-z]+):$", volumes, re.MULTILINE))


def test_the_builder_is_given_what_it_copies_and_nothing_else() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    copied = re.findall(r"^COPY (?!--from)(\S+) ", text, re.MULTILINE)
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    given = [line for line in lines if line and not line.startswith("#")]
    assert given == ["*", *(f"!{name}" for name in copied), "**/__pycache__"]
    assert all((ROOT / name).exists() for name in copied)


def test_what_is_made_for_compose_is_never_committed() -> None:
    text = (DEPLOY / "compose.yaml").read_text("utf-8")
    made = set(re.findall(r"\./(\w+)[/:]", text))
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert made == {"secrets", "backups"}
    assert {f"deploy/{folder}/" for folder in made} <= set(ignored)


def test_the_health_check_is_one_and_asks_by_a_name_that_is_answered() -> None:
    image = (DEPLOY / "Containerfile").read_text("utf-8")
    compose = (DEPLOY / "compose.yaml").read_text("utf-8")
    [asked] = re.findall(r"^    CMD (\[.*\])$", image, re.MULTILINE)
    [composed] = re.findall(r'test: \["CMD", (.*\])$', compose, re.MULTILINE)
    assert asked == f"[{composed}"
    [host, port] = re.findall(r"http://([^:/]+):(\d+)/healthz", asked)[0]
    [allowed] = re.findall(r"PROVNING_ALLOWED_HOSTS: (\S+)", compose)
    assert host in allowed.split(",")
    assert f"EXPOSE {port}\n" in image
    assert f"127.0.0.1:{port}:{port}\n" in compose


def test_the_numbers_of_the_account_are_the_same_everywhere() -> None:
    image = (DEPLOY / "Containerfile").read_text("utf-8")
    said = (DEPLOY / "README.md").read_text("utf-8")
    [user] = re.findall(r"^USER (\d+:\d+)$", image, re.MULTILINE)
    number = user.partition(":")[0]
    assert user == f"{number}:{number}"
    assert f"useradd --uid {number} --gid {number} " in image
    assert f"chown {user} secrets/*" in said
    assert f"install -d -m 700 -o {number} -g {number} backups" in said


def test_the_units_are_sound(tmp_path: Path) -> None:
    program = shutil.which("systemd-analyze")
    required(program, "systemd-analyze is missing: install systemd")
    assert program
    units = []
    for unit in (DEPLOY / "systemd").glob("provning*.*"):
        # What it starts has to be there for the check.
        text = unit.read_text("utf-8").replace("/opt/provning/prov", "/bin/true")
        units.append(tmp_path / unit.name)
        units[-1].write_text(text, "utf-8")
    assert len(units) == 3
    run = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")


def test_the_wrapper_is_a_shell_script() -> None:
    subprocess.run(["/bin/sh", "-n", DEPLOY / "systemd" / "provning"], check=True)


class Echo(http.server.BaseHTTPRequestHandler):
    """Answers with the headers that it was sent."""

    def do_GET(self) -> None:
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # its own name
        """Print nothing."""


@contextmanager
def upstream() -> Iterator[int]:
    """Serve in place of the program."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Echo) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


@contextmanager
def proxy(folder: Path, behind: int) -> Iterator[tuple[int, int]]:
    """Run Debian's nginx with the example; yields its ports for http and https."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    openssl = shutil.which("openssl")
    required(program and openssl, "nginx is missing: install nginx-light")
    assert program
    assert openssl
    plain, secure = free_port(), free_port()
    key, certificate = folder / "privkey.pem", folder / "fullchain.pem"
    subprocess.run(
        [openssl, *SELF_SIGNED, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    text = (DEPLOY / "nginx" / "provning.conf").read_text("utf-8")
    for old, new in {
        "127.0.0.1:8000": f"127.0.0.1:{behind}",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "listen 443": f"listen 127.0.0.1:{secure}",
        "    listen [::]:80;\n": "",
        "    listen [::]:443 ssl http2;\n": "",
        "/etc/ssl/provning": str(folder),
        "/var/log/nginx/provning.log": str(folder / "log"),
    }.items():
        assert old in text
        text = text.replace(old, new)
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log;\nevents {{}}\n"
        f"http {{\n{temporary}{text}\n}}\n",
        "utf-8",
    )
    words: list[str | Path] = [
        program,
        "-p",
        folder,
        "-c",
        folder / "nginx.conf",
        "-e",
        folder / "log",
    ]
    subprocess.run([*words, "-t"], check=True, capture_output=True)
    server = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield plain, secure
    finally:
        server.terminate()
        server.wait(timeout=20)


def fetch(port: int, path: str, **headers: str) -> tuple[int, str]:
    """Fetch by https, certificate unseen; waits for the server to begin."""
    unseen = ssl.create_default_context()
    unseen.check_hostname, unseen.verify_mode = False, ssl.CERT_NONE
    asked = urllib.request.Request(f"https://127.0.0.1:{port}{path}", headers=headers)
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(asked, timeout=5, context=unseen) as answer:  # noqa: S310 # our own
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, ""
        except OSError:
            threading.Event().wait(0.1)
    pytest.fail("nginx did not begin")


def test_nginx_proxies_and_believes_nothing_that_a_browser_says(tmp_path: Path) -> None:
    with upstream() as behind, proxy(tmp_path, behind) as (plain, secure):
        lies = {"X-Forwarded-For": "10.0.0.1", "X-Forwarded-Proto": "http"}
        lies |= {"X-Request-Id": "190001019802", "X-Client-Certificate": "CN=admin"}
        status, told = fetch(secure, "/elever/190001019802/", **lies)
        assert status == 200
        sent = json.loads(told)
        assert (sent["x-forwarded-proto"], sent["x-forwarded-for"]) == ("https", "127.0.0.1")
        assert re.fullmatch("[0-9a-f]{32}", sent["x-request-id"])
        assert "x-client-certificate" not in sent
        assert fetch(secure, "/metrics")[0] == 404
        asked = HTTPConnection("127.0.0.1", plain, timeout=5)
        asked.request("GET", "/x?y=1", headers={"Host": "provning.example.se"})
        answer = asked.getresponse()
        location = answer.getheader("Location")
        asked.close()
    assert (answer.status, location) == (308, "https://provning.example.se/x?y=1")
    logged = "".join(path.read_text("utf-8") for path in tmp_path.glob("*log*"))
    assert "190001019802" not in logged
