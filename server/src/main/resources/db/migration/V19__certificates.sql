-- Devices that log in by certificates their owners make: `pin` and `spare_pin` are the fingerprints of those that are
-- theirs, in hexadecimal digits; while there is none, the first that is trusted becomes theirs.
ALTER TABLE device ADD COLUMN by_certificate BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN pin TEXT;
ALTER TABLE device ADD COLUMN spare_pin TEXT;

-- The platform's own authority for certificates of devices: one row. The key is sealed.
CREATE TABLE device_authority (
    id BIGINT PRIMARY KEY,
    certificate ${bytes} NOT NULL,
    key ${bytes} NOT NULL,
    created BIGINT NOT NULL
);

-- What it made. The fingerprint is the SHA-256 in hexadecimal digits; keys are sealed, and gone after some time.
CREATE TABLE device_certificate (
    fingerprint ${sorted_text} PRIMARY KEY,
    serial ${sorted_text} NOT NULL,
    product ${sorted_text} NOT NULL,
    device ${sorted_text} NOT NULL,
    pem TEXT NOT NULL,
    key ${bytes},
    issued BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    revoked BIGINT,
    FOREIGN KEY (product, device) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX device_certificate_device ON device_certificate (product, device, issued);
CREATE INDEX device_certificate_expires ON device_certificate (expires);
CREATE INDEX device_certificate_key ON device_certificate (issued) WHERE key IS NOT NULL;

-- How devices that nobody knows are registered from their certificates. The plan is one encoded value.
CREATE TABLE certificate_template (
    id ${sorted_text} PRIMARY KEY,
    name ${sorted_text} NOT NULL UNIQUE,
    description TEXT NOT NULL,
    declared TEXT NOT NULL,
    plan ${bytes} NOT NULL,
    created BIGINT NOT NULL,
    updated BIGINT NOT NULL
);

-- Authorities of owners, and the serial numbers they took back.
CREATE TABLE owner_authority (
    id ${sorted_text} PRIMARY KEY,
    space ${sorted_text} NOT NULL REFERENCES space ON DELETE CASCADE,
    fingerprint ${sorted_text} NOT NULL,
    certificate ${bytes} NOT NULL,
    code TEXT NOT NULL,
    verified BIGINT NOT NULL,
    enrols BIGINT NOT NULL,
    template ${sorted_text} REFERENCES certificate_template,
    list_issued BIGINT,
    list_next BIGINT,
    list_count BIGINT,
    created BIGINT NOT NULL,
    UNIQUE (space, fingerprint)
);

CREATE TABLE revoked_serial (
    authority ${sorted_text} NOT NULL REFERENCES owner_authority ON DELETE CASCADE,
    serial ${sorted_text} NOT NULL,
    PRIMARY KEY (authority, serial)
);

-- Links to the certificates of a batch, by the digest of their secret part.
CREATE TABLE certificate_link (
    digest ${sorted_text} PRIMARY KEY,
    batch BIGINT NOT NULL REFERENCES batch ON DELETE CASCADE,
    expires BIGINT NOT NULL
);

CREATE INDEX certificate_link_batch ON certificate_link (batch, expires);
