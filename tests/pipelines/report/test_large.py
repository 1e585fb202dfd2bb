"""Ten thousand posts: a page of a size that opens, made with as much memory as a small one needs."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import msgspec
import pytest

from converters.model.notices import Notice
from pipelines.report import page
from pipelines.report.records import ReportRow
from tests.pipelines.report.pages import mixed, read


def grown(folder: Path, posts: int) -> tuple[Path, Path]:
    """A report with that many items more."""
    made = mixed(folder)
    report = Path(made.outcome.report)
    head, _, _ = report.read_bytes().partition(b'"items":[')
    encode = msgspec.json.Encoder().encode
    with report.open("wb") as file:
        file.write(head + b'"items":[')
        for number in range(posts):
            found = [Notice("image.variant", str(number), f"pier-{number}-300x200.jpg")] if number % 3 else []
            row = ReportRow(
                str(number),
                "post",
                f"A title of post {number} & more",
                "published",
                "carried",
                path=f"content/posts/post-{number}.md",
                url=f"/post-{number}/",
                permalink=f"https://old.example/post-{number}/",
                notices=found,
                date="2019-02-03",
                bytes=5000,
                fidelity="whole",
            )
            file.write((b",\n" if number else b"\n") + encode(row))
        file.write(b"\n]}\n")
    return report, Path(made.outcome.page)


def peak(folder: Path, posts: int) -> tuple[Path, int]:
    report, file = grown(folder, posts)
    tracemalloc.start()
    page.write(file, report, (), folder / "site")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return file, most


@pytest.mark.parametrize("posts", [600, pytest.param(10_000, marks=pytest.mark.slow)])
def test_a_large_site(tmp_path: Path, posts: int) -> None:
    (tmp_path / "few").mkdir()
    (tmp_path / "many").mkdir()
    _, few = peak(tmp_path / "few", 200)
    file, many = peak(tmp_path / "many", posts)
    assert many < few + 2_000_000
    assert file.stat().st_size < 700 * posts
    text = read(file) if posts < 5_000 else None
    if text is not None:
        assert len(text.all("details", **{"class": "page"})) == posts // 200
        assert len(text.all("tr", id=f"i{posts}")) == 1
