"""The published schema is that of the records, and real reports fit it."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from pipelines.report.records import schema
from tests.folders import ROOT
from tests.pipelines.report.pages import constructs, hostile, mixed

SCHEMA = ROOT / "docs/report.schema.json"


def test_the_published_schema_is_that_of_the_records(request: pytest.FixtureRequest) -> None:
    text = json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
    if request.config.getoption("--update-goldens"):
        SCHEMA.write_text(text, encoding="utf-8")
    assert SCHEMA.read_text(encoding="utf-8") == text
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("made", [constructs, mixed, hostile], ids=lambda made: str(made.__name__))
def test_reports_fit_the_schema(tmp_path: Path, made: object) -> None:
    assert callable(made)
    report = made(tmp_path).report
    jsonschema.Draft202012Validator(schema()).validate(report)
    del report["account"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema()).validate(report)
