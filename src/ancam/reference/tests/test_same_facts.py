"""The facts here are those of the shared reference folder, where that folder stands beside the repository."""

from datetime import date, timedelta

from ancam.reference import reference
from ancam.reference.tests.shared_facts import RANK, needs_the_shared_folder, shared

pytestmark = needs_the_shared_folder


def day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def last_day(ceased: str | None) -> date | None:
    """Turn the first day without force into the last day in force."""
    return None if ceased is None else date.fromisoformat(ceased) - timedelta(days=1)


def test_instruments_have_the_numbers_dates_and_statuses_of_the_shared_file():
    ours = {item["id"]: item for item in reference("legal-instruments")["instruments"]}

    for theirs in shared("legal-instruments")["instruments"]:
        mine = ours[theirs["id"]]
        assert mine["number"] == theirs["number"]
        assert (mine["kind"], mine["issuer"], mine["status"]) == (theirs["kind"], theirs["issuer"], theirs["status"])
        assert mine["issued_on"] == day(theirs["issued"]), theirs["id"]
        assert mine["in_force_from"] == day(theirs["effective"]), theirs["id"]
        assert mine["in_force_to"] == last_day(theirs["ceased"]), theirs["id"]
        assert RANK[mine["confidence"]] <= RANK[theirs["confidence"]], theirs["id"]
        known = [other for other in (*theirs["replaces"], *theirs["replaced_by"]) if other in ours]
        assert set(known) <= {*mine["replaces"], *mine["replaced_by"]}, theirs["id"]


def test_regimes_have_the_periods_of_the_shared_file():
    ours = {item["id"]: item for item in reference("legal-instruments")["regimes"]}
    theirs = {item["id"]: item for item in shared("legal-instruments")["regimes"]}

    assert set(ours) == set(theirs)
    for key, regime in theirs.items():
        assert ours[key]["in_force_from"] == day(regime["in_force_from"])
        assert ours[key]["in_force_to"] == day(regime.get("in_force_to"))
        assert len(ours[key]["instruments"]) == len(regime["instruments"])


def test_the_calendar_has_the_days_of_the_shared_file():
    statuses = {"final": "official", "final_except_noted": "official", "provisional": "provisional"}
    ours = {year["year"]: year for year in reference("public-holidays")["years"]}
    theirs = shared("public-holidays")["years"]

    assert set(ours) == set(theirs)
    for number, year in theirs.items():
        mine = ours[number]
        assert mine["status"] == statuses[year["status"]]
        assert [(r["date"], r["kind"]) for r in mine["days_off"]] == [
            (day(r["date"]), r["kind"]) for r in year["days_off"]
        ]
        assert [(r["date"], r["swapped_for"]) for r in mine["extra_working_days"]] == [
            (day(r["date"]), day(r["swapped_for"])) for r in year["extra_working_days"]
        ]
        for row, source in zip(mine["days_off"], year["days_off"], strict=True):
            assert RANK[row["confidence"]] <= RANK[source["confidence"]], row["date"]


def test_the_worked_examples_are_those_of_the_shared_file():
    ours = [(e["received_on"], e["working_days"], e["due_on"]) for e in reference("public-holidays")["examples"]]

    assert ours == [
        (day(v["received"]), v["working_days"], day(v["due"])) for v in shared("public-holidays")["test_vectors"]
    ]


def test_the_directive_has_the_duties_of_the_shared_file():
    ours = {duty["id"]: duty for duty in reference("directive-23")["duties"]}
    theirs = {item["ref"]: item for clause in shared("directive-23-ct-ttg")["clauses"] for item in clause["items"]}

    assert set(ours) == set(theirs)
    for key, item in theirs.items():
        assert ours[key]["kind"] == item["kind"], key
        assert ours[key]["deadline"]["date"] == item.get("deadline"), key
        assert ours[key]["cadence"] == item.get("cadence", "none"), key
        assert ours[key].get("report_to") == item.get("report_to"), key
        assert RANK[ours[key]["confidence"]] <= RANK[item["confidence"]], key
        assert "recall" not in item["basis"] or ours[key]["confidence"] != "high", key


def test_agencies_have_the_tiers_and_successors_of_the_shared_file():
    ours = {agency["id"]: agency for agency in reference("agencies")["agencies"]}

    for agency in shared("agencies")["agencies"]:
        mine = ours[agency["id"]]
        assert (mine["name"], mine["tier"]) == (agency["name"], agency["tier"]), agency["id"]
        assert [(s["id"], s["from"]) for s in mine.get("successors", ())] == [
            (s["id"], day(s["from_date"])) for s in agency.get("successors", ())
        ], agency["id"]
        assert RANK[mine["confidence"]] <= RANK[agency["confidence"]], agency["id"]


def test_the_34_provinces_are_formed_from_those_of_the_shared_file():
    ours = {p["name"]: p.get("formed_from", [p["name"]]) for p in reference("agencies")["provinces"]}
    theirs = shared("agencies")["provinces"]

    assert len(ours) == 34
    assert ours == {
        **{p["name"]: p["formed_from"] for p in theirs["merged"]},
        **{name: [name] for name in theirs["unchanged"]},
    }
