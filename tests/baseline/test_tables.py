"""Rows of tables: several numbers of one thing, each at the stage that its cell or the head of its column tells."""

import pytest

from tests.baseline.told import bounds, deployments, transfers

ORDERS = "Poland buys arms in South Korea. Poland received tanks and howitzers from South Korea."
TROOPS = {
    "en": "Canada leads the force and has sent 1,900 soldiers to Latvia.",
    "de": "Kanada führt den Verband und hat 1.900 Soldaten nach Lettland geschickt.",
}


def rows(text: str, language: str = "en") -> list[tuple[str, str, tuple[int | None, int | None] | None]]:
    return [(one["item"], one["status"], bounds(one["quantity"])) for one in transfers(text, language)]


def test_a_column_has_the_stage_that_its_head_tells() -> None:
    table = "| item | ordered | delivered |\n| K2 tanks | 180 | 84 |\n| K9 howitzers | 364 | 218 |"
    assert sorted(rows(f"{ORDERS}\n\n{table}")) == [
        ("K2 tanks", "agreed", (180, 180)),
        ("K2 tanks", "delivered", (84, 84)),
        ("K9 howitzers", "agreed", (364, 364)),
        ("K9 howitzers", "delivered", (218, 218)),
    ]


def test_a_row_quotes_itself_its_head_and_the_sentence_that_names_both_ends() -> None:
    told = transfers(f"{ORDERS}\n\n| item | ordered |\n| K2 tanks | 180 |")
    row = next(one for one in told if one["item"] == "K2 tanks")
    assert row["evidence"][0] == "| K2 tanks | 180 |"
    assert "| item | ordered |" in row["evidence"]
    assert len(row["evidence"]) == 3


def test_a_line_of_goods_and_figures_is_a_row_without_a_table() -> None:
    text = "Poland ordered K9 howitzers from South Korea.\nK9 howitzers: 364 on contract, 218 delivered"
    assert rows(text) == [
        ("K9 howitzers", "agreed", (364, 364)),
        ("K9 howitzers", "delivered", (218, 218)),
    ]


def test_a_cell_with_nought_tells_no_event() -> None:
    text = f"{ORDERS}\n\n| item | ordered | delivered |\n| K2 tanks | 180 | 0 |"
    assert ("K2 tanks", "delivered", (0, 0)) not in rows(text)


@pytest.mark.parametrize(
    ("language", "table"),
    [
        ("en", "| Country | Soldiers |\n| Spain | 600 |\n| Italy | 370 |"),
        ("de", "| Land | Soldaten |\n| Spanien | 600 |\n| Italien | 370 |"),
    ],
)
def test_a_row_of_a_country_and_a_number_below_a_text_about_forces_is_a_deployment(language: str, table: str) -> None:
    told = deployments(f"{TROOPS[language]}\n\n{table}", language)
    assert [(one["sender"], one["host"], bounds(one["personnel"])) for one in told] == [
        ("CAN", "LVA", (1900, 1900)),
        ("ESP", "LVA", (600, 600)),
        ("ITA", "LVA", (370, 370)),
    ]
    assert told[1]["evidence"][1] == TROOPS[language]


def test_a_table_of_countries_below_any_other_text_is_none() -> None:
    assert deployments("Many people live there.\n\n| Country | People |\n| Spain | 600 |\n| Italy | 370 |") == []
