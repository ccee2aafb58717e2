"""The plan of the house: who may import whom, what is pure, how large things may grow."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAY_IMPORT = {
    "accounts": set(),
    "library": set(),
    "journal": {"accounts", "library"},
    "goals": {"accounts", "library"},
    "reading": {"accounts", "library"},
    "notify": {"accounts"},
    "care": {"accounts", "library", "journal", "goals", "reading"},
    "recovery_site": {"accounts", "library", "journal", "goals", "reading", "notify", "care"},
}
# Settings and start-up are asked for by Django's own ways; an app never imports the site.
INSIGHTS = sorted(f"journal/insights/{path.name}" for path in (ROOT / "journal/insights").glob("*.py"))
PURE = [
    "accounts/days.py",
    "journal/since.py",
    "notify/times.py",
    "care/flags.py",
    "goals/progress.py",
    "library/reading_grade.py",
    "library/wording.py",
    *INSIGHTS,
]
PURE_MAY_IMPORT = {
    "re", "calendar", "dataclasses", "datetime", "zoneinfo", "collections", "collections.abc", "enum", "functools", "math", "statistics", "typing",
}  # fmt: skip
GRANT_MAKERS = {"accounts/grants.py", "care/access.py"}
MODULE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 250, 25, 160


def sources(*apps):
    return [path for app in apps or MAY_IMPORT for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def tree(path):
    return ast.parse(path.read_text())


def imported(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def name_of(path):
    return str(path.relative_to(ROOT))


def test_every_app_stands_in_the_table():
    apps = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests", "bench"}
    assert apps == set(MAY_IMPORT)


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_an_app_imports_only_what_the_table_allows(app):
    wrong = {
        f"{name_of(path)} imports {module}"
        for path in sources(app)
        for module in imported(path)
        if (top := module.split(".")[0]) in MAY_IMPORT and top != app and top not in MAY_IMPORT[app]
    }
    assert wrong == set()


@pytest.mark.parametrize("path", PURE)
def test_calculations_import_nothing_but_the_standard_library(path):
    beside = {
        module
        for module in imported(ROOT / path)
        if module.startswith("journal.insights.") or f"{module.replace('.', '/')}.py" in PURE
    }
    assert set(imported(ROOT / path)) - beside <= PURE_MAY_IMPORT


def test_imports_stand_at_the_top():
    inside = {
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert inside == set()


def test_only_the_two_doors_make_a_grant():
    makers = {
        name_of(path)
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) in ("Grant", "grants.Grant", "Grant._for_owner", "cls._for_owner")
    }
    assert makers <= GRANT_MAKERS


def test_nobody_goes_round_the_door():
    # `_base_manager` and `_open()` see everybody's rows.
    behind = {"accounts/owned.py", "accounts/writing.py"}
    wrong = {
        f"{name_of(path)}:{node.lineno}"
        for path in sources()
        if name_of(path) not in behind
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr in ("_base_manager", "_default_manager", "_open", "raw", "extra")
    }
    assert wrong == set()


def test_no_get_object_or_404_and_no_unsafe_html():
    names = ("get_object_or_404", "mark_safe", "SafeString", "csrf_exempt")
    wrong = {f"{name_of(path)}: {name}" for path in sources() for name in names if name in path.read_text()}
    assert wrong == set()


def test_no_save_override_and_no_signal_of_our_own():
    allowed = {"library/serving.py", "library/receivers.py", "library/apps.py"}
    wrong = {
        f"{name_of(path)}: {word}"
        for path in sources()
        for word in ("def save(self", "@receiver", ".connect(")
        if word in path.read_text() and name_of(path) not in allowed
    }
    assert wrong == set()


def test_modules_and_functions_stay_small():
    large = {name_of(path): n for path in sources() if (n := len(path.read_text().splitlines())) > MODULE_LINES}
    long = {
        f"{name_of(path)}:{node.name}": size
        for path in sources()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (size := node.end_lineno - node.lineno + 1) > FUNCTION_LINES
    }
    assert (large, long) == ({}, {})


def test_public_things_say_what_they_are_for():
    silent = {
        f"{name_of(path)}:{getattr(node, 'name', 'module')}"
        for path in sources()
        for node in [tree(path), *tree(path).body]
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and not getattr(node, "name", "public").startswith("_")
        and (not isinstance(node, ast.Module) or node.body)
        and ast.get_docstring(node) is None
    }
    assert silent == set()


def test_templates_stay_small_and_hold_no_inline_code():
    wrong = {}
    for path in sorted((ROOT / "templates").rglob("*.html")):
        text = path.read_text()
        faults = [word for word in ("|safe", 'style="', "onclick=", "<style", "javascript:") if word in text]
        if len(text.splitlines()) > TEMPLATE_LINES and path.name != "gallery.html":
            faults.append("too long")
        if faults:
            wrong[name_of(path)] = faults
    assert wrong == {}
