"""The digest of what a site was made of."""

from __future__ import annotations

from pathlib import Path

from pipelines.run.fingerprint import of_sources


def test_what_a_link_to_a_folder_leads_to_counts(tmp_path: Path) -> None:
    elsewhere, source = tmp_path / "elsewhere", tmp_path / "source"
    elsewhere.mkdir()
    source.mkdir()
    (elsewhere / "a.md").write_text("one")
    (source / "posts").symlink_to(elsewhere)
    before = of_sources([str(source)])
    assert of_sources([str(source)]) == before
    (elsewhere / "a.md").write_text("two")
    assert of_sources([str(source)]) != before


def test_a_link_back_into_its_own_folder_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one")
    (tmp_path / "again").symlink_to(tmp_path)
    assert of_sources([str(tmp_path)])


def test_a_link_to_nothing_is_a_link(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    before = of_sources([str(tmp_path)])
    (tmp_path / "gone").unlink()
    (tmp_path / "gone").symlink_to(tmp_path / "somewhere")
    assert of_sources([str(tmp_path)]) != before
