-- The language a dynamic group's query is written in: until now there was one.
ALTER TABLE device_group ADD COLUMN language TEXT;

UPDATE device_group SET language = 'native' WHERE query IS NOT NULL;

-- When its name, description or query was given to it.
ALTER TABLE device_group ADD COLUMN changed BIGINT NOT NULL DEFAULT 0;

UPDATE device_group SET changed = created;

CREATE TABLE device_group_tag (
    group_id ${sorted_text} NOT NULL REFERENCES device_group ON DELETE CASCADE,
    key ${sorted_text} NOT NULL,
    value ${sorted_text} NOT NULL,
    PRIMARY KEY (group_id, key)
);

CREATE INDEX device_group_tag_value ON device_group_tag (key, value);
