"""A log line is one JSON object that Lambda's level filter and a person's search both understand."""

import importlib.util
import json
from pathlib import Path

import pytest


@pytest.fixture
def log():
    spec = importlib.util.spec_from_file_location(
        "structured_log", Path(__file__).with_name("structured_log.py")
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.StructuredLog("orders", "c-1")


@pytest.mark.parametrize(("method", "level"), [("info", "INFO"), ("warning", "WARN"), ("error", "ERROR")])
def test_every_line_has_time_level_function_and_correlation(log, capsys, method, level):
    getattr(log, method)("stored", order_id="o-1")
    (text,) = capsys.readouterr().out.splitlines()
    line = json.loads(text)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "level": level,
        "function": "orders",
        "correlation_id": "c-1",
        "message": "stored",
        "order_id": "o-1",
    }


def test_a_newline_in_a_field_does_not_make_a_second_line(log, capsys):
    log.info("stored", order_id='o-1\n{"level": "forged"}')
    assert len(capsys.readouterr().out.splitlines()) == 1


def test_a_field_cannot_replace_what_every_line_has(log, capsys):
    log.info("stored", level="DEBUG", function="other")
    line = json.loads(capsys.readouterr().out)
    assert (line["level"], line["function"]) == ("INFO", "orders")
