"""Tables as a ledger: columns are defined once, and make head, cells, fold names and totals."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Row = TypeVar("Row")
SORT = "sort"
EXPORT = "format"
LIST = "lista"


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its key (also the sort order's), its head, and what stands in the cell.

    `cell` returns text, a number or safe markup (see `markup`). `align` is "" for text, "n" for
    numbers, "c" for grades. `heads_row` makes the cell the row's header: exactly one column has it.
    `short` names the cell when the row is folded, `drop` leaves it out there. `total` stands in the
    foot. `text` is what stands in a file instead of the cell; `screen_only` columns are in none.
    """

    key: str
    head: str
    cell: Callable[[Row], object]
    align: str = ""
    heads_row: bool = False
    short: str = ""
    drop: bool = False
    sortable: bool = False
    width: str = ""
    total: object = None
    text: Callable[[Row], object] | None = None
    screen_only: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of the head: `sort_url` makes it a link, `sorted` is aria-sort's word."""

    label: str
    css: str
    sort_url: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the body or the foot."""

    content: SafeString
    css: str
    label: str
    heads_row: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its cells, its id and mark, the value and name of its checkbox."""

    cells: tuple[Cell, ...]
    key: str = ""
    marked: bool = False
    pick: str = ""
    pick_name: str = ""
    picked: bool = False


@dataclass(frozen=True)
class Pick(Generic[Row]):
    """A column of checkboxes: the input's name, its value and what a reader hears for a row.

    A row whose value is "" cannot be marked.
    """

    name: str
    value: Callable[[Row], object]
    label: Callable[[Row], str]
    chosen: frozenset[str] = frozenset()


@dataclass(slots=True)
class Table(Generic[Row]):
    """One list, for `{% ledger table %}`.

    `caption` sums the list up and may hold markup. `order` is the current sort order, a column's
    key, with "-" in front when it goes down; `query` keeps the other GET parameters in the links.
    `row_id` names rows so that an address can point at one; `marked` tells which is new. `export`
    names the list in files and shows the links to them (`exporting.exported` answers).
    Used like this:

        Table(rows, (Column("name", _("Grupp"), lambda row: group_name(row.name), heads_row=True),
                     Column("placed", _("Placerade"), lambda row: row.placed, align="n")),
              caption=_("{count} grupper").format(count=len(rows)), order="name", query=request.GET)
    """

    rows: Sequence[Row]
    columns: Sequence[Column[Row]]
    caption: str
    order: str = ""
    query: QueryDict = field(default_factory=QueryDict)
    pick: Pick[Row] | None = None
    caption_hidden: bool = False
    css: str = "ledger fold"
    row_id: Callable[[Row], str] | None = None
    marked: Callable[[Row], bool] | None = None
    export: str = ""

    def export_links(self) -> list[tuple[str, str]]:
        """Return the name and address of the whole list as each kind of file."""
        if not self.export or not self.rows:
            return []
        asked = {LIST: self.export, "page": "", "size": ""}
        return [
            (label, with_query(self.query, **{EXPORT: form}, **asked))
            for form, label in (("csv", _("CSV")), ("xlsx", _("Excel")))
        ]

    def heads(self) -> list[Head]:
        """Return the cells of the head."""
        return [self._head(column) for column in self.columns]

    def lines(self) -> Iterable[Line]:
        """Return the rows, one at a time."""
        return (self._line(row) for row in self.rows)

    def totals(self) -> list[Cell]:
        """Return the cells of the foot, none when no column has a total."""
        if all(column.total is None for column in self.columns):
            return []
        return [
            _cell(column, "" if column.total is None else column.total) for column in self.columns
        ]

    def _head(self, column: Column[Row]) -> Head:
        css = " ".join(filter(None, (column.align, column.width)))
        if not column.sortable:
            return Head(column.head, css)
        rising, falling = column.key, f"-{column.key}"
        now = {rising: "ascending", falling: "descending"}.get(self.order, "")
        order = falling if self.order == rising else rising
        return Head(column.head, css, with_query(self.query, **{SORT: order, "page": ""}), now)

    def _line(self, row: Row) -> Line:
        cells = tuple(_cell(column, column.cell(row)) for column in self.columns)
        key = self.row_id(row) if self.row_id else ""
        marked = self.marked(row) if self.marked else False
        if self.pick is None:
            return Line(cells, key, marked)
        value = str(self.pick.value(row))
        chosen = value in self.pick.chosen
        return Line(cells, key, marked, value, self.pick.label(row), chosen)


def order_of(request: HttpRequest, columns: Iterable[Column[Row]], default: str) -> str:
    """Return the sort order asked for, when a column has it, else the default."""
    wanted = request.GET.get(SORT, "")
    known = {each.key for each in columns if each.sortable}
    return wanted if wanted.removeprefix("-") in known else default


def with_query(query: QueryDict, **changes: object) -> str:
    """Return the GET parameters as an address with some set, and those set to "" left out."""
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = str(value)
        if not changed[name]:
            del changed[name]
    return f"?{changed.urlencode()}"


def _cell(column: Column[Row], content: object) -> Cell:
    css = " ".join(filter(None, (column.align, column.width, "extra" if column.drop else "")))
    label = "" if column.heads_row else column.short or column.head
    return Cell(format_html("{}", content), css, label, column.heads_row)
