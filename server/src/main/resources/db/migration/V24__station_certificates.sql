-- A station may prove itself by a certificate, which it has in place of a secret; `fingerprint` is its SHA-256 in
-- hexadecimal digits. The table is made anew because SQLite cannot let a column be empty afterwards.
CREATE TABLE line_station_anew (
    name ${sorted_text} PRIMARY KEY,
    proof TEXT NOT NULL,
    secret ${bytes},
    certificate ${bytes},
    fingerprint ${sorted_text} UNIQUE,
    networks TEXT NOT NULL,
    products TEXT NOT NULL,
    created BIGINT NOT NULL
);

INSERT INTO line_station_anew (name, proof, secret, networks, products, created)
SELECT name, proof, secret, networks, products, created FROM line_station;

DROP TABLE line_station;

ALTER TABLE line_station_anew RENAME TO line_station;
