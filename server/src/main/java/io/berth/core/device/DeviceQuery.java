package io.berth.core.device;

/// Our own language to say in which devices are meant:
///
/// ``` product = a1pk and name like 'th-%' and not (tag.floor in (1, 2) or enabled = false) node_type =
/// gateway and last_seen < 2026-11-01 ```
///
/// | field | compared with | |---|---| | `product`, `name`, `alias` | `=`, `!=`, `in (…)`, `not in (…)`,
/// `like 'begins%'`, `not like` | | `node_id`, `nickname`, `firmware`, `software`, `space` (an id), `tag.KEY`
/// | the same | | `node_type` (`direct`, `gateway`, `sub`) | `=`, `!=`, `in (…)`, `not in (…)` | | `enabled`,
/// `attached` (`true`, `false`) | `=`, `!=` | | `group` (the id of a static group) | `=`, `!=` | | `created`,
/// `activated`, `last_seen` (a date, or a time as in ISO 8601) | `=`, `!=`, `<`, `<=`, `>`, `>=` |
///
/// Conditions are joined by `and` before `or`, turned by `not`, grouped by parentheses. A value is a word or
/// stands in single quotes, where `''` is a quote. `like` takes one `%`, at the end. Whether a device is
/// online cannot be asked for: sessions are no part of the registry, which knows a moment later that one is
/// `attached`.
public final class DeviceQuery implements DeviceLanguage {
    public static final DeviceQuery LANGUAGE = new DeviceQuery();
    public static final int MAX_LENGTH = 2000;

    static final String NAME = "native";

    private DeviceQuery() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public DeviceCondition read(String text) {
        return new DeviceQueryParser(text).query();
    }
}
