"""What a release checks: the bill of materials, and wheels that should be the same."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from chargeover import __version__
from tools.release import sbom
from tools.release.wheel import differences


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    path = tmp_path / "chargeover-1-py3-none-any.whl"
    with ZipFile(path, "w") as archive:
        archive.writestr("chargeover/one.py", "1\n")
        archive.writestr(
            "chargeover-1.dist-info/METADATA",
            "Name: chargeover\nProvides-Extra: cli\nRequires-Dist: attrs>=24.2\n"
            "Requires-Dist: chargeover[cli]; extra == 'all'\nRequires-Dist: PyYAML>=6; extra == 'cli'\n",
        )
    return path


def bill(**versions: str) -> dict[str, object]:
    return {
        "metadata": {"component": {"name": "chargeover", "version": __version__}},
        "components": [{"name": name, "version": version} for name, version in versions.items()],
    }


LOCKED = {"attrs": "25.1.0", "pyyaml": "6.0.3"}


def test_a_bill_has_the_locked_version_of_everything_that_the_wheel_requires(wheel: Path) -> None:
    assert sbom.problems(bill(attrs="25.1.0", PyYAML="6.0.3"), LOCKED, wheel) == []


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (bill(attrs="25.1.0"), "pyyaml is missing"),
        (bill(attrs="25.2.0", PyYAML="6.0.3"), "attrs 25.2.0 is not the locked version, 25.1.0"),
        (bill(attrs="25.1.0", PyYAML="6.0.3", pip="26.0"), "pip 26.0 is not the locked version, None"),
        (
            bill(attrs="25.1.0", PyYAML="6.0.3") | {"x": "https://files.pythonhosted.example/"},
            "it names https://files.pythonhosted.",
        ),
        (bill(attrs="25.1.0", PyYAML="6.0.3") | {"x": "file:///a/b"}, "it names file:"),
        (
            bill(attrs="25.1.0", PyYAML="6.0.3") | {"metadata": {"component": {"name": "chargeover"}}},
            "it describes chargeover None",
        ),
    ],
)
def test_a_wrong_bill_is_refused(wrong: dict[str, object], complaint: str, wheel: Path) -> None:
    assert sbom.problems(wrong, LOCKED, wheel) == [complaint]


def test_links_to_registries_are_left_out_and_others_are_kept() -> None:
    urls = (
        "https://pypi.example/project/x/",
        "https://files.pythonhosted.example/x",
        "https://notpypi.example/",
        "https://x.example",
    )
    written = {"components": [{"externalReferences": [{"url": url} for url in urls]}]}
    kept = json.dumps(sbom.without_registries(json.dumps(written)))
    assert [url in kept for url in urls] == [False, False, True, True]


def test_the_version_takes_the_place_of_the_dynamic_fields() -> None:
    assert f'version = "{__version__}"' in sbom.with_version('name = "x"\ndynamic = ["readme", "version"]\n')
    with pytest.raises(ValueError, match="dynamic ="):
        sbom.with_version('name = "x"\nversion = "1"\n')


def test_the_same_wheel_has_no_differences_and_others_name_their_files(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.whl"
    copy.write_bytes(wheel.read_bytes())
    assert differences(wheel, copy) == []
    with ZipFile(copy, "a") as archive:
        archive.writestr("chargeover/more.py", "2\n")
    assert differences(wheel, copy) == ["chargeover/more.py"]
    other = tmp_path / "other.whl"
    with ZipFile(wheel) as source, ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"changed" if name == "chargeover/one.py" else source.read(name))
    assert differences(wheel, other) == ["chargeover/one.py"]
