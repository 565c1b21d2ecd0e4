"""The documents under review are what Terraform really prints: some of them are made anew and compared."""

import json

import pytest

from tests.plans.generate import DOCUMENTS, documents
from tests.plans.roots import ROOTS

AGAIN = [
    "update-inside-a-policy",
    "replace-by-a-trigger",
    "replace-a-table-by-its-key",
    "move-into-a-module",
    "forget-one",
    "output-sensitive",
    "drift-is-taken-back",
    "import-and-update",
]


def test_there_is_a_document_for_each_root() -> None:
    assert {path.stem for path in DOCUMENTS.glob("*.json")} == set(ROOTS)


@pytest.mark.slow
def test_terraform_still_plans_what_the_documents_say() -> None:
    made = documents(AGAIN)
    assert made == {name: json.loads((DOCUMENTS / f"{name}.json").read_text()) for name in AGAIN}
