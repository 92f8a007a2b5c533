-- The case file: one SQLite file, one table per record of core/records.py, one column per field.
-- A field `span` is three columns: doc, start, end (half-open code points of documents.text).
-- Other tuples and objects are JSON; a span inside JSON is [doc, start, end].
-- `by` is what produced a row: `mark.times@1`, `encoder:en-2`, or a person: `person:ana`.
-- Rows of people are never dropped; every other row is rebuilt by `firsthand build`.

CREATE TABLE documents (                 -- one text as one publisher ran it
    number INTEGER PRIMARY KEY,          -- order in which this case met it; ties documents_fts to this table
    id TEXT NOT NULL UNIQUE,             -- hash of the bytes, and of where in an archive they stand
    by TEXT NOT NULL,                    -- reader and version
    text TEXT NOT NULL,                  -- as extracted, frozen: all offsets point into it
    headline TEXT,                       -- of this page
    byline TEXT,                         -- as printed, without "By"
    publisher TEXT,                      -- the outlet whose page this is
    url TEXT,                            -- canonical address, if the file says
    published TEXT,                      -- ISO 8601, chosen from `dates`
    published_from TEXT,                 -- where it was found
    modified TEXT,                       -- ISO 8601, if it differs from published
    retrieved TEXT,                      -- when an archive fetched it
    language TEXT,                       -- ISO 639-1
    media_type TEXT,                     -- of the file
    path TEXT,                           -- file, and member in an archive
    sha256 TEXT,                         -- of the bytes
    extractor TEXT,                      -- what turned bytes into text, with version
    dates TEXT NOT NULL,                 -- JSON: every date the document gives for itself, and where
    parts TEXT NOT NULL                  -- JSON: stretches set apart: boilerplate, wrapper, credit, bio, headline, byline
) STRICT;

CREATE TABLE copies (                    -- one document reuses another's words
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    doc TEXT NOT NULL,                   -- the document that reuses
    of TEXT NOT NULL,                    -- the document whose words they are, as far as can be told
    kind TEXT NOT NULL,                  -- duplicate, wire, edited, excerpt, revision, republished
    similarity REAL NOT NULL,            -- share of doc's prose that stands in `of`, 0-1
    spans TEXT NOT NULL,                 -- JSON: aligned pairs [span in doc, span in of]
    evidence TEXT NOT NULL,              -- text, credit, both
    direction TEXT NOT NULL              -- what settles who came first, or "not established"
) STRICT;

CREATE TABLE mentions (                  -- words in one document that name a thing
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    doc TEXT NOT NULL,                   -- document
    start INTEGER NOT NULL,              -- first code point
    "end" INTEGER NOT NULL,              -- past the last
    kind TEXT NOT NULL,                  -- person, organisation, place, date, quantity, incident, credit, ...
    value TEXT,                          -- canonical: EDTF date, gazetteer id, number or range, incident kind, name
    lat REAL,                            -- degrees north, places
    lon REAL,                            -- degrees east, places
    detail TEXT NOT NULL                 -- JSON object, by kind (see core/records.py)
) STRICT;

CREATE TABLE attributions (              -- somebody is said to have said something
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    doc TEXT NOT NULL,                   -- document
    source TEXT NOT NULL,                -- JSON spans; [] is an implicit source
    cue TEXT NOT NULL,                   -- JSON spans of the words that attribute
    content TEXT NOT NULL,               -- JSON spans of what is attributed
    form TEXT NOT NULL,                  -- direct, indirect, mixed
    within TEXT,                         -- the attribution it is nested in
    factuality TEXT NOT NULL,            -- FactBank's scale
    source_kind TEXT NOT NULL,           -- named person, named body, unnamed, document, witness, outlet, implicit
    speaker TEXT,                        -- JSON span where the source is named in full
    speaker_name TEXT,                   -- that name, normalised
    reason TEXT                          -- what decided source_kind and speaker
) STRICT;

CREATE TABLE statements (                -- one value asserted in one document
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    incident TEXT,                       -- incident mention
    property TEXT NOT NULL,              -- perpetrator_group, victim, place, date, killed, says, ...
    value TEXT NOT NULL,                 -- canonical value
    doc TEXT NOT NULL,                   -- document
    start INTEGER NOT NULL,              -- first code point
    "end" INTEGER NOT NULL,              -- past the last
    mentions TEXT NOT NULL,              -- JSON: further spans naming the same value
    attribution TEXT,                    -- innermost attribution; NULL is the publisher's own voice
    factuality TEXT NOT NULL,            -- FactBank's scale, at the innermost hop
    confidence TEXT                      -- perpetrators: MUC-4's set plus denied
) STRICT;

CREATE TABLE hops (                      -- one link of the chain by which a statement reached the page
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    statement TEXT NOT NULL,             -- statement
    position INTEGER NOT NULL,           -- 0 is the publisher
    name TEXT NOT NULL,                  -- who
    kind TEXT NOT NULL,                  -- publisher, wire, republished, relay, or a source kind
    doc TEXT,                            -- document of the words that name this hop
    start INTEGER,                       -- first code point
    "end" INTEGER,                       -- past the last
    factuality TEXT NOT NULL             -- what this hop makes of the statement
) STRICT;

CREATE TABLE origins (                   -- whom statements finally rest on
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    name TEXT NOT NULL,                  -- as the chain names it
    kind TEXT NOT NULL,                  -- kind of the last hop
    statements TEXT NOT NULL,            -- JSON ids
    interested INTEGER NOT NULL          -- 1 if it is itself a party to the incident
) STRICT;

CREATE TABLE judgements (                -- two things are the same, different, or it is not settled
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer or person
    kind TEXT NOT NULL,                  -- actor, place, incident, claim, origin
    left TEXT NOT NULL,                  -- id, left < right
    right TEXT NOT NULL,                 -- id
    verdict TEXT NOT NULL,               -- same, different, unsure
    score REAL,                          -- 0-1, NULL for a person's
    reason TEXT NOT NULL,                -- in words
    made TEXT,                           -- people's only: when, ISO 8601 UTC
    withdrawn TEXT                       -- when it was undone
) STRICT;

CREATE TABLE entities (                  -- a thing in the world, rebuilt from judgements
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    kind TEXT NOT NULL,                  -- actor, place, incident
    label TEXT NOT NULL,                 -- for reading
    members TEXT NOT NULL,               -- JSON ids of mentions
    value TEXT,                          -- incident kind or gazetteer id
    date TEXT,                           -- incidents: EDTF
    lat REAL,                            -- degrees north
    lon REAL,                            -- degrees east
    detail TEXT NOT NULL                 -- JSON object
) STRICT;

CREATE TABLE claims (                    -- one value of one property of one incident, with all its statements
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    incident TEXT,                       -- entity
    property TEXT NOT NULL,              -- as in statements
    value TEXT NOT NULL,                 -- canonical value
    statements TEXT NOT NULL,            -- JSON ids
    first TEXT,                          -- the statement that appeared first
    origins TEXT NOT NULL,               -- JSON ids
    origins_low INTEGER NOT NULL,        -- fewest independent origins
    origins_high INTEGER NOT NULL,       -- most
    confidence TEXT,                     -- perpetrators: those given, strongest first
    actor TEXT                           -- entity of the actor named
) STRICT;

CREATE TABLE findings (                  -- the result of a check
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    "check" TEXT NOT NULL,               -- distance, interval, weekday, count, quote, certainty, evidence, read
    level TEXT NOT NULL,                 -- conflict, drift, open question, note, unreadable
    message TEXT NOT NULL,               -- with the working
    spans TEXT NOT NULL,                 -- JSON spans of the words
    about TEXT NOT NULL,                 -- JSON ids
    measured REAL,                       -- as computed
    expected REAL,                       -- as printed
    tolerance REAL,                      -- largest difference let pass
    unit TEXT                            -- km, days, people, characters, steps
) STRICT;

CREATE TABLE hypotheses (                -- one possible account of an incident
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer or person
    incident TEXT NOT NULL,              -- entity
    text TEXT NOT NULL,                  -- in words
    actor TEXT,                          -- entity of the accused
    made TEXT,                           -- people's only: when, ISO 8601 UTC
    withdrawn TEXT                       -- when it was undone
) STRICT;

CREATE TABLE ratings (                   -- how one piece of evidence sits with one hypothesis
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer or person
    hypothesis TEXT NOT NULL,            -- hypothesis
    evidence TEXT NOT NULL,              -- claim
    value TEXT NOT NULL,                 -- CC, C, N, I, II, NA
    reason TEXT NOT NULL,                -- why
    made TEXT,                           -- people's only: when, ISO 8601 UTC
    withdrawn TEXT                       -- when it was undone
) STRICT;

CREATE TABLE standings (                 -- how a hypothesis stands, each origin counted once
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- producer
    hypothesis TEXT NOT NULL,            -- hypothesis
    inconsistent INTEGER NOT NULL,       -- independent origins (low count) of evidence rated I or II
    consistent INTEGER NOT NULL,         -- likewise C or CC
    origins_low INTEGER NOT NULL,        -- origins behind all evidence rated, fewest
    origins_high INTEGER NOT NULL,       -- most
    evidence TEXT NOT NULL               -- JSON claim ids
) STRICT;

CREATE TABLE removals (                  -- a person took a document out; its hash keeps it out of later builds
    id TEXT PRIMARY KEY,                 -- hash
    by TEXT NOT NULL,                    -- person
    doc TEXT NOT NULL,                   -- id of the document that was there
    path TEXT,                           -- file, and member in an archive
    sha256 TEXT,                         -- of the bytes, if known
    reason TEXT NOT NULL,                -- the person's
    made TEXT NOT NULL,                  -- when, ISO 8601 UTC
    withdrawn TEXT                       -- when it was undone: the next build reads the document again
) STRICT;

CREATE TABLE steps_done (                -- bookkeeping: what has been done, so that a build redoes only what it must
    step TEXT NOT NULL,                  -- verb
    doc TEXT NOT NULL,                   -- document, or '' for a verb that reads the whole case
    signature TEXT NOT NULL,             -- hash of the verb's version, options and inputs
    PRIMARY KEY (step, doc)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_doc ON mentions (doc);
CREATE INDEX attributions_doc ON attributions (doc);
CREATE INDEX statements_doc ON statements (doc);
CREATE INDEX statements_incident ON statements (incident);
CREATE INDEX hops_statement ON hops (statement);
CREATE INDEX claims_incident ON claims (incident);
CREATE INDEX copies_doc ON copies (doc);
CREATE INDEX findings_about ON findings (about);

CREATE VIRTUAL TABLE documents_fts USING fts5 (
    headline, text, content = 'documents', content_rowid = 'number', tokenize = "unicode61 remove_diacritics 2"
);
CREATE TRIGGER documents_added AFTER INSERT ON documents BEGIN
    INSERT INTO documents_fts (rowid, headline, text) VALUES (new.number, new.headline, new.text);
END;
CREATE TRIGGER documents_removed AFTER DELETE ON documents BEGIN
    INSERT INTO documents_fts (documents_fts, rowid, headline, text) VALUES ('delete', old.number, old.headline, old.text);
END;

-- The words behind the offsets, for reading in sqlite3 or Datasette.
CREATE VIEW mention_words AS
    SELECT m.*, substr(d.text, m.start + 1, m."end" - m.start) AS words, d.publisher, d.published
    FROM mentions m JOIN documents d ON d.id = m.doc;
CREATE VIEW statement_words AS
    SELECT s.*, substr(d.text, s.start + 1, s."end" - s.start) AS words, d.publisher, d.published
    FROM statements s JOIN documents d ON d.id = s.doc;
