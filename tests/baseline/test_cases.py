"""Languages that mark by endings who gives and who gets."""

import pytest

from tests.baseline.told import ways

SWEDEN_TO_ESTONIA = [
    ("a dative gets", "pl", "Szwecja przekazała Estonii 12 haubic."),
    ("a dative gets", "uk", "Швеція передала Естонії 12 гаубиць."),
    ("a dative gets", "ru", "Швеция передала Эстонии 12 гаубиц."),
    ("a particle marks who gets", "ko", "스웨덴은 에스토니아에 자주포를 보냈다."),
    ("a preposition marks who gives", "pl", "Estonia otrzymała 12 haubic ze Szwecji."),
    ("a preposition marks who gives", "uk", "Естонія отримала 12 гаубиць від Швеції."),
    ("a preposition marks who gives", "ru", "Эстония получила 12 гаубиц от Швеции."),
    ("a particle marks who gives", "ko", "에스토니아는 스웨덴에서 자주포를 구매했다."),
    ("an accusative behind в is where it goes", "ru", "Швеция поставила 12 гаубиц в Эстонию."),
]


@pytest.mark.parametrize(("rule", "language", "text"), SWEDEN_TO_ESTONIA)
def test_an_ending_tells_the_part_of_a_name(rule: str, language: str, text: str) -> None:
    assert ways(text, language) == ["SWE EST"]
