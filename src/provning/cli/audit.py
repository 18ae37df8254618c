"""`provning audit`: whether the whole chain holds, and its end as an anchor outside the database.

Whoever can write the whole database can write a whole new chain that holds by itself. It cannot
end in a digest that was mailed or printed before: that is what `head` is for, once a day.
"""

import argparse
import json
import sys
from datetime import date
from pathlib import Path
from smtplib import SMTPException

import django

from provning.cli.environment import expect_database, today, use_database_file

BROKEN, NOT_RUN = 1, 2
TEMPLATE = Path(__file__).parent / "templates_typst" / "head.typ"
SUBJECT = "Händelseloggens kontrollsumma {day}"
BODY = """Händelseloggen i Prövning slutade {day} så här:

{head}

Spara meddelandet utanför Prövning. Så här visas senare att loggen inte har skrivits om:

./prov audit verify --head {head}
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take what to do with the trail, and which database when it is not the configured one."""
    ways = parser.add_subparsers(dest="way", required=True, metavar="verify|head")
    verify = ways.add_parser("verify", help="kontrollera att kedjan är hel")
    verify.add_argument("--head", metavar="HASH", help="en kontrollsumma som antecknades tidigare")
    head = ways.add_parser("head", help="skriv kedjans slut, att spara utanför databasen")
    head.add_argument("--store", action="store_true", help="spara det också som dagens ankare")
    head.add_argument(
        "--mail", action="store_true", help="skicka det till mottagarna i PROVNING_AUDIT_MAIL"
    )
    head.add_argument("--out", metavar="FIL", help="skriv det som en sida, .pdf eller .txt")
    for way in (verify, head):
        way.add_argument(
            "--database", metavar="FIL", help="en SQLite-fil i stället för den inställda"
        )


def run(arguments: argparse.Namespace) -> int:
    """Do what is asked; 1 when the chain is broken or a mail is not sent, 2 without a trail."""
    if arguments.database:
        use_database_file(arguments.database)
    django.setup()
    expect_database()
    if arguments.way == "head":
        return _head(arguments)
    return _verify(arguments.head)


def _verify(written: str | None) -> int:
    from provning.audit.anchors import read_head
    from provning.audit.queries import verify_chain

    noted = read_head(written) if written else None
    if written and noted is None:
        print("Kontrollsumman ska vara 64 tecken, gärna med händelsens nummer och kolon före.",
              file=sys.stderr)  # fmt: skip
        return NOT_RUN
    report = verify_chain(noted)
    if report.fault:
        where = "" if report.broken_at is None else f" Första brutna länken: {report.broken_at}."
        print(f"Kedjan håller inte: {report.fault}.{where} {report.events} händelser före är hela.")
        return BROKEN
    print(f"Kedjan är hel: {report.events} händelser, senaste kontrollsumma {report.head}")
    if noted:
        print("Kontrollsumman som antecknades står i kedjan: inget före den har ändrats.")
    return 0


def _head(arguments: argparse.Namespace) -> int:
    """Print the end of the chain, and keep, mail or write it as asked."""
    from provning.audit.actions import keep_anchor
    from provning.audit.queries import chain_head

    day = today()
    end = chain_head()
    head = f"{end.number}:{end.digest}"
    if arguments.store:
        kept, _new = keep_anchor(today=day)
        head = str(kept)
    print(head)
    if arguments.out:
        _write(Path(arguments.out), head, day)
    return _mail(head, day) if arguments.mail else 0


def _write(out: Path, head: str, day: date) -> None:
    """Write a page to print: as PDF/A, or as text."""
    text = BODY.format(day=day, head=head)
    if out.suffix.lower() != ".pdf":
        out.write_text(text, "utf-8")
        return
    from provning.catalogues.press import Press

    number, _colon, digest = head.partition(":")
    parts = [digest[place : place + 8] for place in range(0, len(digest), 8)]
    data = {"day": day.isoformat(), "number": number, "parts": parts}
    with Press(TEMPLATE) as press:
        out.write_bytes(press.print(json.dumps(data)))


def _mail(head: str, day: date) -> int:
    """Mail the end to those who keep it; a mail that is not sent is a failure that is seen."""
    from django.conf import settings
    from django.core.mail import send_mail

    if not settings.AUDIT_MAIL:
        print("Ingen mottagare är inställd: ange PROVNING_AUDIT_MAIL.", file=sys.stderr)
        return NOT_RUN
    try:
        send_mail(SUBJECT.format(day=day), BODY.format(day=day, head=head), None,
                  settings.AUDIT_MAIL)  # fmt: skip
    except (SMTPException, OSError) as error:
        print(f"Meddelandet kunde inte skickas: {error}", file=sys.stderr)
        return BROKEN
    return 0
