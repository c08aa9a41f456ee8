-- How statements are put, on which option of an issue, and what showed it.
ALTER TABLE statement ADD COLUMN manner TEXT NOT NULL DEFAULT '{}'; -- JSON: conditions, reasons, hedges (spans), firmness, addressee, due
ALTER TABLE statement_position ADD COLUMN option TEXT;
ALTER TABLE statement_position ADD COLUMN shown_by TEXT;

-- The statements as the extractor made them, JSON; the rows of `statement` are these with the reviews applied. Null where they
-- came before there were reviews, and then the rows are what the extractor made.
ALTER TABLE extraction ADD COLUMN made TEXT;

-- What people decided about statements: ground, an append-only log. A decision says which words it is about, so that it holds
-- whatever is extracted again.
CREATE TABLE review (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at  TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    article  INTEGER REFERENCES article (key), -- null for the undoing of a decision
    -- JSON: {"keep": statement}, {"reject": [[start, end], …]} or {"undo": number}
    decision TEXT NOT NULL
) STRICT;
CREATE INDEX review_article ON review (article);
CREATE TRIGGER review_stays BEFORE UPDATE ON review BEGIN
    SELECT RAISE(ABORT, 'reviews are added and never changed');
END;
CREATE TRIGGER review_is_kept BEFORE DELETE ON review BEGIN
    SELECT RAISE(ABORT, 'reviews are added and never changed');
END;

-- Rounds of talks that an article tells of: derived, as statements are.
CREATE TABLE round (
    article  INTEGER NOT NULL REFERENCES extraction (article) ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    round    TEXT NOT NULL, -- JSON; its span in code points of article.text
    sentence TEXT NOT NULL,
    PRIMARY KEY (article, ordinal)
) STRICT, WITHOUT ROWID;
