-- Messages to devices that applications can ask after. `turn` counts those of one device.
CREATE TABLE outbox_message (
    product ${sorted_text} NOT NULL,
    device ${sorted_text} NOT NULL,
    id ${sorted_text} NOT NULL,
    words ${bytes} NOT NULL,
    topic TEXT NOT NULL,
    qos BIGINT NOT NULL,
    payload ${bytes} NOT NULL,
    state TEXT NOT NULL,
    problem TEXT,
    detail TEXT NOT NULL,
    created BIGINT NOT NULL,
    ended BIGINT,
    expires BIGINT NOT NULL,
    turn BIGINT NOT NULL,
    PRIMARY KEY (product, device, id),
    FOREIGN KEY (product, device) REFERENCES device ON DELETE CASCADE
);

-- Open messages are few, whatever is kept.
CREATE INDEX outbox_message_turn ON outbox_message (product, device, turn);
CREATE INDEX outbox_message_open ON outbox_message (expires) WHERE ended IS NULL;

-- What people say a rule is for, and the resource space whose products it is about; empty for all.
ALTER TABLE rule ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE rule ADD COLUMN space TEXT NOT NULL DEFAULT '';
