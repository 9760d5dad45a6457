"""Functions: every kind of duty in one of them, and transfers that agree with the successors of the kinds."""

from ancam.reference import reference

CONTENT = reference("functions")
KINDS = {kind["id"]: kind for kind in reference("agencies")["agencies"]}


def test_every_kind_of_duty_belongs_to_one_function_and_what_is_other_to_none():
    placed = [kind for function in CONTENT["functions"] for kind in function["duty_kinds"]]

    assert len(placed) == len(set(placed))
    assert set(placed) == {kind["id"] for kind in reference("duty-kinds")["kinds"]} - {"other"}


def test_a_transfer_agrees_with_the_successors_of_the_kind():
    functions = {function["id"]: function for function in CONTENT["functions"]}

    for transfer in CONTENT["transfers"]:
        successors = {row["id"]: row["from"] for row in KINDS[transfer["predecessor"]]["successors"]}
        assert successors[transfer["successor"]] == transfer["from"], transfer
        assert not functions[transfer["function"]].get("general"), transfer


def test_every_item_names_its_source_and_its_confidence():
    for item in (*CONTENT["functions"], *CONTENT["transfers"]):
        assert item["source"]
        assert item["confidence"] in ("high", "medium", "low")
