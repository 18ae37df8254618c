"""Feed every reader with damaged samples, guided by what of the program they reach.

`python -m tests.fuzz --runs 1000000` shares the inputs among the readers and stops at the first
that breaks one, with the input kept in a file; `--only NAME` takes one reader, `--input FILE` gives
it that file alone, to see what broke it. Needs `atheris` beside the development set: it is large,
and has no release for every Python that the program runs on (see CONTRIBUTING.md).
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django

TOTAL = 1_000_000
LONGEST = 4096
SEED = "1"
AT_ONCE = os.cpu_count() or 1
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "provning.config.settings")


def main() -> int:
    """Run the readers side by side, each in a process of its own; 1 when one broke."""
    options = _options()
    if options.child:
        return _feed(options.child, options.rest)
    django.setup()
    from tests.fuzz.targets import TARGETS

    chosen = {name: each for name, each in TARGETS.items() if options.only in ("", name)}
    if options.input:
        for target in chosen.values():
            target.read(options.input.read_bytes())
        return 0
    shares = sum(each.share for each in chosen.values())
    runs = {name: -(-options.runs * each.share // shares) for name, each in chosen.items()}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        broken = [name for name in pool.map(lambda each: _run(*each), runs.items()) if name]
    print(f"{sum(runs.values())} inputs to {len(runs)} readers, {len(broken)} of them broke.")
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("--runs", type=int, default=TOTAL, help="inputs in all")
    parser.add_argument("--only", default="", help="one reader by its name")
    parser.add_argument("--input", type=Path, help="a file that broke the reader named by --only")
    parser.add_argument("--child", default="", help=argparse.SUPPRESS)
    parser.add_argument("rest", nargs="*", help=argparse.SUPPRESS)
    return parser.parse_args()


def _run(name: str, runs: int) -> str:
    """Feed one reader in a process of its own; its name when it broke, otherwise ""."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="provning-fuzz-") as corpus:
        command = [sys.executable, "-m", "tests.fuzz", "--child", name, "--", corpus]
        command += [f"-runs={runs}", f"-max_len={LONGEST}", f"-seed={SEED}", "-timeout=20"]
        kept = Path(tempfile.gettempdir()) / f"fuzz-{name}-"
        command += ["-rss_limit_mb=3000", f"-artifact_prefix={kept}", "-print_final_stats=1"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"{name}: {runs} inputs in {time.monotonic() - started:.0f} s", flush=True)
    if done.returncode:
        print(done.stdout[-3000:], done.stderr[-6000:], sep="\n", flush=True)
        return name
    return ""


def _feed(name: str, arguments: list[str]) -> int:
    """Hand the process over to the library, which ends it."""
    import atheris  # type: ignore[import-untyped,import-not-found,unused-ignore] # Not in the lock; see above.

    with atheris.instrument_imports(include=["provning"]):
        django.setup()
        from tests.fuzz.targets import TARGETS
    target, corpus = TARGETS[name], Path(arguments[0])
    for place, sample in enumerate(target.samples):
        (corpus / f"sample-{place}").write_bytes(sample)
    atheris.Setup([name, *arguments], target.read)
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
