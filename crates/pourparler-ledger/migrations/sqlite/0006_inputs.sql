-- Inputs that were read to their end with nothing lost, so that they need not be read again: files and archives of any size.
CREATE TABLE input (
    sha256   TEXT PRIMARY KEY,
    source   TEXT NOT NULL,
    articles INTEGER NOT NULL,
    read_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Day of the last change, as the input gave it.
ALTER TABLE appearance ADD COLUMN modified TEXT;

-- Lines of the text that are page furniture: JSON, `[[start, end], …]` in code points. Null for texts stored before this was kept.
ALTER TABLE article ADD COLUMN furniture TEXT;
