package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The forms in which many values of one device come in one message (spec aliyun-device 5.3).
final class ReportForms {
    private ReportForms() {}

    /// `{"properties":{"Temp":[{…},{…}]},"events":{"alarm":[{…}]}}`
    static void batch(Value given, AlinkReport report) {
        if (!(given instanceof Value.Fields batch)) {
            report.refuse(AlinkCode.PARAMETER_ERROR);
            return;
        }
        eachMember(batch.get("properties"), report, (key, values) -> {
            if (values instanceof Value.Items(List<Value> items)) {
                report.properties(key, items);
            } else {
                report.refuse(AlinkCode.PARAMETER_ERROR);
            }
        });
        eachMember(batch.get("events"), report, (key, values) -> {
            if (values instanceof Value.Items(List<Value> items)) {
                items.forEach(one -> report.event(key, one));
            } else {
                report.refuse(AlinkCode.PARAMETER_ERROR);
            }
        });
    }

    /// `{"properties":{"Temp":{…}},"events":{"alarm":{…}}}` of a pack, or with a list of such objects for each
    /// as in a history.
    static void part(Value.Fields part, AlinkReport report) {
        Map<String, List<Value>> values = new LinkedHashMap<>();
        eachMember(
                part.get("properties"),
                report,
                (key, value) ->
                        values.computeIfAbsent(key, _ -> new ArrayList<>(1)).add(value));
        values.forEach(report::properties);
        eachMember(part.get("events"), report, report::event);
    }

    private static void eachMember(Value section, AlinkReport report, BiConsumer<String, Value> member) {
        switch (section) {
            case Value.Fields(var fields) -> fields.forEach(member);
            case Value.Items(List<Value> items)
            when items.stream().allMatch(Value.Fields.class::isInstance) ->
                items.forEach(one -> eachMember(one, report, member));
            case Value.Nothing _ -> {}
            default -> report.refuse(AlinkCode.PARAMETER_ERROR);
        }
    }
}
