-- Finished inputs, changes and furniture, as in SQLite's file of the same number.
CREATE TABLE input (
    sha256   TEXT COLLATE "C" PRIMARY KEY,
    source   TEXT COLLATE "C" NOT NULL,
    articles BIGINT NOT NULL,
    read_at  TEXT COLLATE "C" NOT NULL
);
ALTER TABLE appearance ADD COLUMN modified TEXT COLLATE "C";
ALTER TABLE article ADD COLUMN furniture TEXT COLLATE "C";
