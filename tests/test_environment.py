"""environment.yml says what pyproject.toml says."""

import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
CONDA_NAMES = {"matplotlib-base": "matplotlib", "python-graphviz": "graphviz"}


def split(requirement):
    name = requirement.split(">=")[0].split(" ")[0]
    return CONDA_NAMES.get(name, name), requirement[requirement.index(">=") :]


def test_environment_equals_pyproject():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = dict(split(line) for line in project["dependencies"])
    for name in ("trees", "tuning", "molecules", "authors"):
        wanted |= dict(split(line) for line in extras[name])
    wanted["python"] = project["requires-python"]

    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    from_pip = environment[-1]["pip"]
    assert from_pip[-1] == "--editable ."
    given = dict(split(line) for line in [*environment[:-1], *from_pip[:-1]] if line != "pip")
    assert given == wanted


def test_lock_fits_pyproject():
    from packaging.requirements import Requirement

    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    wanted = [
        *project["dependencies"],
        *(line for name in extras if name != "nbgrader" for line in extras[name]),
    ]
    pinned = {}
    for line in (ROOT / "requirements.lock").read_text().splitlines():
        requirement = Requirement(line)
        pinned.setdefault(requirement.name, []).append(str(requirement.specifier).removeprefix("=="))
    for line in wanted:
        requirement = Requirement(line)
        assert requirement.name in pinned, f"{requirement.name} is not in requirements.lock; run `make lock`"
        for version in pinned[requirement.name]:
            assert requirement.specifier.contains(version), f"{requirement.name} {version}; run `make lock`"
