"""A state that Terraform could not save: found by its backend, and saved only when nothing else came after."""

import json

import pytest

from scripts.states.unsaved import Unsaved, follows, unsaved


def state(serial, lineage="one", **more):
    return json.dumps({"version": 4, "serial": serial, "lineage": lineage, **more}).encode()


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        pytest.param(None, True, id="the bucket has none"),
        pytest.param(state(6), True, id="the bucket's is older"),
        pytest.param(state(7), True, id="it was saved after all"),
        pytest.param(state(7, resources=[{}]), False, id="another was saved as this serial"),
        pytest.param(state(8), False, id="the bucket's is newer"),
        pytest.param(state(6, "two"), False, id="the state was made anew"),
    ],
)
def test_only_a_successor_is_saved(now, expected):
    assert follows(state(7), now) is expected


def test_it_is_found_in_terragrunts_working_folder_with_its_place(tmp_path):
    folder = tmp_path / "s3-warm" / "aGFzaA" / "Y29kZQ" / "messaging" / "sqs"
    (folder / ".terraform").mkdir(parents=True)
    backend = {"type": "s3", "config": {"bucket": "states", "key": "shop/queue/terraform.tfstate"}}
    (folder / ".terraform" / "terraform.tfstate").write_text(json.dumps({"version": 3, "backend": backend}))
    assert unsaved(tmp_path) == ()
    (folder / "errored.tfstate").write_bytes(state(1))
    (found,) = unsaved(tmp_path)
    assert found == Unsaved(folder / "errored.tfstate", "states", "shop/queue/terraform.tfstate")
