-- The record. Ground comes first (snapshot, article, appearance): its rows are added and never changed. What an
-- extractor made of it follows (extraction, statement, statement_position) and can be made again at any time.
-- Days are `YYYY-MM-DD`, instants are RFC 3339 in UTC, hashes are SHA-256 in lower-case hexadecimal.

-- The bytes of one article as they came in.
CREATE TABLE snapshot (
    key    INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL UNIQUE,
    bytes  BLOB NOT NULL
) STRICT;

-- One frozen text, with the particulars that its first appearance gave. The text stands last, so that lists of
-- articles need not read over it.
CREATE TABLE article (
    key         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    text_sha256 TEXT NOT NULL UNIQUE,
    title       TEXT,
    outlet      TEXT,
    byline      TEXT,
    published   TEXT,
    url         TEXT,
    language    TEXT,
    added_at    TEXT NOT NULL,
    text        TEXT NOT NULL
) STRICT;

-- Where a text was seen: each input that held it, and the particulars as that input gave them.
CREATE TABLE appearance (
    key        INTEGER PRIMARY KEY,
    article    INTEGER NOT NULL REFERENCES article (key),
    snapshot   INTEGER NOT NULL REFERENCES snapshot (key),
    source     TEXT NOT NULL,
    decoding   TEXT NOT NULL,
    article_id TEXT NOT NULL,
    title      TEXT,
    outlet     TEXT,
    byline     TEXT,
    published  TEXT,
    url        TEXT,
    added_at   TEXT NOT NULL,
    UNIQUE (article, source, snapshot)
) STRICT;
CREATE INDEX appearance_snapshot ON appearance (snapshot);

-- Which version of the extractor made the statements of an article, and when.
CREATE TABLE extraction (
    article   INTEGER PRIMARY KEY REFERENCES article (key),
    extractor TEXT NOT NULL,
    made_at   TEXT NOT NULL
) STRICT;

-- Spans are JSON, `[[start, end], …]`, end exclusive, counted in Unicode code points of article.text.
CREATE TABLE statement (
    key                 INTEGER PRIMARY KEY,
    article             INTEGER NOT NULL REFERENCES extraction (article) ON DELETE CASCADE,
    ordinal             INTEGER NOT NULL,
    id                  TEXT NOT NULL,
    source_code_points  TEXT NOT NULL,
    cue_code_points     TEXT NOT NULL,
    content_code_points TEXT NOT NULL,
    quotation           TEXT NOT NULL,
    speaker_name        TEXT,
    speaker_kind        TEXT NOT NULL,
    speaker_role        TEXT,
    speaker_party       TEXT,
    via                 TEXT NOT NULL, -- JSON, names, nearest to the speaker first
    said_from           TEXT,
    said_to             TEXT,
    said_text           TEXT,
    act                 TEXT NOT NULL,
    confidence          REAL,          -- null where a person decided
    content             TEXT NOT NULL, -- the words under content_code_points
    sentence            TEXT NOT NULL, -- the sentences in which the statement stands
    -- What filters compare: names without case, accents and punctuation, and the day on which it counts.
    speaker_key         TEXT,
    party_key           TEXT,
    day                 TEXT,
    UNIQUE (article, ordinal),
    UNIQUE (article, id),
    CHECK ((said_from IS NULL) = (said_to IS NULL))
) STRICT;
-- Kind of quotation and confidence single out too little to pay for an index; speakers are found by their words below.
CREATE INDEX statement_day ON statement (day);
CREATE INDEX statement_party ON statement (party_key, day);
CREATE INDEX statement_act ON statement (act, day);

CREATE TABLE statement_position (
    statement INTEGER NOT NULL REFERENCES statement (key) ON DELETE CASCADE,
    ordinal   INTEGER NOT NULL,
    issue     TEXT NOT NULL,
    stance    TEXT NOT NULL,
    PRIMARY KEY (statement, ordinal)
) STRICT, WITHOUT ROWID;
CREATE INDEX statement_position_issue ON statement_position (issue, stance);
CREATE INDEX statement_position_stance ON statement_position (stance);

-- The words of statements; it holds an index only and reads the words from `statement`.
CREATE VIRTUAL TABLE statement_words USING fts5 (
    content, sentence, speaker_key,
    content = 'statement', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER statement_words_insert AFTER INSERT ON statement BEGIN
    INSERT INTO statement_words (rowid, content, sentence, speaker_key)
    VALUES (new.key, new.content, new.sentence, new.speaker_key);
END;
CREATE TRIGGER statement_words_delete AFTER DELETE ON statement BEGIN
    INSERT INTO statement_words (statement_words, rowid, content, sentence, speaker_key)
    VALUES ('delete', old.key, old.content, old.sentence, old.speaker_key);
END;
CREATE TRIGGER statement_words_update AFTER UPDATE OF content, sentence, speaker_key ON statement BEGIN
    INSERT INTO statement_words (statement_words, rowid, content, sentence, speaker_key)
    VALUES ('delete', old.key, old.content, old.sentence, old.speaker_key);
    INSERT INTO statement_words (rowid, content, sentence, speaker_key)
    VALUES (new.key, new.content, new.sentence, new.speaker_key);
END;
