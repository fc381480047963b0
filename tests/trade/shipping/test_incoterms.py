import csv

import pytest

from moussem.trade.shipping.actions import REFERENCE
from moussem.trade.shipping.incoterms import Leg, Party, Share, buyer_carries, legs_of, party_of

pytestmark = pytest.mark.unit

with (REFERENCE / "incoterms.csv").open(encoding="utf-8", newline="") as lines:
    RULES = {row["code"]: row for row in csv.DictReader(lines)}
# s: seller, b: buyer, -: nobody must; packing, inland, export, main, insurance, unloading, import, duties.
PAYS = {
    "EXW": "bbbb-bbb",
    "FCA": "sssb-bbb",
    "CPT": "ssss-bbb",
    "CIP": "sssssbbb",
    "DAP": "ssss-bbb",
    "DPU": "ssss-sbb",
    "DDP": "ssss-bss",
    "FAS": "sssb-bbb",
    "FOB": "sssb-bbb",
    "CFR": "ssss-bbb",
    "CIF": "sssssbbb",
}
RISK = {
    "EXW": "bbbbbbbb",
    "FCA": "sssbbbbb",
    "CPT": "sssbbbbb",
    "CIP": "sssbbbbb",
    "DAP": "sssssbbb",
    "DPU": "ssssssbb",
    "DDP": "sssssbss",
    "FAS": "sssbbbbb",
    "FOB": "sssbbbbb",
    "CFR": "sssbbbbb",
    "CIF": "sssbbbbb",
}


def drawn(parties):
    return "".join({"seller": "s", "buyer": "b", "none": "-"}[party] for party in parties)


@pytest.mark.parametrize("code", RULES)
def test_each_rule_of_the_reference_file_says_who_pays_and_who_bears_the_risk(code):
    shares = legs_of(RULES[code], RULES[code]["risk_passes"])

    assert drawn(share.pays for share in shares) == PAYS[code]
    assert drawn(share.risk for share in shares) == RISK[code]


def test_remark_of_a_duty_is_kept():
    shares = legs_of(RULES["CIP"], RULES["CIP"]["risk_passes"])

    assert shares[4] == Share(Leg.INSURANCE, Party.SELLER, Party.BUYER, "ICC (A), 110% of value")
    assert party_of("buyer unless in contract") == (Party.BUYER, "unless in contract")


def test_main_carriage_is_the_buyers_under_the_e_and_f_rules_only():
    assert [code for code in RULES if buyer_carries(RULES[code])] == ["EXW", "FCA", "FAS", "FOB"]


def test_unknown_wording_is_an_error_not_a_guess():
    with pytest.raises(ValueError, match="where does the risk pass"):
        legs_of(RULES["FCA"], "somewhere")
    with pytest.raises(ValueError, match="perhaps"):
        party_of("perhaps")
