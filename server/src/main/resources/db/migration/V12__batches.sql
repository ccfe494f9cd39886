-- Long jobs over many devices. `next`: how many made up names were dealt with.
CREATE TABLE batch (
    id BIGINT PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    product ${sorted_text},
    space ${sorted_text},
    document ${bytes} NOT NULL,
    retries BIGINT NOT NULL,
    retry_interval BIGINT NOT NULL,
    schedule BIGINT,
    state TEXT NOT NULL,
    total BIGINT NOT NULL,
    done BIGINT NOT NULL,
    failed BIGINT NOT NULL,
    next BIGINT NOT NULL,
    created BIGINT NOT NULL,
    due BIGINT NOT NULL,
    started BIGINT,
    ended BIGINT,
    note TEXT NOT NULL
);

CREATE INDEX batch_open ON batch (state, due) WHERE ended IS NULL;
CREATE INDEX batch_ended ON batch (ended) WHERE ended IS NOT NULL;

-- What became of single devices; of made up names only of those that failed. The input is sealed, because there may be
-- secrets in it, and gone once a registration is done with it.
CREATE TABLE batch_target (
    batch BIGINT NOT NULL REFERENCES batch ON DELETE CASCADE,
    place BIGINT NOT NULL,
    name ${sorted_text} NOT NULL,
    input ${bytes},
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    due BIGINT,
    problem TEXT,
    detail TEXT NOT NULL,
    output ${bytes},
    PRIMARY KEY (batch, place)
);

CREATE INDEX batch_target_state ON batch_target (batch, state, place);
CREATE INDEX batch_target_name ON batch_target (batch, name);
