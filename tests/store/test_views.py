"""The views that a reader opens first."""

from extractor.outcome import Outcome
from extractor.store import Store
from tests.store.samples import OTHER, article, deployment, extracted, failed, rows, transfer, treaty, unread


def test_the_register_shows_each_kind_with_its_article_and_quotes(store: Store, run: int) -> None:
    store.write(run, extracted(article(publisher="Blatt"), transfer(), deployment(), treaty()))
    query = "SELECT kind, actor1, actor2, what, status, certainty, date, number, doubtful FROM register ORDER BY id"
    assert [tuple(row.values()) for row in rows(store, query)] == [
        ("transfer", "PRK", "RUS", "howitzers", "delivered", "claimed", "2024-11", "rund 20 Geschütze", 1),
        ("deployment", "RUS", "PRK", "combat", "deployed", "claimed", "2024", "Hunderte", 0),
        ("treaty", "PRK", "RUS, PRK", "1961 treaty", "ended", "claimed", "1996", None, 0),
    ]
    [first] = rows(store, "SELECT * FROM register WHERE kind = 'transfer'")
    assert first["quotes"] == "Pjöngjang lieferte r […] rte"
    assert (first["title"], first["published"], first["publisher"]) == ("Geschütze für Moskau", "2024-11-22", "Blatt")
    assert (first["source"], first["article"], first["run"]) == ("news/0.txt", article().key, run)
    assert (first["model"], first["attributed_to"], first["denied_by"]) == ("gpt-test", '["NIS"]', '["Russia"]')


def test_a_treaty_that_is_not_over_is_dated_by_its_signing(store: Store, run: int) -> None:
    store.write(run, extracted(article(), treaty(status="in_force", ended=None), treaty(id="P2", status="ratified")))
    assert [row["date"] for row in rows(store, "SELECT date FROM register ORDER BY id")] == ["1961-07-06", "1961-09"]


def test_the_register_shows_the_latest_answer_of_each_article_once(store: Store, run: int) -> None:
    store.write(run, extracted(article(1)))
    store.write(run, extracted(article(1), transfer()))
    store.write(run, extracted(article(2), transfer()))
    store.write(run, extracted(article(3), transfer()))
    later = store.start_run(OTHER, command="")
    store.write(later, extracted(article(1), transfer(item="shells")))
    store.write(later, Outcome("b", "empty", article(2)))
    store.write(later, failed(article(3), "cut_off"))
    found = rows(store, "SELECT article, what, model FROM register ORDER BY article = ?", article(3).key)
    assert [tuple(row.values()) for row in found] == [
        (article(1).key, "shells", "baseline"),
        (article(3).key, "howitzers", "gpt-test"),
    ]


def test_failures_say_which_why_and_after_how_many_attempts(store: Store, run: int) -> None:
    store.write(run, failed(article(1), "server"))
    store.write(run, failed(article(2), "cut_off"))
    store.write(run, Outcome(article(2).source, "empty", article(2)))
    store.write(run, unread("gone.txt"))
    query = "SELECT source, title, reason, detail, attempts, model FROM failures ORDER BY id"
    assert [tuple(row.values()) for row in rows(store, query)] == [
        ("news/1.txt", "Geschütze für Moskau", "server", "why", 1, "gpt-test"),
        ("gone.txt", None, "missing", "no such file", 0, "gpt-test"),
    ]
