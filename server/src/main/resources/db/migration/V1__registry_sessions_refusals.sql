-- One script for SQLite and PostgreSQL. Placeholders: bytes (a binary string), sorted_text (text in code point order),
-- identity (a number that grows by itself). Times are milliseconds since 1970, flags are 0 and 1.

CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE product (
    key ${sorted_text} PRIMARY KEY,
    alias TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    secret ${bytes} NOT NULL,
    auth TEXT NOT NULL,
    node_type TEXT NOT NULL,
    format TEXT NOT NULL,
    dynamic_registration BIGINT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE product_topic (
    product ${sorted_text} NOT NULL REFERENCES product ON DELETE CASCADE,
    position BIGINT NOT NULL,
    path TEXT NOT NULL,
    access TEXT NOT NULL,
    PRIMARY KEY (product, position)
);

CREATE TABLE device (
    product ${sorted_text} NOT NULL REFERENCES product,
    name ${sorted_text} NOT NULL,
    alias ${sorted_text} NOT NULL UNIQUE,
    node_id TEXT NOT NULL,
    secret ${bytes} NOT NULL,
    enabled BIGINT NOT NULL,
    created BIGINT NOT NULL,
    activated BIGINT,
    last_seen BIGINT,
    address TEXT,
    PRIMARY KEY (product, name)
);

-- What outlives a connection. `last_message` is the id given last, `messages` how many are kept.
CREATE TABLE device_session (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    expires BIGINT NOT NULL,
    last_message BIGINT NOT NULL,
    messages BIGINT NOT NULL,
    PRIMARY KEY (product, name),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX device_session_expires ON device_session (expires);

CREATE TABLE session_subscription (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    filter TEXT NOT NULL,
    qos TEXT NOT NULL,
    PRIMARY KEY (product, name, filter),
    FOREIGN KEY (product, name) REFERENCES device_session ON DELETE CASCADE
);

CREATE TABLE session_message (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    id BIGINT NOT NULL,
    created BIGINT NOT NULL,
    topic TEXT NOT NULL,
    payload ${bytes} NOT NULL,
    PRIMARY KEY (product, name, id),
    FOREIGN KEY (product, name) REFERENCES device_session ON DELETE CASCADE
);

CREATE INDEX session_message_created ON session_message (created);

CREATE TABLE refusal (
    id ${identity},
    created BIGINT NOT NULL,
    dialect TEXT NOT NULL,
    product TEXT,
    device TEXT,
    claimed TEXT NOT NULL,
    fault TEXT NOT NULL,
    cause TEXT NOT NULL,
    fix TEXT NOT NULL,
    fields TEXT NOT NULL,
    algorithm TEXT,
    content TEXT,
    expected_prefix TEXT,
    given_prefix TEXT,
    skew BIGINT,
    listener TEXT NOT NULL,
    address TEXT NOT NULL,
    transport TEXT NOT NULL,
    tls TEXT
);

CREATE INDEX refusal_device ON refusal (product, device, id);

CREATE TABLE access_key (
    id ${sorted_text} PRIMARY KEY,
    secret ${bytes} NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE user_password (
    user_name TEXT PRIMARY KEY,
    hash TEXT NOT NULL
);

CREATE TABLE token (
    digest TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    expires BIGINT NOT NULL
);
