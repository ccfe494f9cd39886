-- The newest message ever sent to the device; null while it is attached, and after a crash at that time.
ALTER TABLE device_session ADD COLUMN last_sent BIGINT;
