"""`provning archive build|verify|dispose|remind`: packages, their check, disposal, reminders."""

import argparse
import io
import sys
import tarfile
from pathlib import Path
from uuid import UUID, uuid4

import django

from provning.cli.environment import expect_database
from provning.kernel.problems import ProblemsFoundError
from provning.kernel.terms import Term

FAULTY = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do, and with what."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="build|verify|dispose|remind")
    build = ways.add_parser("build", help="gör e-arkivpaket (E-ARK SIP) och skriv dem i en mapp")
    build.add_argument("--unit", required=True, help="skolenhetskod, id eller enhetens namn")
    build.add_argument("--term", required=True, help="termin, till exempel VT26")
    build.add_argument("--out", required=True, type=Path, metavar="MAPP", help="där paketen lämnas")
    verify = ways.add_parser("verify", help="kontrollera paket mot deras kontrollsummor")
    verify.add_argument(
        "folder", type=Path, metavar="MAPP", help="ett paket, eller en mapp med paket"
    )
    dispose = ways.add_parser("dispose", help="gallra det som har nått sin gallringsdag")
    ways.add_parser(
        "remind",
        help="påminn nu om leveranser vars sista dag är nära; sker annars av sig självt",
    )
    dispose.add_argument("--dry-run", action="store_true", help="visa vad som skulle gallras")


def run(arguments: argparse.Namespace) -> int:
    """Carry the command out; 1 with what is wrong on standard error."""
    if arguments.way == "verify":
        return _verify(arguments.folder)
    django.setup()
    expect_database()
    try:
        if arguments.way == "build":
            return _build(arguments.unit, Term.parse(arguments.term), arguments.out)
        if arguments.way == "remind":
            return _remind()
        return _dispose(dry_run=arguments.dry_run)
    except ProblemsFoundError as error:
        for problem in error.problems:
            print(problem.text, file=sys.stderr)
        return FAULTY


def _build(named: str, term: Term, out: Path) -> int:
    """Make the unit's packages and unpack each into a folder of its own."""
    from provning.archive.actions import build_packages
    from provning.kernel.actors import system_actor

    unit_id = _unit(named)
    if unit_id is None:
        print(f"Enheten ”{named}” finns inte, eller så heter flera så.", file=sys.stderr)
        return FAULTY
    for package in build_packages(
        actor=system_actor("Prövning", "archive"), unit_id=unit_id, term=term
    ):
        write_package(package.package_id, bytes(package.stored.content), out)
        print(f"{out / package.package_id}: {package.decisions} beslut, {package.files} filer")
    return 0


def write_package(package_id: str, content: bytes, out: Path) -> None:
    """Unpack a package beside a note of its METS.xml's digest, and of the tar file's own."""
    from provning.archive.package.parts import digest

    out.mkdir(parents=True, exist_ok=True)
    _unpack(content, out)
    mets = (out / package_id / "METS.xml").read_bytes()
    note = f"{digest(mets)}  {package_id}/METS.xml\n{digest(content)}  {package_id}.tar\n"
    (out / f"{package_id}.sha256").write_text(note, "ascii")


def _unpack(content: bytes, out: Path) -> None:
    """Write the files of a package; raises ValueError for one that would lie outside the folder.

    By hand, since `extractall` has its filter only from Python 3.11.4, and Debian 12 has 3.11.2.
    """
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is None:
                continue
            path = out / member.name
            if not path.resolve().is_relative_to(out.resolve()):
                raise ValueError(member.name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.read())


def _unit(named: str) -> UUID | None:
    """Return the unit that has the code, the id or the name, None for none or several."""
    from provning.kernel.actors import Permission, system_actor
    from provning.organisation.queries import units_for

    units = units_for(system_actor("Prövning", "archive"), Permission.VIEW_CATALOGUES)
    found = [
        unit.id
        for unit in units
        if named.casefold() in {unit.code, str(unit.id), unit.name.casefold()}
    ]
    return found[0] if len(found) == 1 else None


def _verify(folder: Path) -> int:
    """Check the package in the folder, or each package that the folder holds; needs no database."""
    from provning.archive.package.mets import FILE_NAME
    from provning.archive.package.verifying import files_in, package_faults

    if not folder.is_dir():
        print(f"Mappen {folder} finns inte.", file=sys.stderr)
        return FAULTY
    inside = sorted(path for path in folder.iterdir() if (path / FILE_NAME).exists())
    packages = [folder] if (folder / FILE_NAME).exists() or not inside else inside
    faulty = 0
    for package in packages:
        faults = package_faults(package)
        faulty += bool(faults)
        for fault in faults:
            print(f"{package.name}: {fault}", file=sys.stderr)
        if not faults:
            print(f"{package.name} är hel: {files_in(package)} filer")
    return FAULTY if faulty else 0


def _remind() -> int:
    """Remind those whose turn it is with a delivery, each last day once."""
    from provning.archive.actions import remind_of_deliveries
    from provning.cli.environment import today
    from provning.kernel.actors import system_actor

    made = remind_of_deliveries(actor=system_actor("Prövning", "reminder"), today=today())
    for each in made:
        print(f"{each.unit.name}, senast {each.due}: {each.recipients} konton påminns")
    if not made:
        print("Ingen behöver påminnas i dag.")
    return 0


def _dispose(*, dry_run: bool) -> int:
    """Show what has come to its day, and remove it unless it is only to be shown."""
    from provning.archive.actions import dispose
    from provning.archive.queries import disposal_previews
    from provning.cli.environment import today
    from provning.kernel.actors import system_actor

    actor, day = system_actor("Prövning", "disposal"), today()
    for preview in disposal_previews(actor, day):
        for each in preview.kinds:
            if each.rows:
                print(f"{preview.name}: {each.kind.label}, {len(each.rows)} före {each.before}")
            for row in each.rows if dry_run else ():
                print(f"    {row.day} {row.text} ({row.key})")
        if preview.total and not dry_run:
            run = dispose(
                actor=actor,
                organiser_id=preview.organiser_id,
                seen=preview.fingerprint,
                submission=uuid4(),
                today=day,
            )
            print(f"{preview.name}: {run.total} rader gallrade")
        if not preview.total:
            print(f"{preview.name}: ingenting har nått sin gallringsdag")
    return 0
