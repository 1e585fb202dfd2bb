"""What lies inside of a source and no visitor ever saw: no post, no file of the new site, named once a kind."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from converters.importers.shared.hidden import holds_private, passed_over, vendored
from pipelines.media.candidates import place_of
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.hostile.test_never_written import PAGE, below, fill, said
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

TEXT = "enough text to be found here as an article"
SECRET = "TOPSECRET"
KEY = f"-----BEGIN OPENSSH PRIVATE KEY-----\n{SECRET}\n"
HIDDEN = {
    ".env": f"PASSWORD={SECRET}",
    ".git/config": f"[user]\n{SECRET}",
    ".git/x.html": PAGE.format(f"{SECRET} {TEXT}"),
    ".ssh/id_rsa": KEY,
    "a/.hidden/x.html": PAGE.format(f"{SECRET} {TEXT}"),
    "node_modules/x/readme.html": PAGE.format(f"{SECRET} {TEXT}"),
    "_site/x.html": PAGE.format(f"{SECRET} {TEXT}"),
    "__MACOSX/._x.html": PAGE.format(f"{SECRET} {TEXT}"),
    "__pycache__/x.pyc": SECRET,
    "vendor/composer/a.html": PAGE.format(f"{SECRET} {TEXT}"),
    "vendor/x/b.html": PAGE.format(f"{SECRET} {TEXT}"),
    "wp-config.php": f"<?php define('DB_PASSWORD', '{SECRET}');",
    "wp-config.php.bak": SECRET,
    "wp-config.php~": SECRET,
    "#index.html#": PAGE.format(f"{SECRET} {TEXT}"),
    "index.html~": PAGE.format(f"{SECRET} {TEXT}"),
    "index.html.bak": PAGE.format(f"{SECRET} {TEXT}"),
    ".index.html.swp": SECRET,
    "index.php": f"<html><body><?php echo '{SECRET}'; ?></body></html>",
    "program.php": f"<?php // {SECRET}\n?><html><body><p>{TEXT}</p></body></html>",
    "dump.sql": SECRET,
    "dump.sql.gz": SECRET,
    "error.log": SECRET,
    "error_log": SECRET,
    "id_rsa": KEY,
    "server.pem": KEY,
    "server.key": KEY,
    "keys.txt": KEY,
    "Thumbs.db": SECRET,
    "data.sqlite3": SECRET,
    "credentials.json": SECRET,
}
SHOWN = {
    "index.html": PAGE.format(TEXT),
    "about/index.html": PAGE.format(TEXT),
    "saved.php": PAGE.format(TEXT),
    ".well-known/security.txt": "Contact: x",
    "img/a.txt": "words",
    "vendor2/x.txt": "words",
    "public/talk.key": "PK\x03\x04words",
    "id_rsa-explained.html": PAGE.format(TEXT),
    "logs/index.html": PAGE.format(TEXT),
}


def words_of(site: Site) -> str:
    return "".join((site.folder / path).read_text("utf-8", "replace") for path in sorted(below(site)))


def zipped(folder: Path, files: dict[str, str], top: str = "") -> Path:
    path = folder / "site.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(top + name, text)
    return path


def tarred(folder: Path, files: dict[str, str]) -> Path:
    path = folder / "site.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path


def as_folder(folder: Path, files: dict[str, str]) -> Path:
    return fill(folder / "source", dict(files))


@case(
    "path-hidden",
    "a folder or an archive of pages with `.env`, `.git/`, `node_modules/`, `wp-config.php`, dumps and keys in it",
    "none of it becomes a post or a file; a notice a kind names it",
)
@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
@pytest.mark.parametrize("packed", [as_folder, zipped, tarred], ids=["folder", "zip", "tar"])
def test_hidden_files_of_pages(tmp_path: Path, packed, target: str) -> None:  # type: ignore[no-untyped-def]
    source = packed(tmp_path, HIDDEN | SHOWN)
    site = convert_files(tmp_path, source, options=Options("html", target))
    assert SECRET not in words_of(site)
    carried = [row for row in site.report["items"] if row["outcome"] == "carried"]
    assert len(carried) == 5
    codes = [*site.notices("source.hidden"), *site.notices("source.private")]
    assert 4 <= len(codes) <= 6
    named = said(site, "source.hidden") + said(site, "source.private")
    for name in (".env", ".git", "node_modules", "wp-config.php", "program.php", "id_rsa", "dump.sql", "index.html~"):
        assert name in named, name


def test_a_folder_s_env_and_git_config_became_posts(tmp_path: Path) -> None:
    """Found out by looking (`--from` left out), and in a folder of content for Hugo."""
    files = {
        ".env": f"---\ntitle: {SECRET}\n---\n",
        ".git/config.md": f"---\ntitle: {SECRET}\n---\n",
        "a.md": "---\ntitle: A\n---\nx\n",
        "a.md.bak": f"---\ntitle: {SECRET}\n---\n",
        "node_modules/x/readme.md": f"---\ntitle: {SECRET}\n---\n",
        "b/.git/x.md": f"---\ntitle: {SECRET}\n---\n",
    }
    site = convert_files(tmp_path, fill(tmp_path / "source", files), options=Options("hugo", "json"))
    assert SECRET not in words_of(site)
    assert "node_modules" in said(site, "source.hidden")
    assert "b/.git" in said(site, "source.hidden")


def test_hidden_files_of_a_hugo_site(tmp_path: Path) -> None:
    files = {
        "hugo.toml": "title = 'x'\n",
        "content/a/index.md": "---\ntitle: A\n---\nx\n",
        **{f"content/a/{name}": text for name, text in HIDDEN.items() if not name.endswith(".html")},
        **{f"static/{name}": text for name, text in HIDDEN.items() if not name.startswith("vendor")},
        "data/secrets.yaml": "shown: 1\n",
        ".env": SECRET,
    }
    for number, target in enumerate(("hugo", "jekyll", "json")):
        folder = tmp_path / str(number)
        site = convert_files(folder, fill(folder / "source", dict(files)), options=Options("hugo", target))
        assert SECRET not in words_of(site), target
        assert target != "hugo" or "data/secrets.yaml" in below(site)
        assert ".env" in said(site, "source.hidden")
        assert "wp-config.php" in said(site, "source.private")


KEYS = """ service-account-1.json sftp-config.json auth.json terraform.tfstate my.cnf dump.rdb wallet.dat a/My.cnf
    SFTP.JSON docker-compose.prod.yml database.yml appsettings.Development.json""".split()


@pytest.mark.parametrize("name", KEYS)
def test_names_of_keys_and_databases(name: str) -> None:
    assert passed_over(name)


def test_keys_among_files_for_layouts(tmp_path: Path) -> None:
    files = {f"data/{name}": HIDDEN[name] for name in ("id_rsa", "dump.sql", "server.pem", "data.sqlite3")}
    files |= {f"assets/a/{name}": HIDDEN[name] for name in ("id_rsa", "dump.sql.gz", "server.key")}
    files |= {"hugo.toml": "title = 'x'\n", "content/a.md": "---\ntitle: A\n---\n", "data/secrets.yaml": "shown: 1\n"}
    site = convert_files(tmp_path, fill(tmp_path / "source", files), options=Options("hugo", "hugo"))
    assert SECRET not in words_of(site)
    assert "data/secrets.yaml" in below(site)
    assert "assets/a/id_rsa" in said(site, "source.private")


def test_hidden_exports_in_a_folder(tmp_path: Path) -> None:
    source = fill(
        tmp_path / "source",
        {
            "export.xml": export(item(1, title="Shown")),
            ".trash/export.xml": export(item(2, title=SECRET)),
            "node_modules/export.xml": export(item(3, title=SECRET)),
            "export.xml~": export(item(4, title=SECRET)),
        },
    )
    site = convert_files(tmp_path, source)
    assert SECRET not in words_of(site)
    assert ".trash" in said(site, "source.hidden")


def test_patterns_take_no_hidden_files(tmp_path: Path) -> None:
    source = fill(
        tmp_path / "source",
        {
            "a.xml": export(item(1, title="Shown")),
            ".b.xml": export(item(2, title=SECRET)),
            ".git/c.xml": export(item(3, title=SECRET)),
        },
    )
    site = convert_files(tmp_path, Path(f"{source}/**/*.xml"))
    assert SECRET not in words_of(site)
    assert ".b.xml" in said(site, "source.hidden")


@pytest.mark.parametrize("name", ["public", ".hidden", "_site", "node_modules", "vendor"])
def test_what_is_named_itself_is_read(tmp_path: Path, name: str) -> None:
    source = fill(tmp_path / name, {"index.html": PAGE.format(TEXT), "a.html": PAGE.format(TEXT)})
    site = convert_files(tmp_path, source, options=Options("html", "json"))
    assert len([row for row in site.report["items"] if row["outcome"] == "carried"]) == 2
    assert not site.notices("source.hidden")


def test_a_file_that_is_named_itself_is_read(tmp_path: Path) -> None:
    for number, name in enumerate((".export.xml", "export.bak", "wp-config.xml")):
        folder = tmp_path / str(number)
        folder.mkdir()
        site = convert(folder, export(item(1, title="Shown")), name=name)
        assert "Shown" in words_of(site)


REFERENCES = (
    "/.env",
    "/wp-config.php",
    "/../../.ssh/id_rsa",
    "/id_rsa",
    "/dump.sql",
    "/a/.git/config",
    "/x.pem",
    "/error.log",
    "/wp-config.php.bak",
    "/%2eenv",
    "/..%2f..%2fx.png",
    "/a.png~",
    "/node_modules/x/a.png",
    "/.git%2fconfig",
    "/wp-config%2ephp",
    "/server.key.pem",
)


@pytest.mark.parametrize("path", REFERENCES)
def test_references_that_bring_nothing(path: str) -> None:
    assert place_of(path) == ""


def test_media_bring_no_secrets(tmp_path: Path) -> None:
    folder = fill(tmp_path / "web", {**HIDDEN, "up/keys.csv": KEY, "up/a.csv": "words"})
    (folder / "up/link.csv").symlink_to(folder / ".env")
    (folder / "up/other.csv").symlink_to(folder / "wp-config.php")
    paths = (
        *REFERENCES,
        *(f"/{name}" for name in HIDDEN),
        "/up/keys.csv",
        "/up/a.csv",
        "/up/link.csv",
        "/up/other.csv",
    )
    text = "".join(f'<a href="https://old.example{path}">x</a><img src="{path}">' for path in paths)
    site = convert(tmp_path, export(item(1, content=text)), media=Settings("copy", str(folder)))
    assert (site.folder / "static/up/a.csv").is_file()
    assert SECRET not in "".join(
        (site.folder / path).read_text("utf-8", "replace") for path in below(site) if path.startswith("static/")
    )
    assert {path for path in below(site) if path.startswith("static/")} == {"static/up/a.csv", "static/start.css"}


PASSED = (
    ".env",
    "a/.env",
    ".Env",
    "\uff0eenv",
    ".\u200benv",
    ".git/x",
    "a/NODE_MODULES/b",
    "Thumbs.DB",
    "a~",
    "a.html~",
    "#a#",
    "~$a.docx",
    "a.BAK",
    "a.swp",
    "a.old",
    "wp-config.php",
    "WP-Config.PHP",
    "wp-config.php.old",
    "wp-config-sample.php",
    "wp-config.php_",
    "configuration.php",
    "id_rsa",
    "id_ed25519.pub",
    "x.pem",
    "x.P12",
    "x.kdbx",
    "prod.env",
    "env",
    ".well-known/.git/x",
    "x.sql",
    "x.sql.gz",
    "x.sqlite",
    "x.log",
    "x.log.1",
    "access_log",
    "credentials.json",
    "secrets.yml",
    ".htpasswd",
    "htpasswd",
    "__MACOSX/x",
    "a\\.env",
    "authorized_keys",
)
NOT_PASSED = (
    "a.html",
    "index.md",
    ".well-known/security.txt",
    "vendor/x.js",
    "public/a.html",
    "a/b/c.png",
    "bak/x.html",
    "wp-config-explained.html",
    "id_rsa.md",
    "my-secrets.html",
    "sql/x.html",
    "old.html",
    "log.html",
    "error_log.html",
    "environment.html",
    "key.png",
    "a.tar.gz",
    "changelog.txt",
    "a~b.html",
    "#hash.html",
    "dist/a.html",
    "sites/a.html",
)


@pytest.mark.parametrize("path", PASSED)
def test_names_that_are_passed_over(path: str) -> None:
    assert passed_over(path)


@pytest.mark.parametrize("path", NOT_PASSED)
def test_names_that_are_not(path: str) -> None:
    assert passed_over(path) == ""
    assert passed_over(path, b"words") == ""


def test_vendor_folders_of_packages() -> None:
    paths = ["vendor/autoload.php", "vendor/a/b.html", "x/vendor/bundle/c", "y/vendor/jquery.js", "vendor.html"]
    assert vendored(paths) == {"vendor/", "x/vendor/"}


def archive_of(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, SECRET)
    return path


@case(
    "privacy-archives-inside",
    "an archive in a folder of pages that is a backup of the site: by its name, or by what it holds",
    "passed over and named; other archives go along as they are",
)
def test_a_backup_of_the_site_does_not_become_public(tmp_path: Path) -> None:
    source = fill(tmp_path / "pages", {"index.html": PAGE.format(TEXT)})
    for name in ("site-backup-2021.zip", "public_html.zip", "old/backup.tar.gz", "export.wpress"):
        (source / name).parent.mkdir(exist_ok=True)
        archive_of(source / name, "readme.txt")
    archive_of(source / "all.zip", "site/index.html", "site/wp-config.php")
    archive_of(source / "db.zip", "dump.sql")
    archive_of(source / "theme.zip", "style.css", ".DS_Store", "index.php")
    site = convert_files(tmp_path, source, options=Options("html", "hugo"))
    brought = {path.name for path in (site.folder / "static").rglob("*") if path.is_file()} - {"start.css"}
    assert brought == {"theme.zip"}
    assert said(site, "source.hidden").startswith("6: all.zip, db.zip, export.wpress, old/backup.tar.gz")


def test_what_is_no_archive_holds_nothing(tmp_path: Path) -> None:
    assert not holds_private(tmp_path / "gone.zip", "gone.zip")
    (tmp_path / "odd.zip").write_bytes(b"PK\x01\x02" * 20_000)
    assert not holds_private(tmp_path / "odd.zip", "odd.zip")
    archive_of(tmp_path / "a.txt", "wp-config.php")
    assert not holds_private(tmp_path / "a.txt", "a.txt")
