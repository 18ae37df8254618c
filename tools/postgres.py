"""A throw-away PostgreSQL: made, used and removed, for tests and for measuring.

`python tools/postgres.py -- COMMAND …` runs the command with DATABASE_URL set and ends with its
exit status; without a command the address is printed and the server runs until it is interrupted.
"""

import argparse
import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
ACCOUNT = "postgres"
# The cluster is thrown away, so it need not survive a power cut.
MEMORY = Path("/dev/shm")  # noqa: S108 # Linux's own; what is made in it has a name of its own.
ROOM = 2**31
QUICK = (
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal",
    "max_wal_senders=0", "autovacuum=off", "jit=off",
)  # fmt: skip


def main() -> int:
    """Run the command against a new server, or serve until interrupted."""
    options = _options()
    binaries = find_binaries()
    if binaries is None:
        print("PostgreSQL is not installed: apt install postgresql.", file=sys.stderr)
        return 1
    with server(binaries) as url:
        if options.command:
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(options.command, env=environment, check=False).returncode
        print(url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            signal.pause()
    return 0


def find_binaries() -> Path | None:
    """Return the folder of PostgreSQL's programs, the newest of Debian's, or None."""
    versions = [path for path in DEBIAN.glob("*/bin") if (path / "initdb").exists()]
    if versions:
        return max(versions, key=lambda path: int(path.parent.name))
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def quick_folder() -> Path | None:
    """Return where throw-away files lie in memory with 2 GiB free, or None; TMPDIR is obeyed."""
    if os.environ.get("TMPDIR") or not os.access(MEMORY, os.W_OK):
        return None
    return MEMORY if shutil.disk_usage(MEMORY).free >= ROOM else None


@contextlib.contextmanager
def server(binaries: Path) -> Iterator[str]:
    """Start a new cluster on a free port of this machine; yield its URL; remove it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="provning-postgres-", dir=quick_folder()))
    account = _account()
    if account:
        os.chown(folder, account.pw_uid, account.pw_gid)
    data = folder / "data"
    try:
        _run([binaries / "initdb", "-D", data, "-U", ACCOUNT, "-A", "trust", "-E", "UTF8",
              "--locale=C.UTF-8", "--no-sync"], account)  # fmt: skip
        port = _free_port()
        settings = " ".join(f"-c {setting}" for setting in (*QUICK, f"port={port}"))
        arguments = f"{settings} -c listen_addresses=127.0.0.1 -k {folder}"
        log = folder / "log"
        _run([binaries / "pg_ctl", "-D", data, "-w", "-l", log, "-o", arguments, "start"], account)
        try:
            yield f"postgres://{ACCOUNT}@127.0.0.1:{port}/{ACCOUNT}"
        finally:
            _run([binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop"], account)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run a command against a new PostgreSQL.")
    parser.add_argument("command", nargs="*", help="the command, after --")
    return parser.parse_args()


def _account() -> pwd.struct_passwd | None:
    """Return whom the server runs as instead of root, which PostgreSQL refuses."""
    return pwd.getpwnam(ACCOUNT) if os.geteuid() == 0 else None


def _run(command: list[str | Path], account: pwd.struct_passwd | None) -> None:
    done = subprocess.run(
        command,
        check=False,
        capture_output=True,
        text=True,
        cwd="/",
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    if done.returncode:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{done.stdout}{done.stderr}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
