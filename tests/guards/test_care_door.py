"""The plan of the door: every page over a connection stands inside it, answers inside it, and nobody locks or asks by hand."""

import ast
from importlib import import_module
from pathlib import Path

from accounts.models import AccessRecord
from care.middleware import PREFIX
from care.urls import urlpatterns
from tests.guards.test_house import ROOT, name_of, sources, tree

OVER_A_CONNECTION = "care/p/<uuid:connection_id>/"
DOORS = ("access.read", "access.wait", "access.read_many")
# The health check asks the database whether it is there.
BY_HAND = {"care/locks.py", "recovery_site/front_door.py"}
# Where somebody waits for a report or notes a session: nothing of the person's is shown, so no look is recorded.
WITHOUT_A_LOOK = {"care/access.py", "care/actions/reports.py", "care/views/report.py", "care/views/session.py"}
WHOLE = {"whole", "redirect"}
VIEWS = sorted((ROOT / "care/views").glob("*.py"))


def calls(node):
    return [(ast.unparse(one.func), one) for one in ast.walk(node) if isinstance(one, ast.Call)]


def test_only_the_locks_speak_to_the_database_by_hand():
    words = ("cursor", "execute", "executemany", "RawSQL", "executescript")
    found = {
        name_of(path)
        for path in sources()
        for name, _call in calls(tree(path))
        if name.rpartition(".")[2] in words and "stdout" not in name
    }
    assert found == BY_HAND


def test_no_page_of_care_or_of_sharing_is_open_to_everybody():
    assert [str(one.pattern) for one in urlpatterns if not getattr(one.callback, "login_required", True)] == []


def test_the_door_is_opened_only_behind_the_second_factor():
    # `care.middleware` watches over /care/ alone: no page of another app may ask the door. The demo is no page.
    outside = [path for path in sources() if path.parts[len(ROOT.parts)] != "care"]
    askers = {name_of(path) for path in outside for name, _call in calls(tree(path)) if name in DOORS}
    assert askers == {"recovery_site/demo_care.py"}
    within = [str(one.pattern) for one in urlpatterns if str(one.pattern).startswith(PREFIX.lstrip("/"))]
    persons = [str(one.pattern) for one in urlpatterns if str(one.pattern).startswith("sharing/")]
    assert len(within) + len(persons) == len(urlpatterns)


# --- every view over a connection goes through the door ---


def definitions():
    """The functions and classes of care's views, by (module, name)."""
    return {
        (path.stem, node.name): node
        for path in VIEWS
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }


def imported_from(path: Path) -> dict[str, tuple[str, str]]:
    """Names that a module of views takes from another one."""
    return {
        alias.asname or alias.name: (node.module.rpartition(".")[2], alias.name)
        for node in tree(path).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("care.views.")
        for alias in node.names
    }


def goes_through_the_door(node, key, seen=frozenset()) -> bool:
    """Whether a function is decorated with `shared`, opens the door itself, or calls something of the views that does."""
    names = {name for name, _call in calls(node)}
    if names & {*DOORS, "shared"}:
        return True
    module, views = key[0], definitions()
    elsewhere = imported_from(ROOT / f"care/views/{module}.py")
    keys = {elsewhere.get(name, (module, name)) for name in names if "." not in name} - seen
    if any(one in views and goes_through_the_door(views[one], one, seen | {one}) for one in keys):
        return True
    # In a class: what it calls of itself.
    beside = {one.name: one for one in getattr(views[key], "body", ()) if isinstance(one, ast.FunctionDef) and one is not node}
    own = [beside[name.removeprefix("self.")] for name in names if name.removeprefix("self.") in beside]
    return any(goes_through_the_door(one, key, seen) for one in own)


def handlers(key):
    """The parts of a view that answer by themselves: the function, or the methods of the class."""
    node = definitions()[key]
    if isinstance(node, ast.FunctionDef):
        return [node]
    return [one for one in node.body if isinstance(one, ast.FunctionDef) and one.name in ("get", "post")]


def routed():
    for one in urlpatterns:
        if str(one.pattern).startswith(OVER_A_CONNECTION):
            view = getattr(one.callback, "view_class", one.callback)
            yield str(one.pattern), (view.__module__.rpartition(".")[2], view.__name__)


def test_every_page_over_a_connection_stands_inside_the_door():
    found = dict(routed())
    assert len(found) >= 15
    assert {route for route, key in found.items() for node in handlers(key) if not goes_through_the_door(node, key)} == set()


def test_whoever_does_not_ask_the_door_is_found_out():
    # The guard above must be able to fail: these are views of a person's own pages.
    own = [("sharing", "sharing_list"), ("agenda", "Agenda"), ("organisation", "organisation")]
    assert [key for key in own for node in handlers(key) if goes_through_the_door(node, key)] == []


# --- and answers there ---


def blocks():
    """Each `with` that opens the door: its function, the block, and the name of what it opened."""
    for path in VIEWS:
        for function in (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef)):
            for block in (node for node in ast.walk(function) if isinstance(node, ast.With)):
                name = ast.unparse(block.items[0].context_expr).partition("(")[0]
                if name in DOORS or name.endswith("._door"):
                    yield path, function, block, block.items[0].optional_vars


def test_nothing_is_read_after_the_door_closed():
    late = {
        f"{name_of(path)}:{node.lineno}"
        for path, function, block, opened in blocks()
        for node in ast.walk(function)
        if opened is not None and isinstance(node, ast.Name) and node.id == opened.id and node.lineno > block.end_lineno
    }
    inside_another = {
        f"{name_of(path)}:{node.lineno}"
        for path, function, _block, _opened in blocks()
        for other_path, other, block, _name in blocks()
        if (other_path, other) == (path, function)
        for node in ast.walk(block)
    }
    assert late - inside_another == set()


def test_what_is_answered_inside_is_whole():
    answers = [
        (path, node) for path, _function, block, _opened in blocks() for node in ast.walk(block) if isinstance(node, ast.Return)
    ]
    assert len(answers) >= 8
    lazy = {
        f"{name_of(path)}:{node.lineno}"
        for path, node in answers
        if not isinstance(node.value, ast.Call) or ast.unparse(node.value.func) not in WHOLE
    }
    assert lazy == set()


def test_only_those_who_show_nothing_open_the_door_without_a_look():
    assert {name_of(path) for path in sources("care") for name, _call in calls(tree(path)) if name == "access.wait"} | {
        "care/access.py"
    } == WITHOUT_A_LOOK


def test_every_page_has_a_name_that_fits_into_the_record():
    # SQLite would keep a longer one; PostgreSQL refuses it, and with it the page.
    longest = AccessRecord._meta.get_field("page").max_length
    places = {"shared": 0, "access.read": 2, "access.wait": 2, "access.read_many": 1, "written": 2}
    named = []
    for path in sources("care"):
        module = name_of(path).removesuffix(".py").replace("/", ".")
        for name, call in calls(tree(path)):
            if name in places and len(call.args) > places[name]:
                argument = call.args[places[name]]
                if isinstance(argument, ast.Name) and not hasattr(import_module(module), argument.id):
                    continue  # handed on
                named.append(
                    argument.value if isinstance(argument, ast.Constant) else getattr(import_module(module), argument.id)
                )
    assert len(named) >= 12
    assert [page for page in named if not 0 < len(page) <= longest] == []
