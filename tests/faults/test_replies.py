"""The reply is no answer, or not only an answer: rows 14 to 23."""

import json
from collections.abc import Callable

import pytest

from tests.fakes import extraction, transfer
from tests.faults.conftest import Desk
from tests.faults.rows import case, row
from tests.server import EMPTY, Server

GOOD = extraction(transfer())
TEXT = json.dumps(GOOD, ensure_ascii=False)
DECOY = json.dumps(extraction(transfer(supplier="USA")), ensure_ascii=False)

# What the server does again and again, how the article ends, what the register says of it, requests made.
USELESS = [
    case(
        14, "html", lambda it: it.reply(200, {"content-type": "text/html"}, "<html>\x1b[1mSign in"), "foreign", "�", 2
    ),
    case(14, "no-bytes", lambda it: it.reply(200, {}, ""), "foreign", "no model server", 2),
    case(15, "error", lambda it: it.reply(200, {}, '{"error": {"message": "crashed"}}'), "no_answer", "crashed", 2),
    case(15, "null", lambda it: it.reply(200, {}, '{"choices": null}'), "no_answer", "0 choices", 2),
    case(15, "empty", lambda it: it.reply(200, {}, '{"choices": []}'), "no_answer", "0 choices", 2),
    case(15, "odd", lambda it: it.reply(200, {}, '{"choices": [{"message": 3}]}'), "no_answer", "empty", 2),
    case(15, "no-message", lambda it: it.reply(200, {}, '{"choices": [{"index": 0}]}'), "no_answer", "empty", 2),
    case(15, "broke-off", lambda it: it.say(TEXT, finish="error"), "no_answer", "broke off", 2),
    case(16, "null", lambda it: it.say(None), "no_answer", "empty", 2),
    case(16, "nothing", lambda it: it.say(""), "no_answer", "empty", 2),
    case(16, "white-space", lambda it: it.say(" \n\t"), "no_answer", "empty", 2),
    case(17, "refusal", lambda it: it.say(None, refusal="I will not."), "refused", "I will not.", 1),
    case(17, "refusal-beside-answer", lambda it: it.say(TEXT, refusal="No."), "refused", "No.", 1),
    case(18, "filter", lambda it: it.say(TEXT, finish="content_filter"), "filtered", "filter", 1),
    case(19, "length", lambda it: it.say(TEXT[:90], finish="length"), "cut_off", "after 10 tokens, for 100", 2),
    case(19, "whole-but-length", lambda it: it.say(TEXT, finish="length"), "cut_off", "after 10 tokens", 2),
    case(20, "cut-but-stop", lambda it: it.say(TEXT[:90]), "not_json", "at character", 2),
    case(20, "cut-in-a-list", lambda it: it.say('{"transfers": ['), "not_json", "at character", 2),
    case(21, "prose-before", lambda it: it.say(f"Here you are: {TEXT}"), "not_json", "Here you are", 2),
    case(
        21, "two-fences", lambda it: it.say(f"```\n{DECOY}\n```\n```\n{TEXT}\n```"), "invalid", "more than one value", 2
    ),
    case(21, "only-thoughts", lambda it: it.say(f"<think>{DECOY}</think>"), "not_json", "at character 0 of 0", 2),
    case(21, "endless-thoughts", lambda it: it.say(f"<think>{DECOY}"), "not_json", "<think>", 2),
    case(22, "two-objects", lambda it: it.say(f"{TEXT}\n{DECOY}"), "invalid", "more than one value", 2),
    case(22, "list", lambda it: it.say(f"[{TEXT}, {DECOY}]"), "invalid", "not an object", 2),
    case(22, "two-calls", lambda it: it.say(TEXT, tool_calls=[{"id": "a"}, {"id": "b"}]), "invalid", "tool", 2),
    case(23, "top", lambda it: it.say('{"transfers": [], "transfers": []}'), "invalid", "'transfers' is given", 2),
    case(23, "record", lambda it: it.say(TEXT.replace('"id"', '"id": 1, "id"', 1)), "invalid", "'id' is given", 2),
]


@pytest.mark.parametrize(("misbehave", "end", "says", "requests"), USELESS)
def test_a_reply_of_no_use_fails_its_article_by_name_and_nothing_of_it_is_stored_as_a_record(
    desk: Desk, misbehave: Callable[[Server], None], end: str, says: str, requests: int
) -> None:
    for _ in range(5):
        misbehave(desk.server)
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.records) == (1, {end: 1}, 0)
    assert desk.results == [end] * requests
    assert len(desk.server.requests) == requests
    assert says in desk.details
    assert desk.details.isprintable()


@pytest.mark.parametrize(
    "content",
    [
        case(21, "fence", f"```json\n{TEXT}\n```"),
        case(21, "decoy-in-thoughts", f"<think>Perhaps {DECOY}? No.</think>\n{TEXT}"),
        case(21, "both", f"<think>```\n{DECOY}\n```</think>\n```\n{TEXT}\n```\n"),
    ],
)
def test_one_thought_and_one_fence_are_taken_off_and_a_decoy_is_never_chosen(desk: Desk, content: str) -> None:
    desk.server.say(content)
    desk.batch()
    assert (desk.exit_code, len(desk.server.requests)) == (0, 1)
    assert desk.rows("SELECT supplier FROM transfers") == [("PRK",)]


@row(14)
def test_a_page_for_every_article_stops_the_run_and_takes_no_article_away(desk: Desk) -> None:
    desk.many(9)
    for _ in range(10):
        desk.server.reply(200, {"content-type": "text/html"}, "<html>Sign in")
    desk.batch("--concurrency", 1)
    assert (desk.exit_code, desk.ends) == (75, {"foreign": 4, "waiting": 1})
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"empty": 9})


@row(19)
def test_a_cut_answer_is_asked_for_anew_with_more_room_and_without_the_cut_text(desk: Desk) -> None:
    desk.server.say(TEXT[:90], finish="length", usage={"prompt_tokens": 100, "completion_tokens": 9000})
    desk.server.answer(GOOD)
    desk.batch()
    first, second = (request.body for request in desk.server.requests)
    assert (desk.exit_code, desk.results) == (0, ["cut_off", "ok"])
    assert second == first | {"max_completion_tokens": 18_000}
    assert "max_completion_tokens" not in first


@row(19)
def test_a_server_that_has_no_more_room_leaves_the_article_cut_off(desk: Desk) -> None:
    desk.server.say(TEXT[:90], finish="length")
    desk.server.fail(
        400, body='{"error": {"message": "max_completion_tokens is too large: 16384, context length 8192"}}'
    )
    desk.batch()
    assert (desk.exit_code, desk.ends, desk.results) == (1, {"cut_off": 1}, ["cut_off", "cut_off"])
    assert "no room for 16384 tokens" in desk.details


@row(18)
def test_a_finish_reason_that_is_no_word_is_taken_for_none(desk: Desk) -> None:
    desk.server.say(json.dumps(EMPTY), finish=["stop"])  # type: ignore[arg-type]  # what a server may send
    desk.batch()
    assert (desk.exit_code, desk.ends) == (0, {"empty": 1})
