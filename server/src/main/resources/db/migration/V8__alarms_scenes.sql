-- What an operator should look at.
CREATE TABLE alarm (
    source ${sorted_text} PRIMARY KEY,
    product ${sorted_text},
    device ${sorted_text},
    severity TEXT NOT NULL,
    text TEXT NOT NULL,
    raised BIGINT NOT NULL,
    last_raised BIGINT NOT NULL,
    times BIGINT NOT NULL,
    acknowledged TEXT,
    cleared BIGINT
);

-- What became of alarms. The number grows, so that the oldest are known.
CREATE TABLE alarm_step (
    number ${identity},
    source ${sorted_text} NOT NULL,
    time BIGINT NOT NULL,
    change TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    severity TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX alarm_step_newest ON alarm_step (source, number);

-- Device linkage. The plan is one encoded value.
CREATE TABLE scene (
    name ${sorted_text} PRIMARY KEY,
    description TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    plan ${bytes} NOT NULL,
    changed BIGINT NOT NULL
);

-- Since when a trigger of a scene holds at a device, and whether the scene fired for it.
CREATE TABLE scene_standing (
    scene ${sorted_text} NOT NULL REFERENCES scene (name) ON DELETE CASCADE,
    place BIGINT NOT NULL,
    product ${sorted_text} NOT NULL,
    device ${sorted_text} NOT NULL,
    since BIGINT NOT NULL,
    fired BIGINT NOT NULL,
    PRIMARY KEY (scene, place, product, device)
);
