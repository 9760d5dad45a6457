"""`ancam assess` with the mode for one guess: what it finds, that it costs each device one, and none in later runs."""

import argparse
import json

import pytest
import yaml

from ancam.cli import assess
from ancam.cli.lab import authorisation_for
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import an_address, running

pytestmark = pytest.mark.network

SHARING = {
    "CHK-CRED-01": "default_credential",
    "CHK-FTP-02": "ftp_anonymous",
    "CHK-SNMP-01": "snmp_public_community",
    "CHK-CRED-06": "user_enumeration",
}


@pytest.fixture
def assessed(tmp_path):
    """Assess one address with these modes, and return its row."""

    def assessed(ip, run, *modes):
        paper = yaml.safe_load(authorisation_for(f"{ip}/32", assess.now_here()))
        paper["checks"] = ["discovery", "readonly", *modes]
        (tmp_path / "paper.yaml").write_text(yaml.safe_dump(paper, allow_unicode=True))
        words = {"authorization": tmp_path / "paper.yaml", "out": tmp_path / run, "state": tmp_path / "state"}
        parser = argparse.ArgumentParser()
        assess.add_arguments(parser)
        told = parser.parse_args(["--unsigned", *(f"--{name}={value}" for name, value in words.items())])
        assert assess.run(told) == assess.FINISHED
        return json.loads((tmp_path / run / "hosts.jsonl").read_text())

    return assessed


def reasons(row):
    return {one["check"]: one["why"] for one in row["not_assessable"] if one["check"] in SHARING}


@pytest.mark.parametrize(
    ("kind", "posture", "check", "elsewhere"),
    [
        ("axis-camera", {"password": "default", "ftp": "anonymous"}, "CHK-CRED-01", {"CHK-FTP-02", "CHK-SNMP-01"}),
        ("onvif-camera", {"ftp": "anonymous", "snmp": "public"}, "CHK-FTP-02", {"CHK-SNMP-01"}),
        ("onvif-camera", {"snmp": "public"}, "CHK-SNMP-01", set()),
    ],
    ids=["the maker's login", "ftp", "snmp"],
)
def test_one_guess_finds_one_thing_and_later_runs_say_it_again_without_another(
    assessed, kind, posture, check, elsewhere
):
    ip = an_address()
    with running(place(ip, kind, **posture)) as laboratory:
        row = assessed(ip, "first", "default_credential")
        again = assessed(ip, "second", "default_credential")

    assert {finding for finding in row["findings"] if finding in SHARING.values()} == {SHARING[check]}
    assert row["findings"] == again["findings"]
    assert {one for one, why in reasons(row).items() if why == "guess-went-elsewhere"} == {"CHK-CRED-06", *elsewhere}
    assert reasons(row) == reasons(again)
    harm = laboratory.harm[ip]
    assert (harm.guessed_logins, harm.lockouts, harm.writes) == (1, 0, 0)


def test_without_the_mode_nothing_is_guessed(assessed):
    ip = an_address()
    with running(place(ip, "onvif-camera", ftp="anonymous", snmp="public")) as laboratory:
        row = assessed(ip, "run")

    assert laboratory.harm[ip].guessed_logins == 0
    assert set(reasons(row).values()) == {"mode-not-authorised"}
