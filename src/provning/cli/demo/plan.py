"""The demo's invented municipality as data: who arranges, who works there, what is examined."""

from dataclasses import dataclass

ORGANISER = "Sjöstads kommun"
MUNICIPALITY = "Sjöstad"
MUNICIPALITY_CODE = "9999"
REQUESTS_MAIL = "adminkontakt@vux.sjostad.example"


@dataclass(frozen=True, slots=True)
class PlannedUnit:
    """A school unit with its initials and its offer; `teachers` grade there."""

    key: str
    provider: str
    name: str
    code: str
    initials: str
    principal: str
    teachers: tuple[str, ...]
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedProvider:
    """A provider: own-run or contracted."""

    key: str
    name: str
    kind: str
    organisation_number: str
    has_grading_right: bool = False


@dataclass(frozen=True, slots=True)
class PlannedAccount:
    """A sign-in; `scope` is the key of a provider or unit, "" for the organiser."""

    username: str
    name: str
    role: str
    scope: str


PROVIDERS = (
    PlannedProvider("vux", "Vuxenutbildning Sjöstad", "internal", "212000-9993"),
    PlannedProvider(
        "kunskap", "Kunskapskompaniet AB", "external", "556000-9995", has_grading_right=True
    ),
)

UNITS = (
    PlannedUnit(
        "centrum",
        "vux",
        "Komvux Centrum",
        "99990001",
        "KC",
        "Anders Hellqvist",
        ("Karin Wallgren", "Tomas Brännström", "Leila Haddad"),
        (
            "MATMAT01b", "MATMAT02b", "MATMAT03b", "MATMAT04", "ENGENG05", "ENGENG06", "ENGENG07",
            "SVESVE01", "SVESVE02", "SVESVE03", "SAMSAM01b", "HISHIS01b", "RELREL01", "NAKNAK01b",
            "FYSFYS01a", "KEMKEM01",
        ),
    ),
    PlannedUnit(
        "hamnen",
        "vux",
        "Komvux Hamnen",
        "99990002",
        "KH",
        "Ingrid Rosenlund",
        ("Peter Lindqvist", "Sofia Ekdahl"),
        (
            "GRNMAT2", "GRNENG2", "GRNSVE2", "GRNBIO2", "PSKPSY02a", "OMVOMV01", "SOISOO0",
            "PSKPSY01", "HALHAL0", "PEDKOU0", "PEDLÄR0", "GRNSVA2",
        ),
    ),
    PlannedUnit(
        "kompaniet",
        "kunskap",
        "Kunskapskompaniet Sjöstad",
        "99990003",
        "KK",
        "Mikael Strandh",
        ("Eva Norling", "Amir Rahimi"),
        (
            "FÖRFÖR01", "FÖRENT0", "FÖRRED01", "FÖRRED02", "JURPRI0", "WEUWEB01", "PRRPRR01",
            "DAODAT01a", "TEKTEK01", "ADMADM01", "FÖRMAD0", "LEDLED0",
        ),
    ),
)  # fmt: skip

# Levels of Gy25, examined from the autumn of 2026 beside the Gy11 courses.
LEVELS = ("MATO1B00X", "ENGE1000X", "SVEN1000X", "BIOG1000X")

# Two at the central office and two administrators: what one of them proposes the other approves.
ACCOUNTS = (
    PlannedAccount("admin.vux", "Lena Sandström", "internal_provider_manager", "vux"),
    PlannedAccount("admin.hamnen", "Jonas Berglund", "internal_provider", "hamnen"),
    PlannedAccount("ansvarig.kompaniet", "Petra Falk", "external_provider_manager", "kunskap"),
    PlannedAccount("admin.kompaniet", "Hassan Demir", "external_provider", "kompaniet"),
    PlannedAccount("betyg.vux", "Maj-Britt Öberg", "grade_administrator", "vux"),
    PlannedAccount("larare", "Karin Wallgren", "grading_teacher", "centrum"),
    PlannedAccount("larare.tomas", "Tomas Brännström", "grading_teacher", "centrum"),
    PlannedAccount("larare.leila", "Leila Haddad", "grading_teacher", "centrum"),
    PlannedAccount("larare.peter", "Peter Lindqvist", "grading_teacher", "hamnen"),
    PlannedAccount("larare.sofia", "Sofia Ekdahl", "grading_teacher", "hamnen"),
    PlannedAccount("larare.eva", "Eva Norling", "grading_teacher", "kompaniet"),
    PlannedAccount("larare.amir", "Amir Rahimi", "grading_teacher", "kompaniet"),
    PlannedAccount("rektor", "Anders Hellqvist", "principal", "centrum"),
    PlannedAccount("vuxcentrum", "Birgitta Ståhl", "adult_education_centre", ""),
    PlannedAccount("vuxcentrum.stefan", "Stefan Nordin", "adult_education_centre", ""),
    PlannedAccount("system", "Nils Forsman", "system_administrator", ""),
    PlannedAccount("system.irene", "Irene Åkesson", "system_administrator", ""),
)
