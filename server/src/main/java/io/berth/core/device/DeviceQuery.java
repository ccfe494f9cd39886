package io.berth.core.device;

/// A search for devices, written in a small language and parsed once:
///
/// ```
/// product = a1pk and name like 'th-%' and not (tag.floor in (1, 2) or enabled = false)
/// node_type = gateway and last_seen < 2026-11-01
/// ```
///
/// | field | compared with |
/// |---|---|
/// | `product`, `name`, `alias` | `=`, `!=`, `in (…)`, `not in (…)`, `like 'begins%'`, `not like` |
/// | `node_id`, `nickname`, `firmware`, `software`, `space` (an id), `tag.KEY` | the same |
/// | `node_type` (`direct`, `gateway`, `sub`) | `=`, `!=`, `in (…)`, `not in (…)` |
/// | `enabled`, `attached` (`true`, `false`) | `=`, `!=` |
/// | `group` (the id of a static group) | `=`, `!=` |
/// | `created`, `activated`, `last_seen` (a date, or a time as in ISO 8601) | `=`, `!=`, `<`, `<=`, `>`, `>=` |
///
/// Conditions are joined by `and` before `or`, turned by `not`, grouped by parentheses. A value is a word or
/// stands in single quotes, where `''` is a quote. `like` takes one `%`, at the end. Whether a device is online
/// cannot be asked for: sessions are no part of the registry, which knows a moment later that one is `attached`.
public final class DeviceQuery {
    public static final int MAX_LENGTH = 2000;

    /// The name of this language.
    public static final String LANGUAGE = "native";

    private final String text;
    private final DeviceCondition condition;

    private DeviceQuery(String text, DeviceCondition condition) {
        this.text = text;
        this.condition = condition;
    }

    /// INVALID_ARGUMENT says what was expected, and at which character.
    public static DeviceQuery parse(String text) {
        return new DeviceQuery(text, new DeviceQueryParser(text).query());
    }

    /// As it was written.
    public String text() {
        return text;
    }

    public DeviceCondition condition() {
        return condition;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceQuery query && text.equals(query.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
