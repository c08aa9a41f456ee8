-- Copies and updates, as in SQLite's file of the same number.
CREATE TABLE compared (
    article BIGINT PRIMARY KEY REFERENCES article (key),
    method  BIGINT NOT NULL,
    origin  TEXT COLLATE "C"
);

CREATE TABLE sketch (
    hash    BIGINT NOT NULL,
    article BIGINT NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
);

CREATE TABLE kin (
    article BIGINT NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    earlier BIGINT NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    kinship TEXT COLLATE "C" NOT NULL,
    score   DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (article, earlier)
);
CREATE INDEX kin_earlier ON kin (earlier);
CREATE INDEX sketch_article ON sketch (article);
