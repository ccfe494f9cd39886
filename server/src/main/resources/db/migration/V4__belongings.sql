-- What belongs to products and devices beside their identity. Rows go with what they belong to.

CREATE TABLE thing_model_draft (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    model ${bytes} NOT NULL
);

-- `digest` is of `model`: who read the model once needs not read it again.
CREATE TABLE thing_model (
    product ${sorted_text} NOT NULL REFERENCES product ON DELETE CASCADE,
    number BIGINT NOT NULL,
    published BIGINT NOT NULL,
    digest TEXT NOT NULL,
    model ${bytes} NOT NULL,
    PRIMARY KEY (product, number)
);

CREATE TABLE product_script (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    source TEXT NOT NULL,
    changed BIGINT NOT NULL
);

CREATE TABLE remote_config (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE,
    id TEXT NOT NULL UNIQUE,
    content ${bytes} NOT NULL,
    sha256 TEXT NOT NULL,
    created BIGINT NOT NULL
);

-- The products whose devices may have a configuration.
CREATE TABLE remote_config_enabled (
    product ${sorted_text} PRIMARY KEY REFERENCES product ON DELETE CASCADE
);

CREATE TABLE device_shadow (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    version BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    document ${bytes} NOT NULL,
    PRIMARY KEY (product, name),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

CREATE TABLE device_tag (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    key ${sorted_text} NOT NULL,
    value ${sorted_text} NOT NULL,
    PRIMARY KEY (product, name, key),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX device_tag_key ON device_tag (key);

-- `line` counts the lines of the device.
CREATE TABLE device_log (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    line BIGINT NOT NULL,
    created BIGINT NOT NULL,
    level TEXT NOT NULL,
    module TEXT NOT NULL,
    code TEXT NOT NULL,
    trace TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (product, name, line),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

-- The devices asked to send their log.
CREATE TABLE device_log_wanted (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    PRIMARY KEY (product, name),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

-- Which gateway a device stands behind.
CREATE TABLE topology (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    gateway_product ${sorted_text} NOT NULL,
    gateway_name ${sorted_text} NOT NULL,
    PRIMARY KEY (product, name),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE,
    FOREIGN KEY (gateway_product, gateway_name) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX topology_gateway ON topology (gateway_product, gateway_name, product, name);

-- How often the children of a gateway changed, and what the newest change of each was.
CREATE TABLE topology_version (
    gateway_product ${sorted_text} NOT NULL,
    gateway_name ${sorted_text} NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (gateway_product, gateway_name),
    FOREIGN KEY (gateway_product, gateway_name) REFERENCES device ON DELETE CASCADE
);

-- The child may be deleted since: no reference.
CREATE TABLE topology_change (
    gateway_product ${sorted_text} NOT NULL,
    gateway_name ${sorted_text} NOT NULL,
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    added BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (gateway_product, gateway_name, product, name),
    FOREIGN KEY (gateway_product, gateway_name) REFERENCES topology_version ON DELETE CASCADE
);

CREATE INDEX topology_change_version ON topology_change (gateway_product, gateway_name, version);

-- `query` is null in a group whose members are put into it by hand.
CREATE TABLE device_group (
    id ${sorted_text} PRIMARY KEY,
    name ${sorted_text} NOT NULL UNIQUE,
    description TEXT NOT NULL,
    parent ${sorted_text} REFERENCES device_group,
    query TEXT,
    created BIGINT NOT NULL
);

CREATE INDEX device_group_parent ON device_group (parent);

CREATE TABLE device_group_member (
    group_id ${sorted_text} NOT NULL REFERENCES device_group,
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    PRIMARY KEY (group_id, product, name),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);

CREATE INDEX device_group_member_device ON device_group_member (product, name);
