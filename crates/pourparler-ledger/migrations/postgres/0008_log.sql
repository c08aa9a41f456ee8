-- The log and the erased articles, as in SQLite's file of the same number.
CREATE TABLE event (
    number        BIGINT PRIMARY KEY,
    made_at       TEXT COLLATE "C" NOT NULL,
    actor         TEXT COLLATE "C" NOT NULL,
    action        TEXT COLLATE "C" NOT NULL,
    about         TEXT COLLATE "C" NOT NULL,
    article       BIGINT,
    before        TEXT COLLATE "C",
    after         TEXT COLLATE "C",
    before_sha256 TEXT COLLATE "C",
    after_sha256  TEXT COLLATE "C",
    former        TEXT COLLATE "C" NOT NULL,
    hash          TEXT COLLATE "C" NOT NULL UNIQUE
);
CREATE INDEX event_article ON event (article);

CREATE TABLE tombstone (
    article     BIGINT PRIMARY KEY,
    id          TEXT COLLATE "C" NOT NULL,
    text_sha256 TEXT COLLATE "C" NOT NULL UNIQUE,
    erased_at   TEXT COLLATE "C" NOT NULL,
    because     TEXT COLLATE "C" NOT NULL
);

CREATE FUNCTION refuse_unless_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM tombstone t WHERE t.article = OLD.article) THEN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'review' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'event' THEN
            IF NEW.before IS NULL AND NEW.after IS NULL
                AND (NEW.number, NEW.made_at, NEW.actor, NEW.action, NEW.about, NEW.former, NEW.hash)
                    = (OLD.number, OLD.made_at, OLD.actor, OLD.action, OLD.about, OLD.former, OLD.hash)
                AND NEW.article IS NOT DISTINCT FROM OLD.article
                AND NEW.before_sha256 IS NOT DISTINCT FROM OLD.before_sha256
                AND NEW.after_sha256 IS NOT DISTINCT FROM OLD.after_sha256
            THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION '% is added to and never changed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER event_stays BEFORE UPDATE OR DELETE ON event FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased();
DROP TRIGGER review_stays ON review;
CREATE TRIGGER review_stays BEFORE UPDATE OR DELETE ON review FOR EACH ROW EXECUTE FUNCTION refuse_unless_erased();
CREATE TRIGGER record_version_tombstone AFTER INSERT ON tombstone FOR EACH ROW EXECUTE FUNCTION record_changed();
