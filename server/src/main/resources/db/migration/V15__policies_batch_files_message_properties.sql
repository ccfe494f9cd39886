-- How fast messages leave. `scope`: of all, of a kind of destination, of a rule or of an action; `target` is the kind
-- or the rule, `action` the action of it.
CREATE TABLE flow_policy (
    id ${sorted_text} PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    scope TEXT NOT NULL,
    target TEXT NOT NULL,
    action TEXT NOT NULL,
    per_second BIGINT NOT NULL
);

-- How much may wait for any action.
CREATE TABLE backlog_policy (
    id ${sorted_text} PRIMARY KEY,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    max_octets BIGINT NOT NULL,
    max_age BIGINT NOT NULL
);

-- Lists of devices that batches are made of. The content is sealed: there may be secrets in it.
CREATE TABLE batch_file (
    id ${sorted_text} PRIMARY KEY,
    name TEXT NOT NULL,
    owner TEXT NOT NULL,
    uploaded BIGINT NOT NULL,
    content ${bytes} NOT NULL
);

-- What travels beside the bytes of a message where the wire lets it; null for nothing.
ALTER TABLE session_message ADD COLUMN beside ${bytes};
ALTER TABLE outbox_message ADD COLUMN beside ${bytes};
