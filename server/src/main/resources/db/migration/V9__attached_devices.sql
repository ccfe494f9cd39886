-- Whether the device was attached when it was last seen: what a crash leaves at 1 went offline with it.
ALTER TABLE device ADD COLUMN attached BIGINT NOT NULL DEFAULT 0;

CREATE INDEX device_attached ON device (product, name) WHERE attached = 1;
