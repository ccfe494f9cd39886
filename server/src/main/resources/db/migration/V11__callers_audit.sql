-- Users, keys and tokens have rights: a role, the resource spaces and the areas it holds for (a line each; none: all).
ALTER TABLE user_password RENAME TO platform_user;
ALTER TABLE platform_user ADD COLUMN role TEXT NOT NULL DEFAULT 'ADMINISTRATOR';
ALTER TABLE platform_user ADD COLUMN spaces TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_user ADD COLUMN areas TEXT NOT NULL DEFAULT '';
ALTER TABLE platform_user ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1;
ALTER TABLE platform_user ADD COLUMN created BIGINT NOT NULL DEFAULT 0;

ALTER TABLE access_key ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE access_key ADD COLUMN role TEXT NOT NULL DEFAULT 'ADMINISTRATOR';
ALTER TABLE access_key ADD COLUMN spaces TEXT NOT NULL DEFAULT '';
ALTER TABLE access_key ADD COLUMN areas TEXT NOT NULL DEFAULT '';
ALTER TABLE access_key ADD COLUMN enabled BIGINT NOT NULL DEFAULT 1;

-- The newest use of a key.
ALTER TABLE access_key ADD COLUMN used BIGINT;
ALTER TABLE access_key ADD COLUMN used_from TEXT;
ALTER TABLE access_key ADD COLUMN used_over TEXT;

-- A token without a role has the rights of the user of its name. Before, every name but the administrator's operated.
ALTER TABLE token ADD COLUMN role TEXT;
ALTER TABLE token ADD COLUMN spaces TEXT NOT NULL DEFAULT '';
ALTER TABLE token ADD COLUMN areas TEXT NOT NULL DEFAULT '';
UPDATE token SET role = 'OPERATOR' WHERE name NOT IN (SELECT user_name FROM platform_user);

CREATE INDEX token_name ON token (name);

-- Who changed what. Searched by time, by caller, and by what it was about.
CREATE TABLE audit (
    id ${identity},
    time BIGINT NOT NULL,
    caller TEXT NOT NULL,
    address TEXT NOT NULL,
    api TEXT NOT NULL,
    action TEXT NOT NULL,
    target ${sorted_text} NOT NULL,
    outcome TEXT NOT NULL
);

CREATE INDEX audit_time ON audit (time, id);
CREATE INDEX audit_caller ON audit (caller, time, id);
CREATE INDEX audit_target ON audit (target, time, id);

-- Refused calls of applications are asked for by the key they named.
CREATE INDEX refusal_claimed ON refusal (claimed, id);
