-- What people decided about actors: an append-only log. Mentions are not actors: actors are made anew from the speakers
-- of statements whenever they are asked for, and these decisions are applied to them in order.
CREATE TABLE actor_decision (
    key     INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    -- merge, split, rename, alias, undo
    action  TEXT NOT NULL,
    -- JSON: the names and articles that it is about, as they are in `statement`
    about   TEXT NOT NULL
) STRICT;
CREATE TRIGGER actor_decision_stays BEFORE UPDATE ON actor_decision BEGIN
    SELECT RAISE(ABORT, 'decisions about actors are added and never changed');
END;
CREATE TRIGGER actor_decision_is_kept BEFORE DELETE ON actor_decision BEGIN
    SELECT RAISE(ABORT, 'decisions about actors are added and never changed');
END;

-- How the date of a statement was found and from which day it was counted, where it was; and the id of the statement in whose
-- content this one is reported.
ALTER TABLE statement ADD COLUMN said_method TEXT;
ALTER TABLE statement ADD COLUMN said_anchor TEXT;
ALTER TABLE statement ADD COLUMN relayed_by TEXT;
