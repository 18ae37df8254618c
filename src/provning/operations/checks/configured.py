"""The settings: keys, encryption on the way, mail, backups."""

import smtplib
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.utils.translation import gettext as _

from provning.operations.finding import Finding, fault, warning, well

UNSAFE = "unsafe-key"
LEAST_KEY = 50
SECONDS = 5
LOOPBACK = {"127.0.0.1", "localhost", "::1"}
UNSENT = ("console", "dummy", "locmem", "filebased")


def secret_key() -> Iterator[Finding]:
    """Look at the key that signs sessions."""
    if settings.SECRET_KEY.startswith(UNSAFE):
        yield fault(
            "secret_key",
            _("Installationen har ingen egen hemlig nyckel."),
            _("Starta med ./prov serve, som gör en, eller ange PROVNING_SECRET_KEY_FILE."),
        )
    elif len(settings.SECRET_KEY) < LEAST_KEY:
        yield fault(
            "secret_key",
            _("Den hemliga nyckeln är kortare än %(least)s tecken.") % {"least": LEAST_KEY},
            _("Gör en ny: openssl rand -base64 48. Alla får logga in igen."),
        )
    else:
        yield well("secret_key", _("Installationen har en egen hemlig nyckel."))


def debugging() -> Iterator[Finding]:
    """Look that pages of debugging are shown to nobody."""
    if settings.DEBUG:
        yield fault(
            "debug",
            _("Felsökningssidor visas för alla, med uppgifter ur databasen."),
            _("Ta bort PROVNING_DEBUG och starta om."),
        )


def encryption() -> Iterator[Finding]:
    """Look that who reaches the program from elsewhere does it by https, by a name it answers to.

    One machine's own browser needs none.
    """
    address = urlsplit(settings.PUBLIC_ADDRESS)
    host = address.hostname or ""
    if host in LOOPBACK:
        yield warning(
            "https",
            _("Programmet är uppsatt för en enda dator (%(address)s).")
            % {"address": settings.PUBLIC_ADDRESS},
            _("Ange PROVNING_PUBLIC_ADDRESS när andra ska nå det."),
        )
    elif address.scheme != "https" or not settings.HTTPS:
        yield fault(
            "https",
            _("Trafiken till %(address)s är inte krypterad, eller programmet vet inte om det.")
            % {"address": settings.PUBLIC_ADDRESS},
            _("Låt en proxy avsluta TLS (deploy/nginx), sätt PROVNING_HTTPS=true och https i "
              "PROVNING_PUBLIC_ADDRESS."),
        )  # fmt: skip
    elif not {host, "*", "." + host.partition(".")[2]} & set(settings.ALLOWED_HOSTS):
        yield fault(
            "hosts",
            _("Programmet svarar inte på sitt eget namn, %(host)s.") % {"host": host},
            _("Lägg till namnet i PROVNING_ALLOWED_HOSTS."),
        )
    else:
        yield well("https", _("Trafiken till %(host)s är krypterad.") % {"host": host})


def mail() -> Iterator[Finding]:
    """Look whether notices leave, by asking the mail server whether it is there."""
    if any(name in settings.EMAIL_BACKEND for name in UNSENT):
        yield warning(
            "mail",
            _("Ingen e-post skickas: påminnelser skrivs bara ut på konsolen."),
            _(
                "Ange mejlservern i PROVNING_EMAIL_URL, till exempel smtp+tls://namn:lösen@server:587"
            ),
        )
        return
    try:
        opened = get_connection(timeout=SECONDS)
        opened.open()
        opened.close()
    except (OSError, smtplib.SMTPException) as error:
        yield fault(
            "mail",
            _("Mejlservern %(host)s svarar inte: %(error)s")
            % {"host": settings.EMAIL_HOST, "error": type(error).__name__},
            _("Kontrollera PROVNING_EMAIL_URL och att brandväggen släpper fram trafiken."),
        )
    else:
        yield well("mail", _("Mejlservern %(host)s svarar.") % {"host": settings.EMAIL_HOST})


def sealing() -> Iterator[Finding]:
    """Look whether backups are sealed."""
    if settings.BACKUP_KEY:
        yield well("backup_key", _("Säkerhetskopior krypteras."))
    else:
        yield warning(
            "backup_key",
            _("Säkerhetskopior är inte krypterade."),
            _("Gör en nyckel (openssl rand -base64 32), spara den på två ställen och ange "
              "PROVNING_BACKUP_KEY_FILE."),
        )  # fmt: skip
