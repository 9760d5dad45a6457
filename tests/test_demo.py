"""`ancam demo` fills an empty instance through the doors that people use, and no other instance."""

import pytest

from running_ancam import DEMO_PASSWORD, RunningAnCam

pytestmark = pytest.mark.network


def test_the_invented_province_is_filled_once_and_its_ledger_holds(tmp_path):
    instance = RunningAnCam(tmp_path / "data", demo_password=DEMO_PASSWORD)

    filled, again = instance.command("demo"), instance.command("demo")

    assert filled.returncode == 0, filled.stderr
    assert "an.nguyen@dongson.example" in filled.stdout
    assert again.returncode == 2
    assert "không được trộn với dữ liệu thật" in again.stderr
    assert instance.command("audit", "verify").returncode == 0
