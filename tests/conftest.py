"""The standing cast in its world, for what is walked across rooms."""

import pytest

from cast import World, make_world


@pytest.fixture
def world(db: None) -> World:
    return make_world()
