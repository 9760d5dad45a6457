"""Model lists in makers' shorthand, and the models that are on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancam.engines.firmware.models import Fit, comparable_model, read_models


def fit(models: str, model: str, **how: bool) -> Fit:
    return read_models(models, **how).fit(comparable_model(model))


@pytest.mark.parametrize(
    ("models", "model"),
    [
        ("DS-2CD2xx2F-I", "DS-2CD2432F-IW"),
        ("DS-2CD4x2xFWD", "ds-2cd4024fwd-a"),
        ("DS-7204*", "DS-7204HVI-SV"),
        ("DS-96xx/76xx/77xx", "DS-7616NI-K2"),
        ("DS-A71024R, DS-A80316S", " DS-A80316S "),
        ("IPC-HX3XXX", "DH-IPC-HDBW3441R-ZS"),
        ("IPC-HX3XXX", "IPC-HFW3541E-AS"),
        ("DH-IPC-HDBW23A0RN-ZS, HDBW13A0SN", "IPC-HDBW13A0SN"),
        ("HDW1/2/4XXX, HFW1/2/4XXX", "IPC-HFW2320R-ZS"),
        ("NVR1XXX/2XXX/5XXX/6XX", "NVR5216-4KS2"),
        ("XVR4xxx/5xxx/7xxx", "XVR5104C-X1"),
        ("VTH542XH", "VTH5421HW"),
        ("SD1A1*/22*/52C*", "SD52C225U-HNI"),
        ("SD2…SD6", "SD6AE230F-HNI"),
        ("IP7131…IP8131", "IP7361"),
        ("DCS-5009L/5010L/930L", "DCS-930L"),
        ("IP2M-841", "IP2M-841B"),
        ("C1 Pro, C2 Pro", "C1Pro"),
        ("SH-4050A5-5L(MM)", "SH-4050A5-5L(MM)"),
        ("Cx45/Sx45", "VIGI C345"),
        ("C200 V3", "Tapo C200 V3"),
        ("C200 V3", "C200 3.0"),
        ("TPC-BF*/SD*", "TPC-SD8621"),
    ],
)
def test_a_model_is_found_on_a_list(models, model):
    assert fit(models, model) is Fit.LISTED


@pytest.mark.parametrize(
    ("models", "model"),
    [
        ("DS-2CD2xx2F-I", "DS-2CD2143G0-I"),
        ("DCS-930L", "DCS-930LB"),
        ("IC-7100", "IC-71001"),
        ("IPC-HX3XXX", "IPC-HFW1230S"),
        ("XVR4xxx", "NVR4104HS"),
        ("NVR1XXX/2XXX", "NVR4104HS"),
        ("C200 V3", "Tapo C200 V5"),
        ("SD2…SD6", "SD8A240"),
        ("N100", "XN100"),
    ],
)
def test_another_model_is_not(models, model):
    assert fit(models, model) is Fit.NOT_LISTED


def test_a_list_that_also_names_families_in_words_leaves_the_rest_to_a_person():
    assert fit("DS-7204*", "DS-2CD2143G0-I", is_open=True) is Fit.IN_WORDS
    assert fit("", "DS-2CD2143G0-I", is_open=True) is Fit.IN_WORDS


def test_what_is_not_known_of_a_device_is_not_guessed():
    assert fit("DS-2CD2xx2F-I", "  ") is Fit.UNKNOWN
    assert fit("C200 V3", "Tapo C200") is Fit.UNKNOWN


def test_a_list_of_every_model_has_also_the_unknown_one():
    assert fit("", "", has_all=True) is Fit.LISTED


@given(st.text(max_size=80), st.text(max_size=200))
def test_no_list_and_no_model_breaks_the_reading(models, model):
    assert fit(models, model) in Fit
