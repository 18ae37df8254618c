"""Large XML read as a stream: one small record at a time, never a whole tree.

No entities, no external files and no network. A document type is allowed when it declares
nothing, as in the publisher's own example file, which begins with one.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from lxml import etree

from provning.kernel.problems import Problem

CHUNK: Final = 1 << 16
# A grade is half a kilobyte. What is so large without a record is another file, or an attack.
RECORD_LIMIT: Final = 1 << 20
ANY: Final = "*"
SOURCE: Final = "Filformatet"


class UnreadableError(Exception):
    """The file cannot be read further; `problem` says why and what to do."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        self.problem = problem
        super().__init__(problem.text)


@dataclass(frozen=True, slots=True)
class Shape:
    """Where a format's streamed elements stand: each by name, with the name of its parent.

    The root's parent is "". What has a streamed child is a container, the others are records. The
    namespace is `ANY` for a format that each sender writes in its own.
    """

    namespace: str
    parents: Mapping[str, str]
    name: str

    @property
    def root(self) -> str:
        """Return the name of the outermost element."""
        return next(name for name, parent in self.parents.items() if not parent)

    def tag(self, name: str) -> str:
        """Return a name as the parser is asked for it."""
        return f"{{{self.namespace}}}{name}"

    def is_element(self, element: Any, name: str) -> bool:
        """Say whether an element has the name, in the format's namespace."""
        space, _, local = str(element.tag).rpartition("}")
        return local == name and self.namespace in {ANY, space.removeprefix("{")}


def records(stream: BinaryIO, shape: Shape) -> Iterator[tuple[str, str, Any]]:
    """Give ("start" | "end" | "unknown", name, element) of the elements that are streamed.

    An element is whole at its end and is emptied once the next event is asked for. "unknown" is a
    child of a container that the format lacks. Raises `UnreadableError` after the last record.
    """
    feed = _Feed(stream, shape)
    for event, element in feed.events():
        if event == "start":
            _check_place(element, shape)
        else:
            yield from (("unknown", name, element) for name in _strangers(element, shape))
        yield event, local_name(element), element
        if event == "end":
            _forget(element)


class _Feed:
    """Feeds the parser piece by piece; `seen` once the file is known to be of the format."""

    def __init__(self, stream: BinaryIO, shape: Shape) -> None:
        """Make a parser that reads nothing but the stream itself."""
        self._seen = False
        self._stream = stream
        self._shape = shape
        self._parser = etree.XMLPullParser(
            events=("start", "end"), tag=[shape.tag(name) for name in shape.parents],
            resolve_entities=False, load_dtd=False,
            no_network=True, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip

    def events(self) -> Iterator[tuple[str, Any]]:
        """Give the parser's events; a fault comes after the events before it."""
        quiet = 0
        while chunk := self._stream.read(CHUNK):
            fault = self._fault(self._parser.feed, chunk)
            quiet += len(chunk)
            for event in self._checked():
                quiet = 0
                yield event
            self._refuse(fault or self._too_quiet(quiet))
        fault = self._fault(self._parser.close)
        yield from self._checked()
        self._refuse(fault or (None if self._seen else _other_format(self._shape)))

    def _checked(self) -> Iterator[tuple[str, Any]]:
        """Give the events there are, once the beginning of the file has been looked at."""
        for event, element in self._parser.read_events():
            if not self._seen:
                _check_beginning(element, self._shape)
                self._seen = True
            yield event, element

    def _fault(self, step: Callable[..., object], *arguments: bytes) -> Problem | None:
        """Take a step; return what the parser found wrong."""
        try:
            step(*arguments)
        except etree.XMLSyntaxError as error:
            return _broken(error.position)
        return None

    def _too_quiet(self, quiet: int) -> Problem | None:
        """Say what is wrong where no element has begun or ended for `quiet` bytes."""
        if quiet <= RECORD_LIMIT:
            return None
        return _too_large() if self._seen else _other_format(self._shape)

    def _refuse(self, fault: Problem | None) -> None:
        """Stop at a fault."""
        if fault is not None:
            raise UnreadableError(fault)


def _check_beginning(element: Any, shape: Shape) -> None:
    """Refuse another root, and a document type that declares or fetches anything."""
    tree = element.getroottree()
    if not shape.is_element(tree.getroot(), shape.root):
        raise UnreadableError(_other_format(shape))
    info = tree.docinfo
    declares = info.internalDTD is not None and (
        any(True for _ in info.internalDTD.iterentities())
        or any(True for _ in info.internalDTD.iterelements())
    )
    if declares or info.public_id or info.system_url:
        raise UnreadableError(_declares())


def _check_place(element: Any, shape: Shape) -> None:
    """Refuse an element that begins inside another than its own parent."""
    name, parent = local_name(element), element.getparent()
    expected = shape.parents[name]
    if bool(expected) != (parent is not None) or (
        expected and not shape.is_element(parent, expected)
    ):
        raise UnreadableError(_misplaced(element, name))


def _strangers(element: Any, shape: Shape) -> Iterator[str]:
    """Give the names of unknown children before an element, and of those a container ends with."""
    container = local_name(element) in shape.parents.values()
    for each in (*element.itersiblings(preceding=True), *(element if container else ())):
        name = local_name(each)
        if name not in shape.parents or not shape.is_element(each, name):
            yield name


def local_name(element: Any) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _forget(element: Any) -> None:
    """Empty an element that has been read, and drop what stands before it in its parent."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is None:
        return
    parent.text = None
    while element.getprevious() is not None:
        del parent[0]


def _broken(position: tuple[int, int]) -> Problem:
    """Say where the XML breaks."""
    message = (
        "Rad {line}, tecken {column}: filen är avbruten eller trasig där. Hämta filen på nytt."
    )
    params = {"line": position[0], "column": position[1]}
    return Problem("xml-broken", "", message, SOURCE, params)


def _other_format(shape: Shape) -> Problem:
    """Say that the file is something else."""
    message = "Filen är inte {format}. Kontrollera att rätt fil är vald och att den är oförändrad."
    return Problem("xml-format", "", message, SOURCE, {"format": shape.name})


def _misplaced(element: Any, name: str) -> Problem:
    """Say that an element stands where it may not."""
    message = (
        "Rad {line}: elementet {field} får inte stå där. Kontrollera att filen är oförändrad och"
        " hämta den annars på nytt."
    )
    params = {"line": element.sourceline, "field": name}
    return Problem("xml-place", name, message, SOURCE, params)


def _too_large() -> Problem:
    """Refuse a record that cannot be one."""
    message = "En post i filen är större än 1 MB. Så stor är ingen post: hämta filen på nytt."
    return Problem("xml-record-large", "", message, SOURCE)


def _declares() -> Problem:
    """Refuse a document type with contents."""
    message = (
        "Filen har en dokumenttyp (DOCTYPE) med egna deklarationer. Det läses inte av"
        " säkerhetsskäl. Ta bort deklarationerna eller hämta filen på nytt."
    )
    return Problem("xml-doctype", "", message, SOURCE)
