"""What goes on: the worker, its jobs, backups, and what people have not set up yet."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from provning.accounts.assurance import ENOUGH, PASSWORD
from provning.accounts.models import RoleAssignment
from provning.accounts.providers import providers
from provning.accounts.queries import weak_givers
from provning.kernel.terms import Term
from provning.operations.finding import Finding, fault, warning, well
from provning.operations.queries import last_backup, last_beat
from provning.operations.workers import SILENT
from provning.organisation.models import Organiser, Provider, SchoolUnit
from provning.organisation.role_reviews import lone_administrator_due
from provning.people.queries import deciders_without_person

WAITED = timedelta(minutes=15)
BACKUP_AGE = timedelta(hours=26)
"""A day, and time for the backup itself."""
DAY = timedelta(days=1)


def worker(now: datetime) -> Iterator[Finding]:
    """Look whether somebody takes the jobs."""
    beat = last_beat()
    if beat is None or now - beat > SILENT:
        since = beat.isoformat(timespec="minutes") if beat else _("aldrig")
        yield fault(
            "worker",
            _("Ingen utför jobben: senaste livstecknet är %(since)s.") % {"since": since},
            _("Starta programmet med ./prov serve, eller jobben för sig med ./prov worker"),
        )
    else:
        yield well("worker", _("Jobben utförs."))


def jobs(now: datetime) -> Iterator[Finding]:
    """Look whether jobs wait too long, or have failed since yesterday."""
    ready = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    late = ready.filter(enqueued_at__lt=now - WAITED, run_after__lt=now - WAITED).count()
    failed = DBTaskResult.objects.filter(
        status=TaskResultStatus.FAILED, finished_at__gt=now - DAY
    ).count()
    if late:
        yield fault(
            "jobs_late",
            _("%(count)s jobb har väntat längre än en kvart.") % {"count": late},
            _("Se i loggen vad som tar tid, och starta om: systemctl restart provning"),
        )
    if failed:
        yield warning(
            "jobs_failed",
            _("%(count)s jobb har misslyckats det senaste dygnet.") % {"count": failed},
            _("Se efter i loggen vilka de är, rätta orsaken och beställ om dem."),
        )
    if not late and not failed:
        yield well("jobs", _("Inga jobb väntar för länge eller har misslyckats."))


def backups(now: datetime) -> Iterator[Finding]:
    """Look how old the latest backup is."""
    taken = last_backup()
    remedy = _("Ta en nu (./prov backup), och se till att det sker varje natt: "
               "deploy/systemd/provning-backup.timer")  # fmt: skip
    if taken is None:
        yield fault("backup", _("Ingen säkerhetskopia har tagits."), remedy)
    elif now - taken > BACKUP_AGE:
        days = (now - taken).days
        yield warning(
            "backup",
            _("Senaste säkerhetskopian är %(days)s dygn gammal.") % {"days": days},
            remedy,
        )
    else:
        yield well("backup", _("En säkerhetskopia har tagits det senaste dygnet."))


def organisation(now: datetime) -> Iterator[Finding]:
    """Look whether what everything else rests on is registered."""
    day = now.date()
    if not Organiser.objects.exists():
        yield warning(
            "organiser",
            _("Ingen huvudman är upplagd."),
            _("Följ handbokens kapitel Första dagen."),
        )
        return
    if not _administrators(now):
        yield fault(
            "administrator",
            _("Ingen har rollen systemadministratör."),
            _("Ge någon rollen, se handbokens kapitel Roller."),
        )
    yield from _lone_administrator(day)
    yield from _deciders(day)
    bare = list(SchoolUnit.objects.filter(initials=None).values_list("name", flat=True))
    if bare:
        yield warning(
            "initials",
            _("Skolenheter utan skolinitialer: %(names)s.") % {"names": ", ".join(sorted(bare))},
            _("Ange initialerna: utan dem kan inga prövningsgrupper få namn."),
        )
    term = Term.of(day)
    without = Provider.objects.exclude(
        calendars__year=term.year, calendars__season=term.season.value
    ).values_list("name", flat=True)
    if without:
        yield warning(
            "calendar",
            _("Anordnare utan terminstider för %(term)s: %(names)s.")
            % {"term": term, "names": ", ".join(sorted(without))},
            _("Ange terminens första och sista dag."),
        )
    silent = Organiser.objects.exclude(policies__key="requests_mail_to")
    for name in silent.values_list("name", flat=True):
        yield warning(
            "policies",
            _("%(name)s har inte bestämt vart begäranden mejlas.") % {"name": name},
            _("Ange den lokala regeln ”E-post till Vuxenutbildningscentrum”."),
        )


def _lone_administrator(day: date) -> Iterator[Finding]:
    """Look whether a role waits for a review that nobody can make."""
    due = lone_administrator_due(day)
    if due and due < day:
        yield warning(
            "review",
            _("Den enda systemadministratörens roll skulle ha granskats senast %(day)s, och ingen "
              "annan kan granska den.") % {"day": due.isoformat()},
            _("Ge någon mer rollen Systemadministratör under Roller, så att de granskar "
              "varandras."),
        )  # fmt: skip


def _deciders(day: date) -> Iterator[Finding]:
    """Look whether whoever decides grades by a role is a person, without which nothing is decided.

    Counts, not names: the report is read by who runs the machine, and the accounts are listed on
    the screen of accounts.
    """
    count = deciders_without_person(day).count()
    if count:
        said = ngettext(
            "%(count)s konto har en roll som beslutar eller rättar betyg men hör inte till någon "
            "person, och kan inte göra det.",
            "%(count)s konton har en roll som beslutar eller rättar betyg men hör inte till någon "
            "person, och kan inte göra det.",
            count,
        )
        yield warning(
            "accounts_without_person",
            said % {"count": count},
            _("Koppla kontot till personen på kontots sida under Konton."),
        )


def givers(now: datetime) -> Iterator[Finding]:
    """Look whether whoever may give roles can sign in strongly, where that is asked for.

    Until they can, they give none, and whoever learns the password may add a second step to it.
    """
    if settings.ASSURANCE == PASSWORD:
        return
    known = providers(settings.IDENTITY_PROVIDERS)
    strong = [each.name for each in known if each.level_values(ENOUGH)]
    count = weak_givers(now.date(), strong).count()
    if count:
        said = ngettext(
            "%(count)s konto som får ge roller har varken ett andra steg eller en inloggning på "
            "tillitsnivå 3.",
            "%(count)s konton som får ge roller har varken ett andra steg eller en inloggning på "
            "tillitsnivå 3.",
            count,
        )
        yield warning(
            "weak_givers",
            said % {"count": count},
            _("Be innehavaren lägga till ett andra steg under Ditt konto, eller avsluta rollen."),
        )


def _administrators(now: datetime) -> int:
    day = now.date()
    held = RoleAssignment.objects.filter(role="system_administrator", user__is_active=True)
    return held.filter(valid_from__lte=day).exclude(valid_to__lt=day).count()
