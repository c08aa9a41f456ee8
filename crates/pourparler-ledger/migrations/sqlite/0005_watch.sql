-- What `pourparler watch` has to remember from one round to the next. It is no part of the record: without these rows the next round
-- begins anew, and finds the articles known. Instants are RFC 3339 in UTC, in whole seconds, so that they compare as texts.

CREATE TABLE watched_feed (
    key           INTEGER PRIMARY KEY,
    url           TEXT NOT NULL UNIQUE,
    etag          TEXT,             -- of the last state of which every entry was seen to
    last_modified TEXT,
    next_at       TEXT,             -- not to be asked before; null for at once
    failures      INTEGER NOT NULL, -- in a row
    last_error    TEXT              -- null where the last round went well
) STRICT;

-- The entries that were seen to, or tried.
CREATE TABLE watched_entry (
    feed       INTEGER NOT NULL REFERENCES watched_feed (key) ON DELETE CASCADE,
    entry      TEXT NOT NULL,       -- what the feed calls it
    link       TEXT,
    published  TEXT,                -- the day that the feed gives
    state      TEXT NOT NULL CHECK (state IN ('done', 'failed', 'given_up')),
    tries      INTEGER NOT NULL,    -- that failed
    next_at    TEXT,                -- of a failed one: not to be tried before
    last_error TEXT,
    PRIMARY KEY (feed, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX watched_entry_failed ON watched_entry (feed, next_at) WHERE state = 'failed';
