-- What people do together: ground, each table an append-only log. Its rows go only with an article that is erased.

-- What people say about statements to one another, and what of it they withdraw.
CREATE TABLE comment (
    key       INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at   TEXT NOT NULL,
    author    TEXT NOT NULL,
    article   INTEGER NOT NULL REFERENCES article (key),
    place     TEXT,                               -- JSON: where the statement stood: id, source, cue, content; null for a withdrawal
    words     TEXT,                               -- null for a withdrawal
    answers   INTEGER REFERENCES comment (key),
    withdraws INTEGER REFERENCES comment (key),
    after     INTEGER NOT NULL,                   -- the last review before it, 0 for none
    CHECK ((withdraws IS NULL) = (place IS NOT NULL) AND (withdraws IS NULL) = (words IS NOT NULL))
) STRICT;
CREATE INDEX comment_article ON comment (article);
CREATE INDEX comment_withdraws ON comment (withdraws) WHERE withdraws IS NOT NULL;
CREATE TRIGGER comment_stays BEFORE UPDATE ON comment BEGIN
    SELECT RAISE(ABORT, 'comments are added and never changed');
END;
CREATE TRIGGER comment_is_kept BEFORE DELETE ON comment
WHEN NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.article = old.article)
BEGIN
    SELECT RAISE(ABORT, 'comments are added and never changed');
END;

-- Which decision holds where others differ. Who settled it and when stands with that decision.
CREATE TABLE settlement (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    article  INTEGER NOT NULL REFERENCES article (key),
    review   INTEGER NOT NULL UNIQUE REFERENCES review (key),
    opinions TEXT NOT NULL,                       -- JSON: the numbers of the reviews that differ
    note     TEXT NOT NULL                        -- why; may be empty
) STRICT;
CREATE INDEX settlement_article ON settlement (article);
CREATE TRIGGER settlement_stays BEFORE UPDATE ON settlement BEGIN
    SELECT RAISE(ABORT, 'settlements are added and never changed');
END;
CREATE TRIGGER settlement_is_kept BEFORE DELETE ON settlement
WHEN NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.article = old.article)
BEGIN
    SELECT RAISE(ABORT, 'settlements are added and never changed');
END;

-- Who is to read what; the last row about an article and a reviewer holds.
CREATE TABLE assignment (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at  TEXT NOT NULL,
    by_whom  TEXT NOT NULL,
    article  INTEGER NOT NULL REFERENCES article (key),
    reviewer TEXT NOT NULL,
    state    TEXT NOT NULL CHECK (state IN ('assigned', 'done', 'withdrawn'))
) STRICT;
CREATE INDEX assignment_article ON assignment (article, reviewer);
CREATE INDEX assignment_reviewer ON assignment (reviewer);
CREATE TRIGGER assignment_stays BEFORE UPDATE ON assignment BEGIN
    SELECT RAISE(ABORT, 'assignments are added and never changed');
END;
CREATE TRIGGER assignment_is_kept BEFORE DELETE ON assignment
WHEN NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.article = old.article)
BEGIN
    SELECT RAISE(ABORT, 'assignments are added and never changed');
END;
