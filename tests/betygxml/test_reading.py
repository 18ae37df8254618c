"""Betyg XML read: what is whole comes out as rows, every fault is said with where it stands."""

import io
from datetime import UTC, date, datetime

import pytest

from provning.betygxml.elements import CHUNK, RECORD_LIMIT
from provning.betygxml.reading import MOST_GRADES, read_grades
from provning.betygxml.rows import (
    CourseGrade,
    DeciderRole,
    Deciders,
    Interval,
    StudentGrades,
    SubjectGrade,
    SubjectTerm,
)
from provning.kernel.problems import Problem
from tests.betygxml.samples import BEGIN, course, faults, grade_file, read, student, subject
from tests.support.shared import spec_file

INTERVAL = Interval(datetime(2026, 1, 1), datetime(2026, 6, 30, 23, 59))  # noqa: DTZ001 (the format's local time)
TEACHER = Deciders(DeciderRole.TEACHER, ("{t-1}",))
ON_COURSE = CourseGrade(
    value="B", date=date(2026, 3, 12), trial=True, group="{g-1}", school="{s-1}",
    deciders=TEACHER, school_type="VUX", course_code="MATMAT03b", assessment=False,
)  # fmt: skip
ON_SUBJECT = SubjectGrade(
    value="B", date=date(2026, 3, 12), trial=True, group="{g-1}", school="{s-1}",
    deciders=TEACHER, school_type="VUX", subject="M2", language="DEU",
    term=SubjectTerm("VT", 2026), final=True,
)  # fmt: skip


def test_a_file_is_its_interval_and_its_students() -> None:
    text = grade_file(student(subject(), course()), student(number=2))
    assert read(text) == [
        INTERVAL,
        StudentGrades("{e-1}", (ON_SUBJECT, ON_COURSE), 1),
        StudentGrades("{e-2}", (), 2),
    ]


def test_the_publishers_example_is_read_whole() -> None:
    with spec_file("pingpong", "betyg-exempel.xml").open("rb") as file:
        interval, *students = read_grades(file)
    local = datetime(2014, 12, 17, 9), datetime(2015, 12, 19, 9)  # noqa: DTZ001 (as above)
    assert interval == Interval(*local)
    rows = [
        [(each.value, each.date, each.trial, each.deciders.role.value) for each in one.grades]
        for one in students
        if isinstance(one, StudentGrades)
    ]
    assert rows == [
        [
            ("A", date(2014, 12, 17), False, "EXTERN"),
            ("B", date(2014, 12, 19), True, "LÄRARE"),
        ],
        [
            ("E", date(2014, 12, 17), False, "LÄRARE"),
            ("E", date(2014, 12, 17), False, "LÄRARE"),
        ],
        [
            ("E", date(2014, 12, 17), False, "EXTERN"),
            ("E", date(2015, 5, 17), False, "LÄRARE"),
            ("E", date(2014, 12, 17), False, "REKTOR"),
        ],
    ]


def test_what_may_be_missing_is_empty() -> None:
    bare = subject(
        betygsgrupp="", språk="", termin="", beslutsfattare='<beslutsfattare roll="EXTERN"/>'
    )
    [_, one] = read(grade_file(student(bare)))
    assert isinstance(one, StudentGrades)
    [grade] = one.grades
    assert isinstance(grade, SubjectGrade)
    assert (grade.group, grade.language, grade.term) == ("", "", None)
    assert grade.deciders == Deciders(DeciderRole.EXTERNAL)


def test_elements_may_stand_in_any_order_with_space_and_comments_between() -> None:
    text = course().replace("<value>B</value>", "<!-- betyget -->")
    text = text.replace("</kursbetyg>", "\n\t<value> B </value>\n</kursbetyg>")
    assert read(grade_file(student(text)))[1] == StudentGrades("{e-1}", (ON_COURSE,), 1)


def test_another_encoding_and_a_time_zone_are_read() -> None:
    begin = BEGIN.replace("00:00:00", "00:00:00Z").replace("23:59:00", "23:59:00Z")
    text = '<?xml version="1.0" encoding="iso-8859-1"?>' + grade_file(begin=begin)
    assert read(text.encode("latin-1")) == [
        Interval(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 6, 30, 23, 59, tzinfo=UTC))
    ]


@pytest.mark.parametrize(
    ("name", "element", "code"),
    [
        ("value", "<value>Q</value>", "xml-unknown"),
        ("value", "", "xml-missing"),
        ("datum", "<datum>12/3 2026</datum>", "xml-date"),
        ("datum", "<datum>2026-02-30</datum>", "xml-date"),
        ("prövning", "<prövning>ja</prövning>", "xml-boolean"),
        ("skola", "<skola> </skola>", "xml-missing"),
        ("skola", f"<skola>{'s' * 201}</skola>", "xml-long"),
        ("skolform", "<skolform>KOMVUX</skolform>", "xml-unknown"),
        ("beslutsfattare", "", "xml-missing"),
        ("beslutsfattare", "<beslutsfattare/>", "xml-missing"),
        ("beslutsfattare", '<beslutsfattare roll="ELEV"/>', "xml-unknown"),
        (
            "beslutsfattare",
            '<beslutsfattare roll="LÄRARE"><namn>K</namn></beslutsfattare>',
            "xml-element",
        ),
        ("kurskod", "<kurskod>A</kurskod><kurskod>B</kurskod>", "xml-repeated"),
        ("omdöme", "<omdöme>false</omdöme><poäng>100</poäng>", "xml-element"),
    ],
)
def test_a_grade_with_a_fault_is_refused_and_counted(name: str, element: str, code: str) -> None:
    text = grade_file(student(course(), number=7), student(course(), course(**{name: element})))
    parts = read(text)
    assert faults(parts) == [(code, "Elev 2, betyg 2")]
    assert parts[-1] == StudentGrades("{e-1}", (ON_COURSE,), 2, refused=1)


@pytest.mark.parametrize(
    ("term", "code"),
    [
        ("<termin><typ>ST</typ><år>2026</år></termin>", "xml-unknown"),
        ("<termin><typ>VT</typ><år>26</år></termin>", "xml-year"),
        ("<termin><typ>VT</typ></termin>", "xml-missing"),
    ],
)
def test_a_term_with_a_fault_is_refused(term: str, code: str) -> None:
    assert faults(read(grade_file(student(subject(termin=term))))) == [(code, "Elev 1, betyg 1")]


def test_every_fault_of_a_grade_is_said_at_once_in_words() -> None:
    text = grade_file(student(course(value="", datum="<datum>i går</datum>")))
    assert [each.text for each in read(text) if isinstance(each, Problem)] == [
        "Elev 1, betyg 1: value saknas. Rätta posten i systemet som filen kommer från.",
        "Elev 1, betyg 1: datum är ”i går”, som inte är ett datum. Skriv det som 2026-01-15.",
    ]


def test_only_a_student_whose_every_grade_was_read_is_complete() -> None:
    parts = read(grade_file(student(course()), student(course(value=""), number=2)))
    whole = [each.complete for each in parts if isinstance(each, StudentGrades)]
    assert whole == [True, False]


def test_a_student_without_an_identifier_is_named_by_number() -> None:
    text = grade_file(student(course()), f"<elev>{course()}</elev>")
    assert faults(read(text)) == [("xml-missing", "Elev 2")]


@pytest.mark.parametrize(
    ("begin", "code"),
    [
        (BEGIN.replace(' tom="2026-06-30T23:59:00"', ""), "xml-interval"),
        (BEGIN.replace("2026-01-01T00:00:00", "2026-01-01"), "xml-interval"),
        (BEGIN.replace("2026-01-01", "2026-13-01"), "xml-interval"),
        (BEGIN.replace("2026-01-01", "2027-01-01"), "xml-interval-order"),
        (BEGIN.replace("T00:00:00", "T00:00:00Z"), "xml-interval-order"),
    ],
)
def test_an_interval_that_cannot_be_read_is_said_and_the_students_still_read(
    begin: str, code: str
) -> None:
    parts = read(grade_file(student(course()), begin=begin))
    assert faults(parts[:1]) == [(code, None)]
    assert parts[1:] == [StudentGrades("{e-1}", (ON_COURSE,), 1)]


def test_a_file_that_breaks_off_gives_what_was_whole_before() -> None:
    text = grade_file(student(course()), "\n", student(course(), number=2))
    parts = read(text[: text.rindex("<kurskod>")])
    assert parts[:-1] == [INTERVAL, StudentGrades("{e-1}", (ON_COURSE,), 1)]
    assert faults(parts) == [("xml-broken", 2)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kurs;betyg\nMATMAT03b;B\n",
        "PK\x03\x04",
    ],
)
def test_what_is_no_xml_is_refused(text: str) -> None:
    assert [code for code, _ in faults(read(text))] == ["xml-broken"]


@pytest.mark.parametrize(
    "text",
    [
        "<html/>",
        grade_file(student(course())).replace("v1.1", "v1.0"),
        grade_file(student(course())).replace("<betyg ", "<b><betyg ") + "</b>",
        "<html>" + "<p>text</p>" * (RECORD_LIMIT // 10),
    ],
)
def test_another_format_is_refused(text: str) -> None:
    assert [code for code, _ in faults(read(text))] == ["xml-format"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE betyg SYSTEM "http://example.org/betyg.dtd">',
        '<!DOCTYPE betyg PUBLIC "betyg" "betyg.dtd">',
        '<!DOCTYPE betyg [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        "<!DOCTYPE betyg [<!ELEMENT betyg ANY>]>",
    ],
)
def test_a_document_type_that_declares_anything_is_refused(doctype: str) -> None:
    text = doctype + grade_file(student(course(kurskod="<kurskod>&a;</kurskod>")))
    assert [code for code, _ in faults(read(text))] == ["xml-doctype"]


def test_an_entity_without_a_declaration_is_a_broken_file() -> None:
    text = grade_file(student(course(kurskod="<kurskod>&kurs;</kurskod>")))
    assert [code for code, _ in faults(read(text))] == ["xml-broken"]


def test_a_document_type_without_contents_is_read() -> None:
    text = "<!DOCTYPE xml>" + grade_file(student(course()))
    assert read(text) == [INTERVAL, StudentGrades("{e-1}", (ON_COURSE,), 1)]


@pytest.mark.parametrize(
    "inside",
    [course(), f"<elev id='x'>{student()}</elev>", student(f"<kursbetyg>{course()}</kursbetyg>")],
)
def test_an_element_inside_the_wrong_one_stops_the_reading(inside: str) -> None:
    assert [code for code, _ in faults(read(grade_file(inside)))] == ["xml-place"]


def test_unknown_elements_around_the_records_are_said() -> None:
    text = grade_file("<summa>1</summa>", student("<namn>Ada</namn>", course(), "<slut/>"))
    parts = read(text)
    assert faults(parts) == [
        ("xml-element", "Vid elev 1"),
        ("xml-element", "Vid elev 1"),
        ("xml-element", "Vid elev 1"),
    ]
    assert parts[-1] == StudentGrades("{e-1}", (ON_COURSE,), 1)


def test_a_record_larger_than_any_is_refused() -> None:
    text = grade_file(student(course(skola=f"<skola>{'s' * 2 * RECORD_LIMIT}</skola>")))
    assert [code for code, _ in faults(read(text))] == ["xml-record-large"]


def test_a_student_with_grades_without_end_is_refused() -> None:
    text = grade_file(student(*[course()] * (MOST_GRADES + 1)))
    assert [code for code, _ in faults(read(text))] == ["xml-many-grades"]


def test_a_student_is_given_before_the_rest_of_the_file_is_read() -> None:
    stream = io.BytesIO(grade_file(*[student(course())] * 5000).encode())
    parts = read_grades(stream)
    next(parts)
    assert isinstance(next(parts), StudentGrades)
    assert stream.tell() <= 2 * CHUNK
