-- Who reads the event log. Products are one a line, kinds are words between commas; both empty for all.
CREATE TABLE consumer_group (
    id ${sorted_text} PRIMARY KEY,
    name ${sorted_text} NOT NULL UNIQUE,
    format TEXT NOT NULL,
    products TEXT NOT NULL,
    kinds TEXT NOT NULL,
    max_age BIGINT NOT NULL,
    max_events BIGINT NOT NULL,
    max_attempts BIGINT NOT NULL,
    created BIGINT NOT NULL
);

-- Where a reader stands: a consumer group, or an action of a rule. `part` is a partition of the log.
CREATE TABLE reader_cursor (
    reader ${sorted_text} NOT NULL,
    part BIGINT NOT NULL,
    floor BIGINT NOT NULL,
    settled ${bytes} NOT NULL,
    PRIMARY KEY (reader, part)
);

-- Events nobody accepted. The number grows, so that the oldest are known.
CREATE TABLE dead_letter (
    number ${identity},
    reader ${sorted_text} NOT NULL,
    part BIGINT NOT NULL,
    place BIGINT NOT NULL,
    record ${bytes} NOT NULL,
    attempts BIGINT NOT NULL,
    reason TEXT NOT NULL,
    UNIQUE (reader, part, place)
);

CREATE INDEX dead_letter_newest ON dead_letter (reader, number);
