"""Korean: particles tell who gives and who gets, the verb stands last, counts stand behind what they count."""

import pytest

from tests.baseline.told import bounds, deployments, transfers, treaties, ways


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("스웨덴은 에스토니아에 곡사포 12문을 인도했다.", ["SWE EST"]),
        ("에스토니아는 스웨덴으로부터 곡사포 12문을 인도받았다.", ["SWE EST"]),
        ("에스토니아는 스웨덴에 곡사포 12문을 주문했다.", ["SWE EST"]),
        ("에스토니아가 스웨덴산 곡사포를 도입한다.", ["SWE EST"]),
        ("스웨덴 국방부는 에스토니아 정부에 곡사포를 제공했다.", ["SWE EST"]),
        ("스웨덴과 덴마크는 에스토니아에 곡사포를 제공했다.", ["SWE EST", "DNK EST"]),
        ("라트비아는 스웨덴이 에스토니아에 곡사포를 제공했다고 밝혔다.", ["SWE EST"]),
        ("라트비아 “스웨덴, 에스토니아에 곡사포 제공”", ["SWE EST"]),
        ("라트비아에 따르면 스웨덴은 에스토니아에 곡사포를 제공했다.", ["SWE EST"]),
    ],
)
def test_a_particle_tells_the_part_of_a_name(text: str, expected: list[str]) -> None:
    assert ways(text, "ko") == expected


def test_letters_of_a_name_are_no_particle() -> None:
    assert ways("몬테네그로는 말리에 소총을 제공했다.", "ko") == ["MNE MLI"]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("전차 180대를", (180, 180)),
        ("전차 최소 1만2000대를", (12000, None)),
        ("전차 200대 이상을", (200, None)),
        ("전차 두 대를", (2, 2)),
        ("180대의 전차를", (180, 180)),
    ],
)
def test_a_count_stands_behind_the_goods(phrase: str, expected: tuple[int, int | None]) -> None:
    (record,) = transfers(f"스웨덴은 에스토니아에 {phrase} 제공했다.", "ko")
    assert bounds(record["quantity"]) == expected


def test_a_particle_ends_one_thing_and_begins_the_next() -> None:
    told = transfers("스웨덴은 에스토니아에 전차 4대와 자주포 6문을 제공했다.", "ko")
    assert [(one["category"], bounds(one["quantity"])) for one in told] == [
        ("armoured_vehicles", (4, 4)),
        ("artillery", (6, 6)),
    ]


def test_what_stands_before_the_price_is_the_other_side() -> None:
    told = ways("북한은 러시아에 포탄을 보냈다. 북한은 포탄의 대가로 러시아로부터 부품을 받았다.", "ko")
    assert told == ["PRK RUS", "RUS PRK"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024년 6월 19일 스웨덴은 에스토니아에 곡사포를 인도했다.", "2024-06-19"),
        ("지난해 10월 스웨덴은 에스토니아에 곡사포를 인도했다.", "2024-10"),
        ("스웨덴은 2일 에스토니아에 곡사포를 인도했다.", "2025-05-02"),
        ("스웨덴은 27일 에스토니아에 곡사포를 인도했다.", "2025-04-27"),
        ("스웨덴은 20일간 에스토니아에 곡사포를 인도했다.", None),
    ],
)
def test_a_date_is_read_from_its_counters(text: str, expected: str | None) -> None:
    assert transfers(text, "ko")[0]["date"] == expected


def test_troops_are_counted_behind_their_name() -> None:
    (record,) = deployments("북한군 3000명이 러시아에 추가로 파병됐다.", "ko")
    assert (record["sender"], record["host"], bounds(record["personnel"])) == ("PRK", "RUS", (3000, 3000))


def test_who_signs_with_whom() -> None:
    (record,) = treaties("북한과 러시아는 2024년 6월 평양에서 동반자 조약을 체결했다.", "ko")
    assert (set(record["parties"]), record["signed"]) == ({"PRK", "RUS"}, "2024-06")
