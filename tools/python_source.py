"""What the program's source says, read without running it: problems, events, models and labels.

Text is followed from where it is written to where it is used: through local and module names,
conditional expressions, sums and helpers that pass their parameter on. What cannot be followed is
None, so that a check can ask for it to be written more plainly.
"""

import ast
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "provning"
DEEPEST = 8  # names that lead to names: enough for any text, and an end to circles
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Function = ast.FunctionDef | ast.AsyncFunctionDef
# Templates of one expression: plain texts, with "{0}" where parameter number 0 is put in.
Texts = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Found:
    """One text in its place; `function` is the qualified name of the function around it."""

    text: str
    path: str
    line: int
    function: str = ""


@dataclass(frozen=True, slots=True)
class FoundProblem:
    """One problem the source can make: its texts, None when they cannot be read."""

    codes: Texts
    messages: Texts
    sources: Texts
    path: str
    line: int
    function: str


@dataclass
class Module:
    """One file; `path` is from the root, with slashes. It is parsed and walked once, when asked."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Return the parsed file."""
        return ast.parse(self.text)

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """Return every node's parent; the nodes come as `ast.walk` gives them."""
        found: dict[ast.AST, ast.AST] = {}
        waiting: deque[ast.AST] = deque([self.tree])
        while waiting:
            node = waiting.popleft()
            for child in ast.iter_child_nodes(node):
                found[child] = node
                waiting.append(child)
        return found

    @cached_property
    def calls(self) -> tuple[ast.Call, ...]:
        """Return every call of the module."""
        return tuple(node for node in self.parents if isinstance(node, ast.Call))

    @cached_property
    def calls_by_name(self) -> dict[str, list[ast.Call]]:
        """Return the calls by the name called, its last part."""
        found: dict[str, list[ast.Call]] = {}
        for call in self.calls:
            found.setdefault(_name(call.func), []).append(call)
        return found

    @cached_property
    def imports(self) -> set[tuple[str, str]]:
        """Return every module and name of `from module import name`."""
        nodes = [node for node in self.parents if isinstance(node, ast.ImportFrom)]
        return {(node.module or "", alias.name) for node in nodes for alias in node.names}

    @cached_property
    def classes(self) -> tuple[ast.ClassDef, ...]:
        """Return every class of the module."""
        return tuple(node for node in self.parents if isinstance(node, ast.ClassDef))

    @cached_property
    def functions(self) -> dict[str, Function]:
        """Return every function by its qualified name (`Class.method`)."""
        nodes = [node for node in self.parents if isinstance(node, FUNCTIONS)]
        return {self.qualified(node): node for node in nodes}

    def qualified(self, node: ast.AST) -> str:
        """Return the dotted name of a function or class, or of the one around the node."""
        names = []
        at: ast.AST | None = node
        while at is not None:
            if isinstance(at, (*FUNCTIONS, ast.ClassDef)):
                names.append(at.name)
            at = self.parents.get(at)
        return ".".join(reversed(names))

    def function_around(self, node: ast.AST) -> Function | None:
        """Return the innermost function the node stands in."""
        at = self.parents.get(node)
        while at is not None and not isinstance(at, FUNCTIONS):
            at = self.parents.get(at)
        return at


@cache
def modules() -> tuple[Module, ...]:
    """Return every module of the program, migrations left out."""
    paths = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
    return tuple(
        Module(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths
    )


def modules_with(*names: str) -> Iterator[Module]:
    """Give the modules in which one of the names is written: no other has to be parsed."""
    return (module for module in modules() if any(name in module.text for name in names))


@dataclass(frozen=True, slots=True)
class Maker:
    """A function that makes a problem out of its parameters.

    `code`, `message` and `source` are templates whose "{0}" is the parameter of that place, `self`
    not counted. `module` is "" for the `Problem` every module knows.
    """

    name: str
    module: str
    parameters: tuple[str, ...]
    code: Texts
    message: Texts
    source: Texts
    method: bool = False


FIELDS = ("code", "field", "message", "source")
PROBLEM = Maker("Problem", "", FIELDS, ("{0}",), ("{2}",), ("{3}",))


@cache
def problems() -> tuple[FoundProblem, ...]:
    """Return every problem the program can make, helpers followed to where they are called."""
    makers = {PROBLEM.name: [PROBLEM]}
    found: list[FoundProblem] = []
    waiting = [PROBLEM]
    while waiting:
        maker = waiting.pop()
        for module in modules_with(maker.name):
            for call in module.calls_by_name.get(maker.name, ()):
                if _calls(module, maker):
                    problem, helper = _made_by(module, call, maker)
                    if helper is None:
                        found.append(problem)
                    elif helper not in makers.setdefault(helper.name, []):
                        makers[helper.name].append(helper)
                        waiting.append(helper)
    return tuple(sorted(set(found), key=lambda each: (each.path, each.line)))


def events() -> list[Found]:
    """Return the sentence of every registered audit event."""
    return [
        Found(text, module.path, call.lineno)
        for module in modules_with("register_event")
        for call in module.calls_by_name.get("register_event", ())
        if len(call.args) > 1
        for text in _unquoted(texts_of(module, call.args[1])) or ()
    ]


def labels() -> list[Found]:
    """Return what choices are called on screen: `TextChoices` labels and `*_LABELS` tables."""
    return sorted(
        {*_choice_labels(), *_table_labels()}, key=lambda each: (each.path, each.line, each.text)
    )


def classes(*bases: str) -> list[Found]:
    """Return every class of the program with one of the bases, written as in the source."""
    return [
        Found(node.name, module.path, node.lineno, module.qualified(node))
        for module in modules_with(*bases)
        for node in module.classes
        if {ast.unparse(base) for base in node.bases} & set(bases)
    ]


def texts_of(module: Module, node: ast.expr | None, depth: int = 0) -> Texts:
    """Return every text an expression can be; parameters stand as "{place}"."""
    texts: Texts = None
    if depth > DEEPEST:
        return texts
    match node:
        case ast.Constant(value=str(text)):
            texts = (_quoted(text),)
        case ast.Name():
            texts = _texts_of_name(module, node, depth)
        case ast.IfExp(body=body, orelse=orelse):
            texts = _either(*(texts_of(module, each, depth + 1) for each in (body, orelse)))
        case ast.BinOp(op=ast.Add(), left=left, right=right):
            texts = _joined([texts_of(module, each, depth + 1) for each in (left, right)])
        case ast.JoinedStr(values=values):
            texts = _joined([_texts_of_part(module, each, depth) for each in values])
        case ast.Subscript(value=ast.Name() as table):
            texts = _values_of_table(module, table)
    return texts


def _texts_of_part(module: Module, part: ast.expr, depth: int) -> Texts:
    if isinstance(part, ast.FormattedValue):
        return texts_of(module, part.value, depth + 1)
    return texts_of(module, part, depth + 1)


def _texts_of_name(module: Module, node: ast.Name, depth: int) -> Texts:
    function = module.function_around(node)
    if function:
        assigned = _assigned(module, function, node.id, depth)
        if assigned:
            return assigned
        places = _parameters(function)
        if node.id in places:
            return ("{" + str(places.index(node.id)) + "}",)
    return _assigned(module, module.tree, node.id, depth)


def _assigned(module: Module, scope: ast.AST, name: str, depth: int) -> Texts:
    """Return the texts the name is given within a function, or at the top of the module."""
    top = isinstance(scope, ast.Module)
    nodes = scope.body if isinstance(scope, ast.Module) else ast.walk(scope)
    result: list[str] = []
    for node in nodes:
        if not top and isinstance(node, FUNCTIONS) and node is not scope:
            continue
        for value in _values_given(node, name):
            texts = texts_of(module, value, depth + 1)
            if texts is None:
                return None
            result += texts
    return tuple(dict.fromkeys(result)) or None


def _values_given(node: ast.AST, name: str) -> Iterator[ast.expr]:
    """Give what an assignment gives the name, in a pair also (`code, message = "a", "b"`)."""
    if isinstance(node, ast.AnnAssign) and node.value and _name(node.target) == name:
        yield node.value
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if _name(target) == name:
            yield node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            for each, value in zip(target.elts, node.value.elts, strict=False):
                if _name(each) == name:
                    yield value


def _values_of_table(module: Module, table: ast.Name) -> Texts:
    """Return every text of a dictionary at the top of the module."""
    for node in module.tree.body:
        for value in _values_given(node, table.id):
            if isinstance(value, ast.Dict):
                return _either(*(texts_of(module, each) for each in value.values))
    return None


def _either(*choices: Texts) -> Texts:
    known = [choice for choice in choices if choice is not None]
    if len(known) < len(choices):
        return None
    return tuple(dict.fromkeys(text for choice in known for text in choice))


def _joined(parts: list[Texts]) -> Texts:
    known = [part for part in parts if part is not None]
    return tuple("".join(each) for each in product(*known)) if len(known) == len(parts) else None


def _quoted(text: str) -> str:
    """Hide braces of the text, which are its own, from the places of parameters."""
    return text.replace("{", "\x01").replace("}", "\x02")


def _unquoted(texts: Texts) -> Texts:
    return texts and tuple(text.replace("\x01", "{").replace("\x02", "}") for text in texts)


def _name(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _parameters(function: Function) -> list[str]:
    """Return the parameters in their order, `self` and `cls` left out."""
    arguments = function.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]
    return [name for name in names if name not in {"self", "cls"}]


def _calls(module: Module, maker: Maker) -> bool:
    """Say whether the maker's name is the maker there: its own module, imported, or a method."""
    if not maker.module or maker.method or module.path == maker.module:
        return True
    imported = maker.module.removeprefix("src/").removesuffix(".py").replace("/", ".")
    return any(
        origin and imported.startswith(origin) and name == maker.name
        for origin, name in module.imports
    )


def _made_by(module: Module, call: ast.Call, maker: Maker) -> tuple[FoundProblem, Maker | None]:
    """Return the problem of one call; a call with parameters in it makes its function a maker."""
    given = [_argument(call, index, name) for index, name in enumerate(maker.parameters)]
    texts = [texts_of(module, node) for node in given]
    code, message, source = (
        _filled(each, texts) for each in (maker.code, maker.message, maker.source)
    )
    function = module.function_around(call)
    problem = FoundProblem(
        _unquoted(code),
        _unquoted(message),
        _unquoted(source),
        module.path,
        call.lineno,
        module.qualified(function) if function else "",
    )
    if function is None or not _has_places(code, message, source):
        return problem, None
    method = isinstance(module.parents.get(function), ast.ClassDef)
    parameters = tuple(_parameters(function))
    return problem, Maker(function.name, module.path, parameters, code, message, source, method)


def _argument(call: ast.Call, index: int, name: str) -> ast.expr | None:
    if index < len(call.args):
        plain = not any(isinstance(each, ast.Starred) for each in call.args[: index + 1])
        return call.args[index] if plain else None
    return next((each.value for each in call.keywords if each.arg == name), None)


def _filled(templates: Texts, texts: list[Texts]) -> Texts:
    """Put the arguments' texts into the places of a maker's templates."""
    result: list[str] = []
    for template in templates or ():
        places = [index for index in range(len(texts)) if "{" + str(index) + "}" in template]
        choices = [texts[index] for index in places]
        if any(choice is None for choice in choices):
            return None
        for chosen in product(*(choice or () for choice in choices)):
            text = template
            for index, value in zip(places, chosen, strict=True):
                text = text.replace("{" + str(index) + "}", value)
            result.append(text)
    return tuple(dict.fromkeys(result)) or None


def _has_places(*templates: Texts) -> bool:
    return any("{" in text for texts in templates for text in texts or ())


def _choice_labels() -> Iterator[Found]:
    for module in modules_with("TextChoices"):
        for node in module.classes:
            if any(_name(base) == "TextChoices" for base in node.bases):
                for statement in node.body:
                    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Tuple):
                        for text in _unquoted(texts_of(module, statement.value.elts[1])) or ():
                            yield Found(text, module.path, statement.lineno)


def _table_labels() -> Iterator[Found]:
    for module in modules_with("_LABELS"):
        for node in module.tree.body:
            target = (
                node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
            )
            value = getattr(node, "value", None)
            if _name(target or node).endswith("_LABELS") and isinstance(value, ast.Dict):
                for each in value.values:
                    for text in _unquoted(texts_of(module, each)) or ():
                        yield Found(text, module.path, each.lineno)
