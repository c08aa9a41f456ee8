-- The log: every change to the ground and to what people decided, in the order in which it was made. Each entry holds the hash of
-- the one before it, so that nothing can be changed, taken out or put in between without its being seen.
CREATE TABLE event (
    number        INTEGER PRIMARY KEY, -- 1, 2, 3, … without a gap
    made_at       TEXT NOT NULL,
    actor         TEXT NOT NULL,       -- who did it: an account, a reviewer, or `local`
    action        TEXT NOT NULL,       -- add, appear, review, actor, erase, …
    about         TEXT NOT NULL,       -- what it was done to
    article       INTEGER,             -- key of the article that it is about; it stays when the article goes
    before        TEXT,                -- JSON; null where there was nothing, and where it was erased
    after         TEXT,                -- the same
    before_sha256 TEXT,                -- of the JSON, which stays when the JSON is erased
    after_sha256  TEXT,
    former        TEXT NOT NULL,       -- hash of the entry before, 64 zeros for the first
    hash          TEXT NOT NULL UNIQUE -- of everything here but `before` and `after`
) STRICT;
CREATE INDEX event_article ON event (article);

-- Articles that were erased. Their text does not come in again.
CREATE TABLE tombstone (
    article     INTEGER PRIMARY KEY, -- the key that it had
    id          TEXT NOT NULL,
    text_sha256 TEXT NOT NULL UNIQUE,
    erased_at   TEXT NOT NULL,
    because     TEXT NOT NULL
) STRICT;

CREATE TRIGGER event_stays BEFORE UPDATE ON event
WHEN new.before IS NOT NULL OR new.after IS NOT NULL OR new.number <> old.number OR new.made_at <> old.made_at
  OR new.actor <> old.actor OR new.action <> old.action OR new.about <> old.about OR new.article IS NOT old.article
  OR new.before_sha256 IS NOT old.before_sha256 OR new.after_sha256 IS NOT old.after_sha256
  OR new.former <> old.former OR new.hash <> old.hash
  OR NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.article = old.article)
BEGIN
    SELECT RAISE(ABORT, 'the log is added to and never changed');
END;
CREATE TRIGGER event_is_kept BEFORE DELETE ON event BEGIN
    SELECT RAISE(ABORT, 'the log is added to and never changed');
END;

-- What was decided about an erased article goes with it.
DROP TRIGGER review_is_kept;
CREATE TRIGGER review_is_kept BEFORE DELETE ON review
WHEN NOT EXISTS (SELECT 1 FROM tombstone t WHERE t.article = old.article)
BEGIN
    SELECT RAISE(ABORT, 'reviews are added and never changed');
END;
CREATE TRIGGER article_words_delete AFTER DELETE ON article BEGIN
    INSERT INTO article_words (article_words, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
-- Words that are deleted leave the index at once, not when its parts are merged.
INSERT INTO article_words (article_words, rank) VALUES ('secure-delete', 1);
INSERT INTO statement_words (statement_words, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER record_version_tombstone AFTER INSERT ON tombstone BEGIN
    UPDATE record_version SET version = version + 1;
END;
