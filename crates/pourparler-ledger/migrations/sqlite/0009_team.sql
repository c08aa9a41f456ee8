-- The people of a team. Of secrets only hashes are kept: SHA-256 of random ones, argon2id of passwords.

CREATE TABLE account (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,        -- in whose name decisions are kept
    name_key  TEXT NOT NULL UNIQUE, -- the name folded, so that no two read alike
    mail      TEXT UNIQUE,          -- in lower case
    role      TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'editor', 'owner')),
    password  TEXT,                 -- PHC string of argon2id; NULL for those who come by a provider alone
    issuer    TEXT,                 -- the provider that vouches for them …
    subject   TEXT,                 -- … and what it calls them
    made_at   TEXT NOT NULL,        -- instants are RFC 3339 in UTC, to the second
    ended_at  TEXT,                 -- since when they may no longer come in
    CHECK ((issuer IS NULL) = (subject IS NULL)),
    UNIQUE (issuer, subject)
) STRICT;

CREATE TABLE session (
    id      INTEGER PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    agent   TEXT NOT NULL, -- what the browser calls itself
    made_at TEXT NOT NULL,
    used_at TEXT NOT NULL
) STRICT;
CREATE INDEX session_account ON session (account);

CREATE TABLE api_token (
    id      INTEGER PRIMARY KEY,
    hash    TEXT NOT NULL UNIQUE,
    account INTEGER NOT NULL REFERENCES account (id),
    label   TEXT NOT NULL,
    scope   TEXT NOT NULL CHECK (scope IN ('reader', 'reviewer', 'editor', 'owner')),
    made_at TEXT NOT NULL,
    ends_at TEXT NOT NULL,
    used_at TEXT
) STRICT;
CREATE INDEX api_token_account ON api_token (account);

CREATE TABLE invitation (
    id           INTEGER PRIMARY KEY,
    hash         TEXT NOT NULL UNIQUE,
    name         TEXT,
    mail         TEXT,
    account      INTEGER REFERENCES account (id), -- to set its password, not to make one
    role         TEXT NOT NULL CHECK (role IN ('reader', 'reviewer', 'editor', 'owner')),
    made_by      INTEGER REFERENCES account (id), -- NULL where it was made at the machine itself
    made_by_name TEXT NOT NULL,
    made_at      TEXT NOT NULL,
    ends_at      TEXT NOT NULL,
    used_at      TEXT,
    withdrawn_at TEXT
) STRICT;
CREATE INDEX invitation_account ON invitation (account);
