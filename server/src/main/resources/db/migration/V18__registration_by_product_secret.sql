-- Whether the product's secret lets in devices nobody registered before they came.
ALTER TABLE product ADD COLUMN without_preregistration BIGINT NOT NULL DEFAULT 0;

-- Physical devices that go by one device's name. `digest` is of the token each was given, `seen` its first login.
CREATE TABLE device_unit (
    product ${sorted_text} NOT NULL,
    name ${sorted_text} NOT NULL,
    id ${sorted_text} NOT NULL,
    digest ${bytes} NOT NULL,
    created BIGINT NOT NULL,
    seen BIGINT,
    PRIMARY KEY (product, name, id),
    FOREIGN KEY (product, name) REFERENCES device ON DELETE CASCADE
);
