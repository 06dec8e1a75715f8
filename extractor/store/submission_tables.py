"""Submission tables: the part of the data dictionary that tells of batches at a service."""

# Written before anything is sent, so that a killed run knows what to look for at the service.
SUBMISSIONS = """
CREATE TABLE submissions (  -- One row for each batch of requests that was to be handed to a service's Batch API.
    id INTEGER PRIMARY KEY,  -- In the order of making.
    state TEXT NOT NULL CHECK (state IN ('intended', 'submitted', 'collected', 'dropped')),
    -- intended (not known to have arrived), submitted, collected, or dropped (it never arrived, or is given up).
    token TEXT NOT NULL UNIQUE,  -- What the batch carries at the service, to be found by.
    batch TEXT CHECK (batch IS NOT NULL OR state IN ('intended', 'dropped')),
    -- Name that the service gave it; empty until it did.
    detail TEXT NOT NULL,  -- How it ended, for people.
    intended TEXT NOT NULL,  -- UTC, before it was sent.
    ended TEXT,  -- UTC; empty while it waits.
    run INTEGER NOT NULL REFERENCES runs (id),  -- Run that made it.
    recipe_key TEXT NOT NULL  -- Recipe of that run.
) STRICT
"""

SUBMITTED = """
CREATE TABLE submitted (  -- One row for each article in each batch.
    submission INTEGER NOT NULL REFERENCES submissions (id),  -- The batch.
    article TEXT NOT NULL REFERENCES articles (key),  -- The article; its key is the request's custom id.
    source TEXT NOT NULL,  -- Path that it was read from.
    round INTEGER NOT NULL CHECK (round > 0),  -- 1 for the question, 2 and more for what is asked about the answer.
    state TEXT NOT NULL CHECK (state IN ('sent', 'answered', 'done')),
    -- sent (in an open batch), answered (and a further request is needed or the reply not yet read), or done.
    reply TEXT,  -- What came back, as JSON of status and body: hostile text. Empty before, where none came, once done.
    recipe_key TEXT NOT NULL,  -- Recipe of the batch.
    PRIMARY KEY (submission, article)
) STRICT
"""

SUBMISSION_TABLES = (SUBMISSIONS, SUBMITTED)
