-- Kinds are words between commas; products, devices and topic filters are one a line; empty for all. What
-- `text` and `condition` hold depends on the statement.
CREATE TABLE rule (
    id ${sorted_text} PRIMARY KEY,
    name ${sorted_text} NOT NULL UNIQUE,
    enabled BIGINT NOT NULL,
    kinds TEXT NOT NULL,
    products TEXT NOT NULL,
    devices TEXT NOT NULL,
    topics TEXT NOT NULL,
    format TEXT NOT NULL,
    statement TEXT NOT NULL,
    text TEXT NOT NULL,
    condition TEXT NOT NULL,
    changed BIGINT NOT NULL
);

-- `settings` hold passwords: encrypted as a whole.
CREATE TABLE rule_action (
    rule ${sorted_text} NOT NULL REFERENCES rule ON DELETE CASCADE,
    position BIGINT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    settings ${bytes} NOT NULL,
    per_second BIGINT NOT NULL,
    keep_for BIGINT NOT NULL,
    keep_events BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    parallel BIGINT NOT NULL,
    otherwise TEXT NOT NULL,
    PRIMARY KEY (rule, position)
);
