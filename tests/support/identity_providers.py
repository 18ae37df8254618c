"""Identity providers for the tests: real programs on this machine, each started once.

`oidc-provider-mock` in Python, `oidc-provider` in Node and Debian's SimpleSAMLphp.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urljoin

import requests
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.support.require import required

HERE = Path(__file__).parent
SIMPLESAML = Path("/usr/share/simplesamlphp/www")
SECONDS = 30
CERTIFICATE = (
    "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=idp",
)  # fmt: skip


@dataclass(frozen=True)
class Running:
    """A provider that answers: its address, and for SAML the certificate it signs with."""

    address: str
    certificate: str = ""


def free_port() -> int:
    """Return a port nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def started(
    command: list[str], probe: str, environment: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a program until the block ends; enter it when the address answers."""
    with subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=HERE,
    ) as process:
        try:
            _wait_for(probe)
            yield
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        try:
            if requests.get(address, timeout=SECONDS).ok:
                return
        except requests.RequestException:
            time.sleep(0.05)
    message = f"{address} does not answer"
    raise TimeoutError(message)


def python_oidc() -> Iterator[Running]:
    """Run oidc-provider-mock."""
    port = free_port()
    address = f"http://localhost:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "-p", str(port)]
    with started(command, f"{address}/.well-known/openid-configuration"):
        yield Running(address)


def node_oidc(callback: str, public_key: Mapping[str, str]) -> Iterator[Running]:
    """Run oidc-provider, with a client that signs its name."""
    node = shutil.which("node")
    installed = (HERE / "oidc" / "node_modules").exists()
    required(node and installed, "oidc-provider is missing: npm ci --prefix tests/support/oidc")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    client = {
        "client_id": "provning",
        "token_endpoint_auth_method": "private_key_jwt",
        "jwks": {"keys": [dict(public_key)]},
        "redirect_uris": [callback],
        "response_types": ["code"],
        "grant_types": ["authorization_code"],
    }
    command = [str(node), "oidc/provider.mjs", str(port), json.dumps([client])]
    with started(command, f"{address}/.well-known/openid-configuration"):
        yield Running(address)


def simplesaml(folder: Path, people: Mapping[str, Mapping[str, list[str]]]) -> Iterator[Running]:
    """Run SimpleSAMLphp with a configuration of its own; `people` by "name:password"."""
    php = shutil.which("php")
    required(php and SIMPLESAML.exists(), "SimpleSAMLphp is missing: install simplesamlphp php-xml")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    shutil.copytree(HERE / "simplesaml", folder, dirs_exist_ok=True)
    for name in ("cert", "log", "data", "tmp"):
        (folder / name).mkdir()
    (folder / "people.json").write_text(json.dumps(people), "utf-8")
    files = ("-keyout", str(folder / "cert/idp.key"), "-out", str(folder / "cert/idp.crt"))
    subprocess.run([*CERTIFICATE, *files], check=True, capture_output=True)
    environment = {"IDP_ADDRESS": address, "SIMPLESAMLPHP_CONFIG_DIR": str(folder)}
    command = [
        str(php), "-S", f"127.0.0.1:{port}", "-t", str(SIMPLESAML), str(folder / "router.php"),
    ]  # fmt: skip
    with started(command, f"{address}/saml2/idp/metadata.php", environment):
        yield Running(address, (folder / "cert/idp.crt").read_text())


class Form(HTMLParser):
    """The first form of a page at a provider: where it goes and what it holds."""

    def __init__(self, html: str) -> None:
        """Read the page."""
        super().__init__()
        self.action = ""
        self.fields: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the form and its inputs."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form" and not self.action:
            self.action = unescape(has.get("action", "")) or "?"
        if tag == "input" and has.get("type") == "hidden" and has.get("name"):
            self.fields[has["name"]] = has.get("value", "")


def sign_in_at_python(address: str, sub: str, claims: Mapping[str, str]) -> str:
    """Sign in at oidc-provider-mock; returns where it sends the browser."""
    base = address.partition("/oauth2")[0]
    requests.put(f"{base}/users/{sub}", json=dict(claims), timeout=SECONDS).raise_for_status()
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=SECONDS)
    return answer.headers["Location"]


def sign_in_at_node(address: str, sub: str, claims: Mapping[str, str], acr: str = "") -> str:
    """Sign in at oidc-provider; returns where it sends the browser."""
    said = {"sub": sub, "claims": json.dumps(claims), **({"acr": acr} if acr else {})}
    browser = requests.Session()
    while True:
        answer = browser.get(address, allow_redirects=False, timeout=SECONDS)
        address = urljoin(address, answer.headers["Location"])
        if "/interaction/" in address:
            address = f"{address}?{urlencode(said)}"
        if "/svar/" in address:
            return address


def sign_in_at_simplesaml(
    address: str, username: str, password: str, browser: requests.Session | None = None
) -> dict[str, str]:
    """Sign in at SimpleSAMLphp; returns the fields of the form that it posts to us."""
    browser = browser or requests.Session()
    page = browser.get(address, timeout=SECONDS)
    form = Form(page.text)
    if "SAMLResponse" not in form.fields:
        sent = form.fields | {"username": username, "password": password}
        page = browser.post(urljoin(page.url, form.action), data=sent, timeout=SECONDS)
        form = Form(page.text)
    return form.fields


def new_key() -> rsa.RSAPrivateKey:
    """Return a key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)
