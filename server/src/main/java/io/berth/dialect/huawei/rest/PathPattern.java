package io.berth.dialect.huawei.rest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A path below the project, as `devices/{device_id}/messages`.
record PathPattern(String text, List<String> segments) {
    static PathPattern of(String text) {
        return new PathPattern(text, List.of(text.split("/")));
    }

    /// What stands for the names in braces, when these segments are of this path.
    Optional<Map<String, String>> match(List<String> given) {
        if (segments.size() != given.size()) {
            return Optional.empty();
        }
        Map<String, String> members = new LinkedHashMap<>(4);
        for (int i = 0; i < given.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{") && !given.get(i).isEmpty()) {
                members.put(segment.substring(1, segment.length() - 1), given.get(i));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(members);
    }

    @Override
    public String toString() {
        return text;
    }
}
