-- What the workspace asks on every page, made cheap.

-- A number that grows with whatever changes the record, so that what was made from it can be kept until then. What is remembered
-- of feeds and of readers is no part of the record and leaves it alone.
CREATE TABLE record_version (version INTEGER NOT NULL) STRICT;
INSERT INTO record_version (version) VALUES (0);
CREATE TRIGGER record_version_appearance AFTER INSERT ON appearance BEGIN
    UPDATE record_version SET version = version + 1;
END;
CREATE TRIGGER record_version_extraction AFTER INSERT ON extraction BEGIN
    UPDATE record_version SET version = version + 1;
END;
CREATE TRIGGER record_version_compared AFTER INSERT ON compared BEGIN
    UPDATE record_version SET version = version + 1;
END;
CREATE TRIGGER record_version_review AFTER INSERT ON review BEGIN
    UPDATE record_version SET version = version + 1;
END;
CREATE TRIGGER record_version_actor AFTER INSERT ON actor_decision BEGIN
    UPDATE record_version SET version = version + 1;
END;

-- Up to when each reader has seen what came in: no part of the record.
CREATE TABLE looked (
    reader TEXT PRIMARY KEY,
    at     TEXT NOT NULL -- instant, RFC 3339 in UTC
) STRICT, WITHOUT ROWID;

-- Everything by which statements are filtered and counted stands in one index, so that the counts beside a list need not read over the
-- words. It begins as `statement_party` did, and takes its place.
DROP INDEX statement_party;
CREATE INDEX statement_facets
    ON statement (party_key, day, act, quotation, speaker_kind, speaker_key, confidence, article);
CREATE INDEX statement_speaker ON statement (speaker_key, day);
-- The queue of review begins with the least certain.
CREATE INDEX statement_confidence ON statement (confidence);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_outlet ON article (outlet, published);
CREATE INDEX article_language ON article (language);
CREATE INDEX article_added ON article (added_at);

-- The words of articles; as with statements it holds an index only.
CREATE VIRTUAL TABLE article_words USING fts5 (
    title, text, content = 'article', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_words (article_words) VALUES ('rebuild');
CREATE TRIGGER article_words_insert AFTER INSERT ON article BEGIN
    INSERT INTO article_words (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
