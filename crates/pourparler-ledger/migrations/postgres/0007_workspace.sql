-- What the workspace asks on every page, as in SQLite's file of the same number.
CREATE TABLE record_version (version BIGINT NOT NULL);
INSERT INTO record_version (version) VALUES (0);
CREATE FUNCTION record_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE record_version SET version = version + 1;
    RETURN NULL;
END $$;
CREATE TRIGGER record_version_appearance AFTER INSERT ON appearance FOR EACH ROW EXECUTE FUNCTION record_changed();
CREATE TRIGGER record_version_extraction AFTER INSERT ON extraction FOR EACH ROW EXECUTE FUNCTION record_changed();
CREATE TRIGGER record_version_compared AFTER INSERT ON compared FOR EACH ROW EXECUTE FUNCTION record_changed();
CREATE TRIGGER record_version_review AFTER INSERT ON review FOR EACH ROW EXECUTE FUNCTION record_changed();
CREATE TRIGGER record_version_actor AFTER INSERT ON actor_decision FOR EACH ROW EXECUTE FUNCTION record_changed();

CREATE TABLE looked (
    reader TEXT COLLATE "C" PRIMARY KEY,
    at     TEXT COLLATE "C" NOT NULL
);

DROP INDEX statement_party;
CREATE INDEX statement_facets
    ON statement (party_key, day, act, quotation, speaker_kind, speaker_key, confidence, article);
CREATE INDEX statement_speaker ON statement (speaker_key, day);
CREATE INDEX statement_confidence ON statement (confidence);
CREATE INDEX article_published ON article (published);
CREATE INDEX article_outlet ON article (outlet, published);
CREATE INDEX article_language ON article (language);
CREATE INDEX article_added ON article (added_at);

-- The words of articles.
CREATE TABLE article_words (
    article BIGINT PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    words   TSVECTOR NOT NULL
);
CREATE INDEX article_words_words ON article_words USING gin (words);
