"""Instruments, regimes and the directive: closed lists, and references that lead somewhere."""

from ancam.reference import reference

LAW = reference("legal-instruments")
INSTRUMENTS = {item["id"]: item for item in LAW["instruments"]}
REGIMES = {item["id"]: item for item in LAW["regimes"]}
DIRECTIVE = reference("directive-23")
DUTIES = {item["id"]: item for item in DIRECTIVE["duties"]}
# The kinds of the reading contract.
# fmt: off
KINDS = {
    "propagate", "classify", "approve", "implement_controls", "procure_check", "periodic_assessment",
    "use_only_compliant", "resources", "regulation", "apply_qcvn", "guide", "publish", "supervise_report",
    "police_prevent", "police_assess", "police_camera_mgmt", "market_control", "customs_control", "press",
    "telecom_check", "telecom_notify", "telecom_coordinate", "accountability", "report_difficulty", "other",
}
# fmt: on


def test_every_status_is_explained_and_every_explained_status_is_used():
    used = {item["status"] for item in (*LAW["instruments"], *LAW["regimes"])}

    assert used == set(LAW["statuses"])


def test_every_instrument_has_every_key_in_one_order():
    keys = {tuple(item) for item in LAW["instruments"]}

    assert keys == {
        (
            *("id", "number", "kind", "issuer", "title", "issued_on", "in_force_from", "in_force_to", "status"),
            *("replaces", "replaced_by", "used_for", "key_provisions", "uncertain", "source", "confidence"),
        )
    }


def test_what_is_in_force_is_not_closed_before_today_and_what_ceased_is_not_open():
    on = LAW["as_of"]

    for item in LAW["instruments"]:
        closed = item["in_force_to"] is not None and item["in_force_to"] < on
        assert not (item["status"] == "in_force" and closed), item["id"]
        unknown_end = any("hết hiệu lực" in doubt for doubt in item["uncertain"])
        assert item["status"] not in ("ceased", "ceased_by_law", "transitional") or closed or unknown_end, item["id"]


def test_a_replacement_is_named_on_both_sides():
    for item in LAW["instruments"]:
        for replaced in item["replaces"]:
            assert item["id"] in INSTRUMENTS[replaced]["replaced_by"]


def test_the_two_regimes_name_their_instruments_and_never_mix():
    first, second = (set(REGIMES[key]["instruments"]) for key in ("R2016", "R2026"))

    assert first | second <= set(INSTRUMENTS)
    assert not first & second
    assert REGIMES["R2016"]["in_force_to"] < REGIMES["R2026"]["in_force_from"]


def test_what_is_unknown_of_qcvn_11_is_said_beside_it():
    assert "Toàn văn chưa đọc" in INSTRUMENTS["TT48-2026"]["uncertain"]


def test_every_duty_of_the_directive_is_of_a_known_kind_under_a_known_clause():
    clauses = {clause["id"] for clause in DIRECTIVE["clauses"]}

    assert {duty["kind"] for duty in DUTIES.values()} <= KINDS
    assert {duty["clause"] for duty in DUTIES.values()} == clauses
    assert all(duty["id"].split(".")[0] == duty["clause"] for duty in DUTIES.values())


def test_a_deadline_has_a_date_exactly_when_it_names_a_period():
    for duty in DUTIES.values():
        deadline = duty["deadline"]
        assert deadline["operator"] in ("within", "relative", "none")
        assert (deadline["date"] is not None) == (deadline["operator"] == "within")
        assert (deadline["text"] is None) == (deadline["operator"] == "none")


def test_a_cadence_is_none_periodic_or_continuous():
    assert {duty["cadence"] for duty in DUTIES.values()} == {"none", "periodic", "continuous"}


def test_the_outcome_of_a_duty_is_a_known_instrument():
    outcomes = {duty["outcome_instrument"] for duty in DUTIES.values() if "outcome_instrument" in duty}

    assert outcomes == {"QD724-2024", "TT21-2024"}
    assert outcomes <= set(INSTRUMENTS)


def test_the_directive_is_itself_an_instrument():
    assert INSTRUMENTS[DIRECTIVE["id"]]["number"] == DIRECTIVE["number"]
    assert INSTRUMENTS[DIRECTIVE["id"]]["issued_on"] == DIRECTIVE["issued_on"]
