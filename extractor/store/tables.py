"""Tables: the data dictionary, every table with what a row is and every column with what it holds.

The comments are part of the DDL on purpose: SQLite keeps them, so that whoever opens the file sees them. What a
release has created is never edited here; a later change is a migration of its own.

Words of the codebook (status, category, force_type …) and reasons are checked by the schemas before they come here and
have no CHECK, so that the codebook may grow without a migration. What only this program writes has one.
"""

from extractor.store.replies import REPLIES
from extractor.store.submission_tables import SUBMISSION_TABLES

MIGRATIONS = """
CREATE TABLE migrations (  -- One row for each step that brought this database to its shape.
    name TEXT PRIMARY KEY NOT NULL,  -- Name of the step.
    applied TEXT NOT NULL  -- UTC.
) STRICT
"""

RUNS = """
CREATE TABLE runs (  -- One row for each time that articles were given to a model.
    id INTEGER PRIMARY KEY,  -- Number of the run, in the order of starting.
    state TEXT NOT NULL CHECK (state IN ('running', 'finished', 'stopped', 'failed')),  -- How it stands.
    detail TEXT NOT NULL,  -- Why it stopped or failed.
    started TEXT NOT NULL,  -- UTC.
    finished TEXT,  -- UTC; empty while it runs, and for ever if the process was killed.
    model TEXT NOT NULL CHECK (model <> ''),  -- Name of the model asked for; baseline is the built-in one.
    base_url TEXT NOT NULL,  -- Address of the model's service; empty for the baseline.
    options TEXT NOT NULL CHECK (json_valid(options) AND json_type(options) = 'object'),
    -- Options of the model, JSON.
    command TEXT NOT NULL,  -- Command that started it.
    version TEXT NOT NULL,  -- Version of extractor.
    prompt_hash TEXT NOT NULL,  -- Hash of the prompt; for the baseline, of its lexicons and code.
    schema_hash TEXT NOT NULL,  -- Hash of the schemas and the codebook.
    recipe_key TEXT NOT NULL  -- Hash of model, address, prompt, schemas and options: the same key, the same question.
) STRICT
"""

ARTICLES = """
CREATE TABLE articles (  -- One row for each article; the same text under another title or date is another article.
    key TEXT PRIMARY KEY NOT NULL,  -- Hash of what a model is shown: text, title, published, language.
    title TEXT,  -- Headline.
    published TEXT,  -- Date of publication: YYYY-MM-DD, or a less precise EDTF date.
    publisher TEXT,  -- Outlet.
    language TEXT,  -- ISO 639-1.
    url TEXT,  -- Address that the article names as its own; never fetched.
    characters INTEGER NOT NULL CHECK (characters = length(text)),  -- Length of text; offsets of quotes count in it.
    first_seen TEXT NOT NULL,  -- UTC.
    sha256 TEXT NOT NULL,  -- Hash of text alone, as sha256sum gives it.
    text TEXT NOT NULL  -- Body as every check has read it, in Unicode NFC.
) STRICT
"""

SOURCES = """
CREATE TABLE sources (  -- One row for each article that a path has held: a text has many names, a name many texts.
    id INTEGER PRIMARY KEY,  -- In the order of seeing.
    source TEXT NOT NULL,  -- Path as given.
    article TEXT NOT NULL REFERENCES articles (key),  -- What the path held.
    run INTEGER NOT NULL REFERENCES runs (id),  -- Run that saw it there first.
    seen_at TEXT NOT NULL,  -- UTC.
    UNIQUE (source, article)
) STRICT
"""

OUTCOMES = """
CREATE TABLE outcomes (  -- One row for what an article came to in a run.
    id INTEGER PRIMARY KEY,  -- In the order of writing.
    state TEXT NOT NULL CHECK (state IN ('extracted', 'empty', 'unsupported', 'failed', 'waiting')),  -- How it ended:
    -- extracted (at least one record), empty (nothing to code), unsupported (no record passed), failed, or waiting.
    reason TEXT CHECK (state IN ('failed', 'waiting') OR reason IS NULL),  -- Why it failed or waits.
    detail TEXT NOT NULL,  -- The same for people.
    article TEXT REFERENCES articles (key),  -- Empty where the input gave none.
    source TEXT NOT NULL,  -- Path that it was read from in this run.
    transfers INTEGER NOT NULL,  -- Number of transfers stored.
    deployments INTEGER NOT NULL,  -- Number of deployments stored.
    treaties INTEGER NOT NULL,  -- Number of treaties stored.
    doubtful INTEGER NOT NULL,  -- Number of those that a check doubts.
    rejected INTEGER NOT NULL,  -- Number of records kept apart because a check failed.
    seconds REAL NOT NULL CHECK (seconds BETWEEN 0 AND 1e9),  -- From reading to answer.
    created TEXT NOT NULL,  -- UTC.
    current INTEGER NOT NULL CHECK (current IN (0, 1)),  -- 1 for the one of this article and recipe that counts.
    run INTEGER NOT NULL REFERENCES runs (id),  -- Run that made it.
    recipe_key TEXT NOT NULL,  -- Recipe of that run.
    UNIQUE (id, current),
    CHECK (state <> 'failed' OR reason IS NOT NULL),
    CHECK (article IS NOT NULL OR state IN ('failed', 'waiting'))
) STRICT
"""

ATTEMPTS = """
CREATE TABLE attempts (  -- One row for each question to a model, paid for whether it helped or not, or recalled.
    id INTEGER PRIMARY KEY,  -- In the order of writing.
    outcome INTEGER NOT NULL REFERENCES outcomes (id),  -- What it was made for.
    number INTEGER NOT NULL CHECK (number > 0),  -- 1, 2, … within the outcome.
    result TEXT NOT NULL,  -- ok, or a reason.
    detail TEXT NOT NULL,  -- The same for people.
    model TEXT,  -- Name under which the model answered.
    started TEXT NOT NULL,  -- UTC.
    seconds REAL NOT NULL CHECK (seconds BETWEEN 0 AND 1e9),  -- From request to answer.
    prompt_tokens INTEGER CHECK (prompt_tokens BETWEEN 0 AND 1e12),  -- As reported; empty where not, or not credible.
    completion_tokens INTEGER CHECK (completion_tokens BETWEEN 0 AND 1e12),  -- Likewise.
    cached_tokens INTEGER CHECK (cached_tokens BETWEEN 0 AND 1e12),  -- Likewise; a part of prompt_tokens.
    cost REAL CHECK (cost BETWEEN 0 AND 1e9),  -- US dollars; empty where the price is unknown.
    request TEXT,  -- Key of its request, as in replies and as the name of a recording; empty where no use came of it.
    recalled INTEGER NOT NULL CHECK (recalled IN (0, 1)),  -- 1 for an answer kept from before: nothing sent or paid.
    run INTEGER NOT NULL REFERENCES runs (id),  -- Run that paid for it.
    UNIQUE (outcome, number)
) STRICT
"""

# Apart from attempts, so that adding up tokens reads no answers and Datasette can refuse raw answers by table.
ANSWERS = """
CREATE TABLE answers (  -- One row for each raw answer of a model, as it came: hostile text.
    attempt INTEGER PRIMARY KEY REFERENCES attempts (id),  -- The request.
    answer TEXT NOT NULL  -- Raw; a NUL or a lone surrogate is written as its escape.
) STRICT
"""

# Gives out ids over all kinds, so that evidence, checks and links point to any record with a foreign key.
RECORDS = """
CREATE TABLE records (  -- One row for each record; its fields are in the table of its kind, under the same id.
    id INTEGER PRIMARY KEY,  -- In the order of writing.
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'deployment', 'treaty')),  -- Which table has its fields.
    name TEXT NOT NULL,  -- Id within the article: T1, D1, P1.
    outcome INTEGER NOT NULL REFERENCES outcomes (id),  -- What it is part of.
    UNIQUE (outcome, name)
) STRICT
"""

_SAID = """\
    certainty TEXT NOT NULL CHECK (certainty IN ('confirmed', 'claimed', 'speculated')),  -- How sure the article is.
    attributed_to TEXT NOT NULL CHECK (json_valid(attributed_to) AND json_type(attributed_to) = 'array'),
    -- Who says so, JSON list.
    denied_by TEXT NOT NULL CHECK (json_valid(denied_by) AND json_type(denied_by) = 'array'),
    -- Who denies it, JSON list.\
"""

# The pair (outcome, current) follows its outcome: a record cannot count where its outcome does not.
_MADE = """\
    doubtful INTEGER NOT NULL CHECK (doubtful IN (0, 1)),  -- 1 if a check doubts it: see its checks before use.
    current INTEGER NOT NULL CHECK (current IN (0, 1)),  -- 1 while its outcome counts, 0 once another took its place.
    name TEXT NOT NULL,  -- Id within the article: T1, D1, P1.
    record TEXT NOT NULL,  -- Hash of article, recipe, kind and name: the same again when the run is repeated.
    article TEXT NOT NULL REFERENCES articles (key),  -- Article that tells it.
    outcome INTEGER NOT NULL REFERENCES outcomes (id),  -- Outcome that it is part of.
    run INTEGER NOT NULL REFERENCES runs (id),  -- Run that made it.
    model TEXT NOT NULL,  -- Model asked for; the attempts say which name answered.
    prompt_hash TEXT NOT NULL,  -- Hash of the prompt.
    schema_hash TEXT NOT NULL,  -- Hash of the schemas and the codebook.
    FOREIGN KEY (outcome, current) REFERENCES outcomes (id, current) ON UPDATE CASCADE\
"""

TRANSFERS = f"""
CREATE TABLE transfers (  -- One row for each transfer of arms, materiel, technology or goods that an article tells.
    id INTEGER PRIMARY KEY REFERENCES records (id),  -- Unique over all kinds.
    supplier TEXT NOT NULL,  -- Who gives: ISO 3166-1 alpha-3, or the usual English name.
    recipient TEXT NOT NULL,  -- Who gets.
    item TEXT NOT NULL,  -- What, with designation.
    category TEXT NOT NULL,  -- Category of the codebook.
    status TEXT NOT NULL,  -- How far it had got: delivered, agreed, considered, halted.
    date TEXT,  -- When that stage was reached, EDTF.
    due TEXT,  -- When the handing over is planned, EDTF.
    quantity_text TEXT,  -- How many or how much, as it stands in a quote.
    quantity_low INTEGER,  -- At least.
    quantity_high INTEGER CHECK (quantity_low <= quantity_high),  -- At most.
    quantity_approximate INTEGER CHECK (quantity_approximate IN (0, 1)),  -- 1 for about, rund, dozens.
    quantity_unit TEXT CHECK ((quantity_unit IS NULL) = (quantity_text IS NULL)),  -- English plural noun.
    value_text TEXT,  -- Money stated for it, as it stands in a quote.
    value_low INTEGER,  -- At least.
    value_high INTEGER CHECK (value_low <= value_high),  -- At most.
    value_approximate INTEGER CHECK (value_approximate IN (0, 1)),  -- 1 for about.
    value_unit TEXT CHECK ((value_unit IS NULL) = (value_text IS NULL)),  -- ISO 4217.
    via TEXT NOT NULL CHECK (json_valid(via) AND json_type(via) = 'array'),
    -- States, ports, vessels and firms on the way, JSON list.
    violates TEXT NOT NULL CHECK (json_valid(violates) AND json_type(violates) = 'array'),
    -- What it is said to breach, JSON list.
{_SAID}
{_MADE}
) STRICT
"""

DEPLOYMENTS = f"""
CREATE TABLE deployments (  -- One row for each sending of forces beyond a state's borders that an article tells.
    id INTEGER PRIMARY KEY REFERENCES records (id),  -- Unique over all kinds.
    sender TEXT NOT NULL,  -- Whose people: ISO 3166-1 alpha-3, or the usual English name.
    host TEXT,  -- State on whose territory, ISO 3166-1 alpha-3.
    place TEXT,  -- Proper name of the place in it.
    supports TEXT CHECK (host IS NOT NULL OR supports IS NOT NULL),  -- On whose side.
    force_type TEXT NOT NULL,  -- Kind of force, of the codebook.
    status TEXT NOT NULL,  -- How far it had got: considered, agreed, halted, deployed, withdrawing, withdrawn.
    date TEXT,  -- When that stage was reached, EDTF.
    due TEXT,  -- When arrival or withdrawal is planned, EDTF.
    personnel_text TEXT,  -- How many, as it stands in a quote.
    personnel_low INTEGER,  -- At least.
    personnel_high INTEGER CHECK (personnel_low <= personnel_high),  -- At most.
    personnel_approximate INTEGER CHECK (personnel_approximate IN (0, 1)),  -- 1 for about, rund, dozens.
    personnel_unit TEXT CHECK ((personnel_unit IS NULL) = (personnel_text IS NULL)),  -- persons.
    violates TEXT NOT NULL CHECK (json_valid(violates) AND json_type(violates) = 'array'),
    -- What it is said to breach, JSON list.
{_SAID}
{_MADE}
) STRICT
"""

TREATIES = f"""
CREATE TABLE treaties (  -- One row for each written agreement between states that an article tells of.
    id INTEGER PRIMARY KEY REFERENCES records (id),  -- Unique over all kinds.
    title TEXT NOT NULL,  -- The article's own name for it, in English, else kind and year.
    parties TEXT NOT NULL CHECK (json_valid(parties) AND json_type(parties) = 'array'),
    -- Who made it, JSON list; see treaty_parties.
    status TEXT NOT NULL,  -- Furthest stage: proposed, signed, ratified, in_force, suspended, ended.
    signed TEXT,  -- When it was signed, EDTF.
    ratified TEXT,  -- When it was ratified, EDTF.
    ended TEXT,  -- When it ceased, EDTF.
    obligations TEXT NOT NULL CHECK (json_valid(obligations) AND json_type(obligations) = 'array'),
    -- What it binds them to, JSON list.
{_SAID}
{_MADE}
) STRICT
"""

TREATY_PARTIES = """
CREATE TABLE treaty_parties (  -- One row for each party of each treaty.
    treaty INTEGER NOT NULL REFERENCES treaties (id),  -- The treaty.
    actor TEXT NOT NULL,  -- ISO 3166-1 alpha-3, or the usual English name.
    PRIMARY KEY (treaty, actor)
) STRICT
"""

LINKS = """
CREATE TABLE links (  -- One row for each record that an article ties to another.
    record INTEGER NOT NULL REFERENCES records (id),  -- The record given in return, or the treaty that replaces.
    link TEXT NOT NULL CHECK (link IN ('in_exchange_for', 'replaces')),  -- What ties it.
    other INTEGER NOT NULL REFERENCES records (id),  -- What it is given in return for, or the treaty that is replaced.
    PRIMARY KEY (record, link, other)
) STRICT
"""

EVIDENCE = """
CREATE TABLE evidence (  -- One row for each quote that carries a record.
    id INTEGER PRIMARY KEY,  -- In the order of writing.
    record INTEGER NOT NULL REFERENCES records (id),  -- The record.
    position INTEGER NOT NULL,  -- 1, 2, 3 within the record.
    quote TEXT NOT NULL,  -- Words of the article.
    start INTEGER NOT NULL CHECK (start >= 0),  -- First character in the text of the article, counted from 0.
    "end" INTEGER NOT NULL CHECK ("end" > start),  -- The character after the last one.
    UNIQUE (record, position)
) STRICT
"""

CHECKS = """
CREATE TABLE checks (  -- One row for each check of each stored record.
    id INTEGER PRIMARY KEY,  -- In the order of checking.
    record INTEGER NOT NULL REFERENCES records (id),  -- The record.
    name TEXT NOT NULL,  -- What was checked: schema, quote, number, actor, date.
    verdict TEXT NOT NULL CHECK (verdict IN ('pass', 'doubt', 'fail', 'none')),  -- none: there was nothing to check.
    detail TEXT NOT NULL  -- What was looked for and what was found.
) STRICT
"""

REJECTED = """
CREATE TABLE rejected (  -- One row for each proposed record that failed a check and was kept apart.
    id INTEGER PRIMARY KEY,  -- In the order of writing.
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'deployment', 'treaty')),  -- What it was proposed as.
    reason TEXT NOT NULL,  -- First check that failed, and why.
    checks TEXT NOT NULL CHECK (json_valid(checks) AND json_type(checks) = 'array'),
    -- All its checks, JSON.
    raw TEXT NOT NULL CHECK (json_valid(raw)),  -- As the model gave it, JSON; a number that is none is written as text.
    outcome INTEGER NOT NULL REFERENCES outcomes (id)  -- What it would have been part of.
) STRICT
"""

TABLES = (
    MIGRATIONS,
    RUNS,
    ARTICLES,
    SOURCES,
    OUTCOMES,
    ATTEMPTS,
    ANSWERS,
    REPLIES,
    RECORDS,
    TRANSFERS,
    DEPLOYMENTS,
    TREATIES,
    TREATY_PARTIES,
    LINKS,
    EVIDENCE,
    CHECKS,
    REJECTED,
    *SUBMISSION_TABLES,
)
