package io.berth.dialect.huawei.rest;

import io.berth.dialect.huawei.PercentText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The query of a URL: values by name, those of one name in the order they came.
record QueryText(SortedMap<String, List<String>> values) {
    static QueryText parse(String raw) {
        SortedMap<String, List<String>> values = new TreeMap<>();
        for (String pair : raw.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                values.computeIfAbsent(decode(name), _ -> new ArrayList<>(1)).add(decode(value));
            }
        }
        return new QueryText(values);
    }

    private static String decode(String raw) {
        return PercentText.decode(raw.replace('+', ' '));
    }

    /// As it is signed: sorted by name, encoded anew.
    String canonical() {
        List<String> pairs = new ArrayList<>();
        values.forEach((name, given) ->
                given.forEach(value -> pairs.add(PercentText.encode(name) + "=" + PercentText.encode(value))));
        return String.join("&", pairs);
    }
}
