"""course data: list, fetch, verify."""

import pytest

from course import cli

NAME = "winequality-red.csv"


def test_list_shows_what_is_there(register, home, wines, capsys):
    register()
    assert cli.main(["data", "list"]) == 0
    assert "wine-quality  stand-in  Two wines" in capsys.readouterr().out
    home.mkdir()
    (home / NAME).write_bytes(wines)
    cli.main(["data", "list"])
    assert "wine-quality  real      Two wines" in capsys.readouterr().out
    (home / NAME).write_bytes(wines[:-1])
    cli.main(["data", "list"])
    assert "wine-quality  damaged   Two wines" in capsys.readouterr().out


def test_list_shows_the_whole_registry(capsys):
    assert cli.main(["data", "list"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("mnist ", "iris", "xor", "weights-vae"))


def test_verify_fails_on_a_damaged_file_and_not_on_a_missing_one(register, home, wines, capsys):
    register("http://127.0.0.1:9/wines")
    assert cli.main(["data", "verify"]) == 0
    assert "wine-quality: missing" in capsys.readouterr().out
    home.mkdir()
    (home / NAME).write_bytes(wines)
    assert cli.main(["data", "verify"]) == 0
    assert "wine-quality: intact" in capsys.readouterr().out
    (home / NAME).write_bytes(wines.replace(b"7.4", b"7.5"))
    assert cli.main(["data", "verify"]) == 1
    shown = capsys.readouterr().out
    assert f"{NAME} is not used" in shown
    assert "Fetch it again: course data fetch wine-quality" in shown


def test_fetch_by_name_and_all(register, site, home, wines, capsys):
    register(site.put("/wines", wines))
    assert cli.main(["data", "fetch", "wine-quality"]) == 0
    assert "is fetched" in capsys.readouterr().out
    assert cli.main(["data", "fetch", "--all"]) == 0
    assert "is there already" in capsys.readouterr().out


def test_fetch_fails_with_one_sentence(register, site, home, capsys):
    register(site.put("/wines", 404))
    assert cli.main(["data", "fetch", "--all"]) == 1
    told = capsys.readouterr()
    assert "answers with HTTP 404" in told.out
    assert told.err == "course data: Not fetched: wine-quality. The stand-ins take their place.\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Name the data sets to fetch, or say --all"),
        (["mnist", "--all"], "Name the data sets to fetch, or say --all"),
        (["mnits"], "Did you mean 'mnist'?"),
        (["iris"], "it comes with scikit-learn"),
        (["xor"], "a notebook builds it"),
        (["pokemon"], "nobody says who may use the sprites"),
    ],
)
def test_fetch_says_what_is_wrong(arguments, message, capsys):
    assert cli.main(["data", "fetch", *arguments]) == 1
    assert message in capsys.readouterr().err


def test_an_action_is_asked_for(capsys):
    with pytest.raises(SystemExit):
        cli.main(["data"])
    assert "ACTION" in capsys.readouterr().err
