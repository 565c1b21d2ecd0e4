"""Two regions of one account never give the same name to what is known in all of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.checks.regions import meeting_names
from scripts.live.terragrunt_values import context_of
from scripts.live.tree import read_tree

REPOSITORY = Path(__file__).resolve().parents[2]
ENV = 'locals {\n  account_id = "111111111111"\n}\n'


def regions(root, east, west):
    for region, text in (("us-east-1", east), ("us-west-2", west)):
        folder = root / "live" / "prod" / region
        folder.mkdir(parents=True)
        (folder / "region.hcl").write_text(f"locals {{\n  azs = []\n{text}}}\n")
    (root / "live/prod/env.hcl").write_text(ENV)
    return list(meeting_names(read_tree(root)))


@pytest.mark.parametrize(
    ("east", "west", "place", "message"),
    [
        pytest.param(
            "", "", "live/prod/us-west-2/region.hcl", 'us-east-1 has the name_suffix ""', id="none has one"
        ),
        pytest.param(
            '  name_suffix = "-x"\n',
            '  name_suffix = "-x"\n',
            "live/prod/us-west-2/region.hcl",
            'us-east-1 has the name_suffix "-x"',
            id="the same one",
        ),
        pytest.param(
            "",
            '  name_suffix = "West 2"\n',
            "live/prod/us-west-2/region.hcl",
            'not "West 2"; write one such as "-usw2"',
            id="no name",
        ),
        pytest.param("", "  name_suffix = 2\n", "live/prod/us-west-2/region.hcl", "not 2;", id="no text"),
    ],
)
def test_regions_whose_names_would_meet_are_refused(tmp_path, east, west, place, message):
    (found,) = regions(tmp_path, east, west)
    assert (found.path, found.rule) == (place, "region-suffix")
    assert message in found.message


def test_a_suffix_of_its_own_is_enough(tmp_path):
    assert regions(tmp_path, "", '  name_suffix = "-usw2"\n') == []


def test_the_same_unit_of_two_regions_has_two_names():
    names = {
        region: context_of(REPOSITORY, REPOSITORY / "live" / "prod" / region / "platform" / "kms")["name"]
        for region in ("us-east-1", "us-west-2")
    }
    assert names == {"us-east-1": "acme-prod-platform", "us-west-2": "acme-prod-platform-usw2"}


def test_only_the_first_region_of_prod_sends_copies_of_its_backups_and_never_to_itself():
    tree = read_tree(REPOSITORY)
    sends = {
        (environment.name, region): context_of(
            REPOSITORY, REPOSITORY / "live" / environment.name / region / "platform" / "kms"
        )["copies_to"]
        for environment in tree.environments
        for region in environment.regions
    }
    assert {place: to for place, to in sends.items() if to is not None} == {
        ("prod", "us-east-1"): "us-west-2"
    }
