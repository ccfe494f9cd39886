-- What arrives on the source goes to the other topic as well; `number` says in which order routes were made.
CREATE TABLE topic_route (
    source_product ${sorted_text} NOT NULL,
    source_device ${sorted_text} NOT NULL,
    source_topic TEXT NOT NULL,
    product ${sorted_text} NOT NULL,
    device ${sorted_text} NOT NULL,
    topic TEXT NOT NULL,
    number BIGINT NOT NULL UNIQUE,
    PRIMARY KEY (source_product, source_device, source_topic, product, device, topic),
    FOREIGN KEY (source_product, source_device) REFERENCES device ON DELETE CASCADE,
    FOREIGN KEY (product, device) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX topic_route_destination ON topic_route (product, device);

-- Which values a product's devices report count as repetitions and are left out.
CREATE TABLE repeat_rule (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    same_time BIGINT NOT NULL,
    same_value BIGINT NOT NULL
);
