"""Companies' names: one employer has one key, whatever its legal form."""

import pytest

from tracker.services.employers import employer_key

NAMES = """
Acme Inc.; ACME, Inc; Acme GmbH; acme; Acme Ltd; Acme Limited; Acme LLC; Acme L.L.C.; Acme AG; Acme SE; Acme S.A.; Acme S. A.; Acme SAS;
Acme S.A.S.; Acme B.V.; Acme N.V.; Acme AB; Acme AB (publ); Acme A/S; Acme ASA; Acme Oy; Oy Acme Ab; Acme Pty Ltd; Acme (Pty) Ltd; Acme K.K.;
Acme PLC; Acme Corp; Acme Corporation; Acme Co.; Acme Co., Ltd.; Acme Co.,Ltd; Acme Company; Acme S.p.A.; Acme S.r.l.; Acme S.à r.l.;
Acme UG (haftungsbeschränkt); Acme gGmbH; Acme GmbH & Co. KG; Acme SE & Co. KGaA; Acme e.K.; Acme OHG; Acme e.V.; Acme s. r. o.; Acme a.s.;
Acme Sp. z o.o.; Acme A.Ş.; Acme Ltda.; Acme S.A. de C.V.; Acme, S.L.U.; Acme Pvt. Ltd.; Acme Private Limited; Acme Sdn Bhd; PT Acme Tbk;
Acme Kft.; Acme d.o.o.; Acme OÜ; Acme ApS; Acme LLP; Acme Incorporated; Acme-GmbH; 株式会社Acme; Acme株式会社; ООО Acme; Acme 有限公司;
Acme Gesellschaft mit beschränkter Haftung; Acme Société Anonyme
"""


@pytest.mark.parametrize("name", [name.strip() for name in NAMES.split(";")])
def test_a_legal_form_makes_no_other_company(name: str) -> None:
    assert employer_key(name) == "acme"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Johnson & Johnson", "Johnson and Johnson, Inc."),
        ("Mercedes-Benz AG", "Mercedes Benz"),
        ("Nestlé S.A.", "nestle"),
        ("A.P. Møller - Mærsk A/S", "AP Moller Maersk"),
        ("The Gap, Inc.", "Gap"),
        ("L’Oréal", "L'Oreal SA"),
    ],
)
def test_punctuation_and_accents_do_not_change_the_key(first: str, second: str) -> None:
    assert employer_key(first) == employer_key(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Acme Foods", "Acme"), ("SA Power Networks", "Power Networks"), ("AB", "AG"), ("Co", "SAS"), ("???", "!!!"), ("アクメ", "メルカリ")],
)  # fmt: skip
def test_other_companies_have_other_keys(first: str, second: str) -> None:
    assert employer_key(first) != employer_key(second)


def test_no_company_has_no_key() -> None:
    assert employer_key(" ") == ""
