"""What is walked across rooms and run as a whole: the standing cast in its world, and instances to make copies of."""

import pytest

from cast import World, make_world
from running_ancam import DEMO_PASSWORD, RunningAnCam


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(scope="session")
def prepared(tmp_path_factory) -> RunningAnCam:
    """An instance over SQLite, ready and empty, to make copies of: the database is made once for all tests."""
    made = RunningAnCam(tmp_path_factory.mktemp("prepared") / "data")
    made.prepare()
    return made


@pytest.fixture(scope="session")
def province(tmp_path_factory) -> RunningAnCam:
    """The invented province over SQLite, to make copies of: it is filled once for all tests."""
    made = RunningAnCam(tmp_path_factory.mktemp("province") / "data", demo_password=DEMO_PASSWORD)
    made.fill()
    return made
