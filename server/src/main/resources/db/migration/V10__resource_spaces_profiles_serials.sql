-- Products belong to resource spaces; there is one that takes those of which nobody says where they belong. A serial
-- has 24 hex digits and grows with time, so that what is newest can be listed first: what is there already gets the
-- place it has by age.
CREATE TABLE space (
    id ${sorted_text} PRIMARY KEY,
    name ${sorted_text} NOT NULL UNIQUE,
    created BIGINT NOT NULL,
    is_default BIGINT NOT NULL
);

INSERT INTO space (id, name, created, is_default)
VALUES ('00000000000000000000000000000000', 'DefaultApp_berth', ${now}, 1);

ALTER TABLE product ADD COLUMN space ${sorted_text} REFERENCES space;
ALTER TABLE product ADD COLUMN serial ${sorted_text};
ALTER TABLE product ADD COLUMN released BIGINT NOT NULL DEFAULT 0;
ALTER TABLE product ADD COLUMN modelled BIGINT NOT NULL DEFAULT 1;
ALTER TABLE product ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN kind TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN protocol TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN network TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN manufacturer TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN industry TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN category TEXT NOT NULL DEFAULT '';

UPDATE product SET space = '00000000000000000000000000000000';
UPDATE product SET serial = aged.serial
FROM (SELECT key, substr('000000000000000000000000' || CAST(place AS TEXT), length(CAST(place AS TEXT)) + 1) AS serial
      FROM (SELECT key, ROW_NUMBER() OVER (ORDER BY created, key) AS place FROM product) AS placed) AS aged
WHERE product.key = aged.key;

CREATE UNIQUE INDEX product_serial ON product (serial);
CREATE INDEX product_space ON product (space);

CREATE TABLE product_tag (
    product ${sorted_text} NOT NULL REFERENCES product ON DELETE CASCADE,
    key ${sorted_text} NOT NULL,
    value ${sorted_text} NOT NULL,
    PRIMARY KEY (product, key)
);

CREATE INDEX product_tag_value ON product_tag (key, value);

-- Topic classes are changed and deleted by a number of their own.
ALTER TABLE product_topic ADD COLUMN id BIGINT NOT NULL DEFAULT 0;
ALTER TABLE product_topic ADD COLUMN description TEXT NOT NULL DEFAULT '';

UPDATE product_topic SET id = placed.place
FROM (SELECT product, position, ROW_NUMBER() OVER (ORDER BY product, position) AS place FROM product_topic) AS placed
WHERE product_topic.product = placed.product AND product_topic.position = placed.position;

CREATE UNIQUE INDEX product_topic_id ON product_topic (id);

-- `activate_by`: when a device that never logged in is deleted, null for never.
ALTER TABLE device ADD COLUMN serial ${sorted_text};
ALTER TABLE device ADD COLUMN spare_secret ${bytes};
ALTER TABLE device ADD COLUMN nickname ${sorted_text} NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN extension TEXT NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN secure_only BIGINT NOT NULL DEFAULT 0;
ALTER TABLE device ADD COLUMN activate_by BIGINT;
ALTER TABLE device ADD COLUMN firmware ${sorted_text} NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN software ${sorted_text} NOT NULL DEFAULT '';
ALTER TABLE device ADD COLUMN sdk TEXT NOT NULL DEFAULT '';

UPDATE device SET serial = aged.serial
FROM (SELECT product, name, substr('000000000000000000000000' || CAST(place AS TEXT), length(CAST(place AS TEXT)) + 1) AS serial
      FROM (SELECT product, name, ROW_NUMBER() OVER (ORDER BY created, product, name) AS place FROM device) AS placed)
      AS aged
WHERE device.product = aged.product AND device.name = aged.name;

CREATE INDEX device_serial ON device (serial, product);
CREATE UNIQUE INDEX device_product_serial ON device (product, serial);
CREATE INDEX device_activate_by ON device (activate_by) WHERE activate_by IS NOT NULL AND activated IS NULL;

ALTER TABLE device_group ADD COLUMN serial ${sorted_text};

UPDATE device_group SET serial = aged.serial
FROM (SELECT id, substr('000000000000000000000000' || CAST(place AS TEXT), length(CAST(place AS TEXT)) + 1) AS serial
      FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY created, id) AS place FROM device_group) AS placed) AS aged
WHERE device_group.id = aged.id;

CREATE UNIQUE INDEX device_group_serial ON device_group (serial);
