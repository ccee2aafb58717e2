"""Every stored field is classed in docs/data-inventory.md; a new one fails until somebody decides."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from accounts.actions import owned_models
from accounts.sealing import SealedField

INVENTORY = Path(__file__).resolve().parents[2] / "docs" / "data-inventory.md"
OURS = ("accounts", "library", "journal", "goals", "reading", "notify", "care")
CLASSES = {"sealed", "personal", "sensitive", "neither", "secret"}
ROW = re.compile(r"^\| `(?P<model>\w+\.\w+)` \| `(?P<field>\w+)` \| (?P<kind>\w+) \|", re.MULTILINE)


def listed():
    return {(m["model"], m["field"]): m["kind"] for m in ROW.finditer(INVENTORY.read_text())}


def stored():
    return {
        (model._meta.label, field.name): field
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_concrete_fields
    }


def test_every_stored_field_is_classed_and_nothing_else_is_listed():
    assert set(listed()) == set(stored())


def test_classes_are_known():
    assert set(listed().values()) <= CLASSES


def test_sealed_means_sealed():
    kinds = listed()
    wrong = {key for key, field in stored().items() if (kinds[key] == "sealed") != isinstance(field, SealedField)}
    assert wrong == set()


@pytest.mark.parametrize("model", owned_models(), ids=lambda model: model._meta.label)
def test_no_owned_model_stores_free_text_in_clear(model):
    allowed = {"tz", "medication", "outcome", "kind", "prompt"}
    texts = {
        field.name
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.TextField) or (isinstance(field, models.CharField) and not field.choices)
    }
    slugs = {field.name for field in model._meta.local_concrete_fields if isinstance(field, models.SlugField)}
    vocabulary = {"noted", "page", "life_skill", "template", "counts_strategy"}
    assert texts - slugs - vocabulary - allowed == set()


def test_labels_of_sealed_fields_are_unique():
    labels = [field.label for model in apps.get_models() for field in model._meta.local_fields if isinstance(field, SealedField)]
    assert len(labels) == len(set(labels))
    assert all(labels)
