"""What people read of a plan: each review as a terminal, a pull request and a browser show it.

After a wanted change: `UPDATE_REVIEWS=1 python -m pytest tests/plans/test_reviews.py`, and read the difference.
"""

import json
import os
from dataclasses import asdict
from pathlib import Path

import pytest

from scripts.machine import REPOSITORY
from scripts.plans.review import Review
from scripts.render import as_json, html, markdown, terminal
from tests.plans.reviews import REVIEWS, TOGETHER, document, together

EXPECTED = Path(__file__).parent / "expected"
UPDATE = bool(os.environ.get("UPDATE_REVIEWS"))
EACH = [pytest.param(name, id=name) for name in REVIEWS]
SEEDED = "SEEDED-"


def matches(name: str, ending: str, text: str) -> None:
    path = EXPECTED / f"{name}.{ending}"
    if UPDATE:
        EXPECTED.mkdir(exist_ok=True)
        path.write_text(text)
    assert text == path.read_text()


def body(review: Review) -> str:
    """The page without the style, which all share."""
    return html.page(review).replace(html.STYLE, "")


def test_there_are_sixty_reviews_and_more() -> None:
    assert len(REVIEWS) >= 60


@pytest.mark.parametrize("name", EACH)
def test_the_terminal_shows_it_as_expected(name: str) -> None:
    matches(name, "txt", terminal.text(REVIEWS[name]))


@pytest.mark.parametrize("name", EACH)
def test_a_pull_request_shows_it_as_expected(name: str) -> None:
    matches(name, "md", markdown.text(REVIEWS[name]))


@pytest.mark.parametrize("name", EACH)
def test_a_browser_shows_it_as_expected(name: str) -> None:
    matches(name, "html", body(REVIEWS[name]))


SECRETIVE = ["create-a-sensitive-value", "update-a-sensitive-value", "output-sensitive"]
SECRETIVE += ["update-a-value-that-is-named-like-a-secret"]


@pytest.mark.parametrize("name", SECRETIVE)
def test_a_secret_that_stands_in_the_document_is_in_none_of_the_texts(name: str) -> None:
    review = REVIEWS[name]
    texts = [
        terminal.text(review),
        markdown.text(review),
        html.page(review),
        as_json.text(review),
        json.dumps(asdict(review)),
    ]
    assert SEEDED in json.dumps(document(name))
    assert [text for text in texts if SEEDED in text] == []


@pytest.mark.parametrize("name", [name for name in TOGETHER if name.startswith("fifty")])
def test_fifty_units_fit_on_one_screen(name: str) -> None:
    assert len(terminal.render(REVIEWS[name])) <= 50


def test_what_loses_data_is_said_first_and_in_red() -> None:
    first, second, *_ = terminal.render(REVIEWS["fifty-units-one-in-danger"])
    assert (first.text, first.style) == ("DATA WOULD BE LOST", "bold red")
    assert "system-4/unit-9" in second.text and second.style == "red"


def test_a_comment_is_cut_at_what_github_takes_and_says_so() -> None:
    review = REVIEWS["fifty-units"]
    whole = markdown.text(review)
    cut = markdown.text(review, len(whole) - 1)
    assert len(cut) <= len(whole) - 1
    assert "does not fit into a comment" in cut and cut.count("<details>") == cut.count("</details>")


def test_a_review_of_a_thousand_changes_still_fits_into_a_comment() -> None:
    review = together({f"system-{number % 10}/unit-{number}": "update-ten" for number in range(120)})
    shown = markdown.text(review)
    assert markdown.LONGEST - 2000 < len(shown) <= markdown.LONGEST == 65_536
    assert shown.endswith(markdown.CUT)
    assert shown.count("```diff") * 2 == shown.count("```")


def test_no_value_of_a_plan_becomes_markup() -> None:
    shown = html.page(REVIEWS["update-hostile-values"])
    assert "<script>" not in shown and "&lt;script&gt;" in shown
    inside = markdown.text(REVIEWS["update-hostile-values"]).split("diff\n")[1]
    assert "</details>" in inside.split("\n```")[0] or "</details>" in inside.split("\n````")[0]


def test_a_page_loads_nothing_from_anywhere() -> None:
    shown = html.page(REVIEWS["a-system"])
    assert "default-src 'none'" in shown
    assert [
        word for word in ("http:", "https:", "<script", "<link", "@import", "url(") if word in shown
    ] == []


def test_the_document_shows_a_review_as_it_is() -> None:
    shown = (EXPECTED / "a-system-with-costs.txt").read_text()
    assert shown in (REPOSITORY / "docs" / "review.md").read_text()
