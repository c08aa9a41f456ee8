-- Which articles are copies or updates of one another. All of it is derived from the texts: it is made when an article is added,
-- for articles that were there before at the next chance, and again where the method has another number.

-- The articles that were compared, and the agency that each comes from.
CREATE TABLE compared (
    article INTEGER PRIMARY KEY REFERENCES article (key),
    method  INTEGER NOT NULL,
    origin  TEXT -- usual short name: Reuters, AP; null where none is credited
) STRICT;

-- The smallest hashes of five words in a row of each text: texts that share some are compared.
CREATE TABLE sketch (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;

-- What an article is to one that was stored before it.
CREATE TABLE kin (
    article INTEGER NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    earlier INTEGER NOT NULL REFERENCES compared (article) ON DELETE CASCADE,
    kinship TEXT NOT NULL, -- copy or update
    score   REAL NOT NULL, -- share of words in common, from 0 to 1
    PRIMARY KEY (article, earlier)
) STRICT, WITHOUT ROWID;
CREATE INDEX kin_earlier ON kin (earlier);
CREATE INDEX sketch_article ON sketch (article);
