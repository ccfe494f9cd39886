-- Who may ask for identities while devices are made. Networks and products are a line each; no product: all.
CREATE TABLE line_station (
    name ${sorted_text} PRIMARY KEY,
    proof TEXT NOT NULL,
    secret ${bytes} NOT NULL,
    networks TEXT NOT NULL,
    products TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- `taken`: places of the quota that are gone.
CREATE TABLE line_batch (
    name ${sorted_text} PRIMARY KEY,
    product ${sorted_text} NOT NULL,
    quota BIGINT NOT NULL,
    taken BIGINT NOT NULL,
    hand_out TEXT NOT NULL,
    created BIGINT NOT NULL,
    closed BIGINT
);

-- Hardware ids and what became of them. The device has the id for its name and keeps the secret.
CREATE TABLE line_unit (
    id ${sorted_text} PRIMARY KEY,
    batch ${sorted_text} NOT NULL REFERENCES line_batch,
    listed BIGINT NOT NULL,
    reserved BIGINT NOT NULL DEFAULT 0,
    blocked BIGINT NOT NULL DEFAULT 0,
    registered BIGINT,
    issues BIGINT NOT NULL DEFAULT 0,
    issued BIGINT,
    issued_station TEXT,
    issued_address TEXT,
    burned BIGINT,
    burned_station TEXT,
    burned_address TEXT
);

CREATE INDEX line_unit_batch ON line_unit (batch, id);
