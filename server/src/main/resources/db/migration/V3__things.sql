-- What is known of things. Placeholder clustered: rows lie in the order of their key. Contents are bytes, written and
-- read by io.berth.storage (docs/decisions/0007-thing-state-journal-and-fold.md).

-- Facts on their way into the two tables below. Entries are numbered; a row holds those of one commit.
CREATE TABLE thing_journal (
    first BIGINT PRIMARY KEY,
    last BIGINT NOT NULL,
    entries ${bytes} NOT NULL
);

-- Newest values and wishes, with every journal entry of the thing up to number `folded`.
CREATE TABLE thing_state (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    folded BIGINT NOT NULL,
    state ${bytes} NOT NULL,
    PRIMARY KEY (product, name)
) ${clustered};

-- The days (since 1970) that have a table of their own, thing_history_YYYYMMDD, made when the first point comes.
CREATE TABLE thing_history_day (
    day BIGINT PRIMARY KEY
);
