-- How many devices a product has: a registration reads and changes it in its own transaction, so that registrations at once
-- cannot pass the quota together, and no registration counts half a million rows.
ALTER TABLE product ADD COLUMN devices BIGINT NOT NULL DEFAULT 0;
UPDATE product SET devices = (SELECT COUNT(*) FROM device WHERE device.product = product.key);
