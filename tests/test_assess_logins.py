"""`ancam assess` with an account: what it may cost a device."""

import argparse
import json

import pytest
import yaml

from ancam.cli import assess
from ancam.cli.lab import OWNER_PASSWORD_ENV, authorisation_for
from ancam.engines.probing.lab.placing import place
from ancam.engines.probing.lab.tests.asking import OWNER, an_address, running

pytestmark = pytest.mark.network


@pytest.fixture
def assessed(tmp_path, monkeypatch):
    """Assess one address with the owner's account and return its row."""
    monkeypatch.setenv(OWNER_PASSWORD_ENV, OWNER.password)

    def assessed(ip):
        paper = yaml.safe_load(authorisation_for(f"{ip}/32", assess.now_here()))
        paper["checks"].append("owner_credential")
        (tmp_path / "paper.yaml").write_text(yaml.safe_dump(paper, allow_unicode=True))
        words = {"authorization": tmp_path / "paper.yaml", "out": tmp_path / "run", "state": tmp_path / "state"}
        parser = argparse.ArgumentParser()
        assess.add_arguments(parser)
        told = parser.parse_args(["--unsigned", *(f"--{name}={value}" for name, value in words.items())])
        assert assess.run(told) == assess.FINISHED
        return json.loads((tmp_path / "run" / "hosts.jsonl").read_text())

    return assessed


def test_the_owners_account_is_not_tried_where_few_attempts_remain(assessed):
    ip = an_address()
    with running(place(ip, "hikvision-camera", password="not-activated", lockout="few-left")) as laboratory:
        row = assessed(ip)

    assert (laboratory.harm[ip].owner_logins, laboratory.harm[ip].lockouts) == (0, 0)
    assert "few-left" in {reason["why"] for reason in row["not_assessable"]}


def test_the_owners_account_is_tried_once_where_it_is_refused(assessed):
    ip = an_address()
    with running(place(ip, "hikvision-camera", password="not-activated", lockout="after-five")) as laboratory:
        row = assessed(ip)

    assert (laboratory.harm[ip].owner_refusals, laboratory.harm[ip].lockouts) == (1, 0)
    assert "owner-refused" in {reason["why"] for reason in row["not_assessable"]}
