"""The words around an extract's content, in Swedish and for the translation beside it."""

from collections.abc import Mapping
from dataclasses import dataclass

from provning.catalogues.content import Mark
from provning.catalogues.rendering import SCALE_LEGENDS
from provning.extracts.content import RemarkKind


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is said in one language; texts with braces are `str.format` templates.

    `course_columns` and `level_columns` are the heads of the two kinds of table, in the order of
    the cells. `facts` are the labels over the head's values. `translation` says what the page is
    not, "" on the document of record.
    """

    lang: str
    school_form: str
    title: str
    subtitle: str
    translation: str
    courses: str
    levels: str
    school_levels: Mapping[str, str]
    course_columns: tuple[str, ...]
    level_columns: tuple[str, ...]
    facts: Mapping[str, str]
    marks: Mapping[Mark, str]
    mark_legends: Mapping[Mark, str]
    scale_legends: Mapping[str, str]
    points_legend: str
    levels_legend: str
    choice_legend: str
    remarks: Mapping[RemarkKind, str]
    legend_title: str
    copy: str
    replaces: str
    preview: str
    watermark: str
    page: str


SWEDISH = Words(
    lang="sv",
    school_form="Kommunal vuxenutbildning",
    title="Utdrag ur betygskatalogen",
    subtitle="Betyg efter prövning",
    translation="",
    courses="{level}, kurser",
    levels="{level}, ämnen med nivåer (Gy25)",
    school_levels={},
    course_columns=(
        "Kurs", "Kurskod", "Poäng", "Betyg", "Betygsdatum", "Markering", "Övriga upplysningar",
    ),
    level_columns=(
        "Ämne", "Nivåkod", "Nivåer", "Poäng", "Betyg", "Betygsdatum", "Markering",
        "Övriga upplysningar",
    ),
    facts={
        "last_name": "Efternamn",
        "first_name": "Förnamn",
        "identity_number": "Personnummer",
        "unit": "Skolenhet och anordnare",
        "unit_code": "Skolenhetskod",
        "issued_on": "Utfärdat",
        "organiser": "Huvudman",
        "municipality": "Kommun",
        "document_id": "Utdragets nummer",
    },
    marks={},
    mark_legends={
        Mark.TRIAL: "Prövning: betyget är satt efter prövning (skollagen 20 kap. 40 §).",
        Mark.REPLACED: "Ersatt: ett godkänt betyg på en högre nivå i ämnet har ersatt betyget"
        " (skollagen 20 kap. 35 a §).",
    },
    scale_legends=SCALE_LEGENDS,
    points_legend="Poäng: kursens eller nivåns omfattning.",
    levels_legend="Nivåer: de nivåer i ämnet som betyget omfattar; poängen är summan av dem.",
    choice_legend="Utdraget innehåller de betyg som personen har valt"
    " (förordning 2011:1108, 4 kap. 12 §).",
    remarks={
        RemarkKind.SPECIALISATION: "Inriktning: {text}",
        RemarkKind.LANGUAGE: "Språk: {text}",
        RemarkKind.PROJECT: "Komvuxarbete: {text}",
        RemarkKind.REPLACED: "Ersatt av godkänt betyg på {text}",
        RemarkKind.QUALIFICATION: "Betyget motsvarar nivå {text} i den nationella referensramen"
        " för kvalifikationer (SeQF)",
    },
    legend_title="Förklaringar",
    copy="Kopia av {original}, skriven {day}. Originalet har förkommit.",
    replaces="Ersätter {document}, som inte längre gäller.",
    preview="Förhandsvisning: utdraget är inte utfärdat och undertecknas inte.",
    watermark="FÖRHANDSVISNING",
    page="Sida {page} av {pages}",
)  # fmt: skip

ENGLISH = Words(
    lang="en",
    school_form="Municipal adult education",
    title="Extract from the grade register",
    subtitle="Grades set after examination (prövning)",
    translation="Courtesy translation – not the document of record. The Swedish extract {document}"
    " on the pages before is the only valid one. Names of courses without an official English name"
    " are left in Swedish.",
    courses="{level}, courses",
    levels="{level}, subjects with levels (Gy25)",
    school_levels={
        "gymnasial nivå": "upper secondary level",
        "grundläggande nivå": "basic level",
        "svenska för invandrare": "Swedish for immigrants",
        "anpassad utbildning på grundläggande nivå": "adapted education at basic level",
        "anpassad utbildning på gymnasial nivå": "adapted education at upper secondary level",
    },
    course_columns=(
        "Course", "Course code", "Credits", "Grade", "Date of grade", "Mark", "Further information",
    ),
    level_columns=(
        "Subject", "Level code", "Levels", "Credits", "Grade", "Date of grade", "Mark",
        "Further information",
    ),
    facts={
        "last_name": "Family name",
        "first_name": "Given name",
        "identity_number": "Swedish identity number",
        "unit": "School unit and provider",
        "unit_code": "School unit code",
        "issued_on": "Issued on",
        "organiser": "Responsible municipality",
        "municipality": "Municipality",
        "document_id": "Number of the extract",
    },
    marks={Mark.REPLACED: "Replaced"},
    mark_legends={
        Mark.TRIAL: "Prövning: the grade was set after an examination on the whole course or level,"
        " without teaching (Education Act, chapter 20, section 40).",
        Mark.REPLACED: "Replaced: a pass on a higher level of the subject has replaced the grade"
        " (Education Act, chapter 20, section 35 a).",
    },
    scale_legends={
        "A–F": "Grades A–E: pass, A is the highest. F: fail.",
        "A–E": "Grades A–E: pass, A is the highest.",
        "E/F": "Grade E: pass. F: fail.",
        "G/IG": "Grade G (Godkänt): pass. IG (Icke godkänt): fail.",
        "G": "Grade G (Godkänt): pass.",
        "E": "Grade E: pass.",
    },
    points_legend="Credits: the extent of the course or level; 20 credits are one week of full-time"
    " studies.",
    levels_legend="Levels: the levels of the subject that the grade covers; the credits are those"
    " of all of them.",
    choice_legend="The extract holds the grades that the person has chosen"
    " (Ordinance 2011:1108, chapter 4, section 12).",
    remarks={
        RemarkKind.SPECIALISATION: "Specialisation: {text}",
        RemarkKind.LANGUAGE: "Language: {text}",
        RemarkKind.PROJECT: "Diploma project: {text}",
        RemarkKind.REPLACED: "Replaced by a pass in {text}",
        RemarkKind.QUALIFICATION: "Corresponds to level {text} of the Swedish Qualifications"
        " Framework (SeQF)",
    },
    legend_title="Explanations",
    copy="Copy of {original}, made on {day}. The original was lost.",
    replaces="Replaces {document}, which is no longer valid.",
    preview="Preview: the extract has not been issued and is not signed.",
    watermark="PREVIEW",
    page="Page {page} of {pages}",
)  # fmt: skip
