"""Put the site of this version beside those of earlier versions, below one address.

The site of a version is a folder: 0.2.0/, and latest/ as a copy of the newest. versions.json lists them for the
selector of the theme; the page at the root leads to latest/. All of it is files, so any static host can serve it.

What was published is kept on the branch `site`, byte for byte: no earlier version has to be built again. --keep commits
the new one to this branch, without touching the work tree; to publish it, push the branch or upload site/.
"""

import argparse
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from chargeover import __version__
from tools.contract import ROOT
from tools.site import build

BRANCH = "site"
LATEST = "latest"
VERSION = re.compile(r"\d+\.\d+\.\d+")
INDEX = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>chargeover (unofficial)</title>
<meta http-equiv="refresh" content="0; url=latest/index.html">
<a href="latest/index.html">The latest version</a>
</html>
"""


def main() -> None:
    """Build the site of this version into site/, with the earlier versions beside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", action="store_true", help=f"commit it to the branch {BRANCH}")
    keep = parser.parse_args().keep
    build.main(versioned=True)
    with tempfile.TemporaryDirectory() as name:
        new = Path(name, "new")
        build.SITE.rename(new)
        earlier(ROOT, build.SITE)
        add(build.SITE, new, __version__)
    print("The site has the versions", *(entry["version"] for entry in listed(build.SITE)))
    if keep:
        print(f"The branch {BRANCH} is at", commit(ROOT, build.SITE, f"Publish {__version__}"))


def earlier(root: Path, site: Path) -> None:
    """Write what the branch has; nothing, if there is no such branch yet."""
    site.mkdir()
    for name in (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}"):
        if subprocess.run(
            ["git", "rev-parse", "--quiet", "--verify", name], cwd=root, capture_output=True, check=False
        ).returncode:
            continue
        packed = subprocess.run(["git", "archive", name], cwd=root, capture_output=True, check=True).stdout
        with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
            archive.extractall(site, filter="data")
        return


def add(site: Path, new: Path, version: str) -> None:
    """Add the site of a version, and make it the latest one if no release is newer.

    Args:
        site: the folder with all versions.
        new: the site of the version; it is moved.
        version: its number. If the folder has it already, it is replaced.
    """
    shutil.rmtree(site / version, ignore_errors=True)
    shutil.move(new, site / version)
    names = (path.name for path in site.iterdir() if path.is_dir() and VERSION.match(path.name))
    versions = sorted(names, key=_age, reverse=True)
    latest = next((one for one in versions if _is_final(one)), versions[0])
    shutil.rmtree(site / LATEST, ignore_errors=True)
    shutil.copytree(site / latest, site / LATEST)
    # The documents have paths of their own, which stay: openapi/VERSION/openapi.yaml.
    shutil.copytree(site / LATEST / "openapi", site / "openapi", dirs_exist_ok=True)
    entries = [{"version": one, "title": one, "aliases": [LATEST] if one == latest else []} for one in versions]
    (site / "versions.json").write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    (site / "index.html").write_text(INDEX, encoding="utf-8")
    (site / ".nojekyll").touch()
    # A static host has one page for what does not exist, at the root; it must not depend on a version.
    shutil.copyfile(build.SOURCE / "404.html", site / "404.html")


def listed(site: Path) -> list[dict[str, str]]:
    """The entries of versions.json, newest first."""
    entries: list[dict[str, str]] = json.loads((site / "versions.json").read_text(encoding="utf-8"))
    return entries


def _is_final(version: str) -> bool:
    return VERSION.fullmatch(version) is not None


def _age(version: str) -> tuple[list[int], bool, str]:
    """What versions are sorted by: a pre-release such as 0.2.0rc1 comes before its release."""
    numbers = VERSION.match(version)
    return [int(number) for number in numbers[0].split(".")] if numbers else [], _is_final(version), version


def commit(root: Path, site: Path, message: str) -> str:
    """Commit the folder to the branch, and return the commit; neither the work tree nor its index changes."""
    with tempfile.TemporaryDirectory() as name:
        environment = os.environ | {"GIT_INDEX_FILE": str(Path(name, "index")), "GIT_WORK_TREE": str(site)}

        def git(*words: str) -> str:
            done = subprocess.run(
                ["git", *words], cwd=root, env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode:
                sys.exit(f"git {words[0]}: {done.stderr.strip()}")
            return done.stdout.strip()

        directory = git("rev-parse", "--absolute-git-dir")
        git("--git-dir", directory, "add", "--all", "--force", ".")
        tree = git("write-tree")
        names = (f"refs/heads/{BRANCH}", f"refs/remotes/origin/{BRANCH}")
        known = git("for-each-ref", "--format=%(objectname)", *names).split()
        parents = [word for parent in known[:1] for word in ("-p", parent)]
        made = git("commit-tree", tree, *parents, "-m", message)
        git("update-ref", f"refs/heads/{BRANCH}", made)
        return made


if __name__ == "__main__":
    main()
