-- What one run of the server leaves to the next when it stops in order: numbers that change with every message, and
-- are in memory while it runs.
CREATE TABLE handover (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
);
