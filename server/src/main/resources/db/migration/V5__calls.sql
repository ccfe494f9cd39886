-- What applications asked of devices. The id grows with time; `answer` is null while the device said nothing.
CREATE TABLE device_call (
    product ${sorted_text} NOT NULL,
    device ${sorted_text} NOT NULL,
    id ${sorted_text} NOT NULL,
    kind TEXT NOT NULL,
    target TEXT NOT NULL,
    input ${bytes} NOT NULL,
    sync BIGINT NOT NULL,
    timeout BIGINT NOT NULL,
    keep_for BIGINT NOT NULL,
    state TEXT NOT NULL,
    request_id TEXT NOT NULL,
    created BIGINT NOT NULL,
    sent BIGINT,
    acknowledged BIGINT,
    ended BIGINT,
    expires BIGINT NOT NULL,
    answer ${bytes},
    misfit TEXT NOT NULL,
    problem TEXT,
    detail TEXT NOT NULL,
    PRIMARY KEY (product, device, id),
    FOREIGN KEY (product, device) REFERENCES device ON DELETE CASCADE
);

-- Open calls are few, whatever is kept.
CREATE INDEX device_call_open ON device_call (expires) WHERE ended IS NULL;
CREATE INDEX device_call_request ON device_call (request_id) WHERE ended IS NULL;
CREATE INDEX device_call_queued ON device_call (product, device, id) WHERE state = 'QUEUED';
CREATE INDEX device_call_ended ON device_call (ended);
