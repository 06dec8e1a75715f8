"""Views and indices: what a reader opens first, and what keeps a hundred thousand articles quick."""

# Of several models that have read an article the latest one counts; a failure or a stop never hides an answer.
REGISTER = """
CREATE VIEW register AS  -- One row for each record that counts: of every article, what the latest answer gave.
SELECT
    records.id,  -- Unique over all kinds; the same id is in the table of the kind.
    records.kind,  -- transfer, deployment or treaty.
    coalesce(t.supplier, d.sender, json_extract(p.parties, '$[0]'))
        AS actor1,  -- Supplier, sender, or first party.
    coalesce(
        t.recipient, d.supports, d.host, (SELECT group_concat(value, ', ') FROM json_each(p.parties) WHERE key > 0)
    )
        AS actor2,  -- Recipient; the side supported, else the host; or the other parties.
    coalesce(t.item, d.force_type, p.title)
        AS what,  -- Item, kind of force, or title.
    coalesce(t.status, d.status, p.status)
        AS status,  -- How far it had got.
    coalesce(t.certainty, d.certainty, p.certainty)
        AS certainty,  -- confirmed, claimed or speculated.
    coalesce(t.date, d.date, CASE p.status WHEN 'ended' THEN p.ended WHEN 'ratified' THEN p.ratified ELSE p.signed END)
        AS date,  -- When that stage was reached, EDTF; of a treaty in force, when it was signed.
    coalesce(t.quantity_text, d.personnel_text)
        AS number,  -- How many or how much, as the article puts it.
    coalesce(t.doubtful, d.doubtful, p.doubtful)
        AS doubtful,  -- 1 if a check doubts it.
    (SELECT group_concat(quote, ' […] ') FROM evidence WHERE evidence.record = records.id)
        AS quotes,  -- Words of the article that carry it.
    articles.title,  -- Headline.
    articles.published,  -- Date of publication.
    articles.publisher,  -- Outlet.
    outcomes.source,  -- Path that the article was read from.
    coalesce(t.attributed_to, d.attributed_to, p.attributed_to)
        AS attributed_to,  -- Who says so, JSON list.
    coalesce(t.denied_by, d.denied_by, p.denied_by)
        AS denied_by,  -- Who denies it, JSON list.
    outcomes.article,  -- Key of the article.
    coalesce(t.record, d.record, p.record)
        AS record,  -- Hash of article, recipe, kind and name.
    coalesce(t.model, d.model, p.model)
        AS model,  -- Model asked for.
    outcomes.run  -- Run that made it.
FROM records
JOIN outcomes ON outcomes.id = records.outcome
JOIN articles ON articles.key = outcomes.article
LEFT JOIN transfers AS t ON t.id = records.id
LEFT JOIN deployments AS d ON d.id = records.id
LEFT JOIN treaties AS p ON p.id = records.id
WHERE records.outcome IN (
    SELECT max(id) FROM outcomes
    WHERE current = 1 AND state IN ('extracted', 'empty', 'unsupported') GROUP BY article
)
"""

FAILURES = """
CREATE VIEW failures AS  -- One row for each article or path that failed and was not answered since under its recipe.
SELECT
    outcomes.id,  -- Outcome.
    outcomes.source,  -- Path.
    articles.title,  -- Headline, where there is an article.
    outcomes.reason,  -- Why.
    outcomes.detail,  -- The same for people.
    (SELECT count(*) FROM attempts WHERE attempts.outcome = outcomes.id)
        AS attempts,  -- Number of requests made for it.
    outcomes.created,  -- UTC.
    runs.model,  -- Model asked for.
    outcomes.run,  -- Run.
    outcomes.article  -- Key of the article.
FROM outcomes
JOIN runs ON runs.id = outcomes.run
LEFT JOIN articles ON articles.key = outcomes.article
WHERE outcomes.current = 1 AND outcomes.state = 'failed'
"""

VIEWS = (REGISTER, FAILURES)

INDICES = (
    # One outcome counts of each article, and of each input that gave none, under each recipe.
    """CREATE UNIQUE INDEX outcomes_article_current ON outcomes (recipe_key, article)
    WHERE current = 1 AND article IS NOT NULL""",
    """CREATE UNIQUE INDEX outcomes_input_current ON outcomes (recipe_key, source)
    WHERE current = 1 AND article IS NULL""",
    # Each holds every column that its question reads, so that no row is fetched: status and what is finished, the
    # register, tokens. SQLite 3.40 wants the columns of the condition among them.
    """CREATE INDEX outcomes_status ON outcomes
    (recipe_key, state, reason, article, transfers, deployments, treaties, doubtful, rejected, current)
    WHERE current = 1""",
    """CREATE INDEX outcomes_answered ON outcomes (article, id, state, current)
    WHERE current = 1 AND state IN ('extracted', 'empty', 'unsupported')""",
    """CREATE INDEX attempts_spent ON attempts
    (run, result, prompt_tokens, completion_tokens, cached_tokens, cost, recalled)""",
    # The other end of every foreign key, for Datasette's row pages.
    "CREATE INDEX runs_recipe ON runs (recipe_key)",
    "CREATE INDEX sources_article ON sources (article)",
    "CREATE INDEX sources_run ON sources (run)",
    "CREATE INDEX outcomes_article ON outcomes (article)",
    "CREATE INDEX outcomes_run ON outcomes (run, state)",
    "CREATE INDEX transfers_outcome ON transfers (outcome, current)",
    "CREATE INDEX transfers_article ON transfers (article)",
    "CREATE INDEX transfers_run ON transfers (run)",
    "CREATE INDEX deployments_outcome ON deployments (outcome, current)",
    "CREATE INDEX deployments_article ON deployments (article)",
    "CREATE INDEX deployments_run ON deployments (run)",
    "CREATE INDEX treaties_outcome ON treaties (outcome, current)",
    "CREATE INDEX treaties_article ON treaties (article)",
    "CREATE INDEX treaties_run ON treaties (run)",
    "CREATE INDEX links_other ON links (other)",
    "CREATE INDEX checks_record ON checks (record)",
    "CREATE INDEX rejected_outcome ON rejected (outcome)",
    # An article is in one open batch of a recipe at most, whatever the program does.
    "CREATE UNIQUE INDEX submitted_open ON submitted (recipe_key, article) WHERE state <> 'done'",
    "CREATE INDEX submitted_article ON submitted (article, recipe_key)",
    "CREATE INDEX submissions_run ON submissions (run)",
)
