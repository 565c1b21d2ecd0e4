"""release.promote: each step is watched, and whatever goes wrong, the old version has all the traffic again."""

from __future__ import annotations

import http.server
import threading

import pytest

from scripts.checks.finding import Refused
from scripts.commands import release
from scripts.commands.options import Flags
from scripts.release import gates, traffic


class Recorded:
    """Traffic that only remembers what it was told."""

    def __init__(self):
        self.told = []

    def shift(self, percent):
        self.told.append(percent)

    def finish(self):
        self.told.append("finish")

    def back(self):
        self.told.append("back")


@pytest.fixture
def moved():
    return Recorded()


def says(*words):
    """A check that says one word after another."""
    left = iter(words)
    return lambda: next(left)


def go(moved, steps, wrong, wait=lambda: None):
    return traffic.promote(moved, steps, wrong, lambda text: None, wait)


def test_every_step_is_taken_and_the_last_one_ends_it(moved):
    assert go(moved, (10, 50, 100), lambda: "") == traffic.Outcome(100)
    assert moved.told == [10, 50, "finish"]


def test_a_last_step_below_100_stays_there(moved):
    assert go(moved, (10,), lambda: "") == traffic.Outcome(10)
    assert moved.told == [10]


def test_what_goes_wrong_after_a_step_sends_all_traffic_back_at_once(moved):
    outcome = go(moved, (10, 50, 100), says("", "", "shop-5xx rings"))
    assert outcome == traffic.Outcome(50, "shop-5xx rings")
    assert moved.told == [10, 50, "back"]


def test_even_after_the_last_step(moved):
    assert go(moved, (100,), says("", "too slow")).wrong == "too slow"
    assert moved.told == ["finish", "back"]


def test_what_is_ill_before_is_not_touched(moved):
    assert go(moved, (10,), lambda: "shop-5xx rings").wrong == "before the first step: shop-5xx rings"
    assert moved.told == []


@pytest.mark.parametrize("accident", [KeyboardInterrupt, ConnectionError], ids=["Ctrl-C", "lost connection"])
def test_an_accident_sends_the_traffic_back(moved, accident):
    def wait():
        raise accident

    with pytest.raises(accident):
        go(moved, (10, 100), lambda: "", wait)
    assert moved.told == [10, "back"]


@pytest.mark.parametrize("steps", ["", "0", "101", "50,10", "10,10", "ten", "10;50"])
def test_steps_that_do_not_grow_to_100_at_most_are_refused(steps):
    with pytest.raises(Refused, match="growing percentages"):
        traffic.checked_steps(steps)


def test_steps_are_read_as_they_are_typed():
    assert traffic.checked_steps("10, 50,100") == (10, 50, 100)


def test_a_release_that_nobody_watches_is_refused():
    with pytest.raises(Refused, match="a release that nobody watches"):
        release.promote(Flags(env="dev"), "f", "", "", "10,100", "", " , ", 0)


@pytest.fixture
def server():
    """A web server that answers the code that its path names."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(int(self.path.strip("/")))
            self.end_headers()

        def log_message(self, *_):
            pass

    served = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()


@pytest.mark.parametrize(
    ("code", "wrong"), [(200, ""), (204, ""), (404, "answered 404"), (503, "answered 503")]
)
def test_a_smoke_request_is_answered_or_it_says_how_not(server, code, wrong):
    found = gates.unanswered(f"{server}/{code}")
    assert found.endswith(wrong)
    assert bool(found) == bool(wrong)


def test_a_server_that_is_gone_did_not_answer(server):
    assert "did not answer" in gates.unanswered("http://127.0.0.1:9/")
    assert gates.unanswered("") == ""
