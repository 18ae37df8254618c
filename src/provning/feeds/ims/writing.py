"""A snapshot written as pieces of bytes, in the order of the format's own elements."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from provning.betygxml.writing import PIECE, element, escaped
from provning.feeds.ims.rows import ImsGroup, ImsMember, ImsPerson, Snapshot

PROTECTED = "Level1"


def snapshot_pieces(
    header: Snapshot,
    persons: Iterable[ImsPerson],
    groups: Iterable[ImsGroup],
    members: Iterable[ImsMember],
) -> Iterator[bytes]:
    """Give a whole snapshot; members of the same group have to come together.

    Raises `ValueError` for a text that XML cannot hold and for a time that ends before it begins.
    """
    held: list[str] = []
    size = 0
    for text in _texts(header, persons, groups, members):
        held.append(text)
        size += len(text)
        if size >= PIECE:
            yield "".join(held).encode()
            held, size = [], 0
    yield "".join(held).encode()


def _texts(
    header: Snapshot,
    persons: Iterable[ImsPerson],
    groups: Iterable[ImsGroup],
    members: Iterable[ImsMember],
) -> Iterator[str]:
    """Give the elements of the file one after another."""
    source = header.source
    taken = f"{header.taken_at:%Y%m%dT%H%M}" if header.taken_at else ""
    yield (
        '<?xml version="1.0" encoding="utf-8"?>\n<enterprise>\n'
        f"<properties>{element('datasource', source)}<type>snapshot</type>"
        f"{element('datetime', taken)}</properties>\n"
    )
    yield from (_person(each, source) for each in persons)
    yield from (_group(each, source) for each in groups)
    for group, inside in groupby(members, key=lambda each: each.group):
        yield f"<membership>{_id(group, source)}\n"
        yield from (_member(each, source) for each in inside)
        yield "</membership>\n"
    yield "</enterprise>\n"


def _person(person: ImsPerson, source: str) -> str:
    """Return a person."""
    number = f'<userid useridtype="PID">{escaped(person.number)}</userid>' if person.number else ""
    family, given = escaped(person.family_name), escaped(person.given_name)
    full = escaped(f"{person.given_name} {person.family_name}".strip())
    privacy = f"<privacy>{PROTECTED}</privacy>" if person.protected else ""
    extension = f"<extension>{privacy}</extension>" if privacy else ""
    return (
        f"<person>{_id(person.id, source)}{number}<name><fn>{full}</fn>"
        f"<n><family>{family}</family><given>{given}</given></n></name>{extension}</person>\n"
    )


def _group(group: ImsGroup, source: str) -> str:
    """Return a group."""
    inside = "".join(element("schooltype", each) for each in group.school_types)
    if group.school_unit_code:
        inside += element("schoolunitcode", group.school_unit_code)
    extension = f"<extension>{inside}</extension>" if inside else ""
    kind = f'<typevalue level="1">{escaped(group.kind)}</typevalue>'
    return (
        f"<group>{_id(group.id, source)}<grouptype>{element('scheme', source)}{kind}</grouptype>"
        f"<description>{element('short', group.name)}</description>"
        f"{_timeframe(group.begin, group.end)}{extension}</group>\n"
    )


def _member(member: ImsMember, source: str) -> str:
    """Return a member with its role."""
    code = element("coursecode", member.course_code) if member.course_code else ""
    extension = f"<extension><activity>{code}</activity></extension>" if code else ""
    return (
        f"<member>{_id(member.member, source)}<idtype>{2 if member.is_group else 1}</idtype>"
        f'<role roletype="{escaped(member.role)}"><status>{int(member.active)}</status>'
        f"{_timeframe(member.begin, member.end)}{extension}</role></member>\n"
    )


def _id(key: str, source: str) -> str:
    """Return who or what an element is about."""
    return f"<sourcedid>{element('source', source)}{element('id', key)}</sourcedid>"


def _timeframe(begin: date | None, end: date | None) -> str:
    """Return from when to when, both days included."""
    if begin and end and begin > end:
        raise ValueError("a time that ends before it begins")
    inside = element("begin", begin.isoformat()) if begin else ""
    inside += element("end", end.isoformat()) if end else ""
    return f"<timeframe>{inside}</timeframe>" if inside else ""
