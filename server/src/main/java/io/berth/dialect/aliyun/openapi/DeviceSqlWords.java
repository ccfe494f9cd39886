package io.berth.dialect.aliyun.openapi;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.dialect.search.Comparison;
import io.berth.dialect.search.SearchTokens;
import io.berth.dialect.search.SearchWords;
import java.util.List;
import java.util.Set;

/// What devices can be searched by, and what of them can be shown (spec aliyun-openapi 3.2, QueryDeviceBySQL).
/// Of the modules that are upgraded over the air there is one, `default`: the firmware.
record DeviceSqlWords(Times times) implements SearchWords {
    static final String MODULE = "default";

    private static final Bounds BOUNDS = new Bounds(400, 5, 10_000, 50, 20);

    private static final Set<String> SHOWN = Set.of(
            "product_key",
            "iot_id",
            "name",
            "active_time",
            "nickname",
            "gmt_create",
            "status",
            "group.group_id",
            "tag.tag_name",
            "tag.tag_value",
            "ota_module.name",
            "ota_module.version");

    @Override
    public String shown(String field) {
        demandKnown(field);
        return field;
    }

    @Override
    public Order order(String field) {
        return switch (field) {
            case "gmt_create" -> Order.AGE;
            case "active_time" -> Order.ACTIVATION;
            default -> {
                demandKnown(field);
                throw new ProblemException(Problem.INVALID_ARGUMENT, "devices are not ordered by " + field);
            }
        };
    }

    @Override
    public Slice.Order direction() {
        return Slice.Order.OLDEST_FIRST;
    }

    @Override
    public Bounds bounds() {
        return BOUNDS;
    }

    @Override
    public DeviceCondition condition(SearchTokens tokens) {
        String field = tokens.word();
        return switch (field) {
            case "product_key" -> Comparison.text(tokens, TextField.Name.PRODUCT);
            case "iot_id" -> Comparison.text(tokens, TextField.Name.ALIAS);
            case "name" -> Comparison.text(tokens, TextField.Name.NAME);
            case "nickname" -> Comparison.text(tokens, TextField.Name.NICKNAME);
            case "ota_module.version" -> Comparison.text(tokens, TextField.Name.FIRMWARE);
            case "ota_module.name" -> Comparison.chosen(tokens, DeviceSqlWords::module);
            case "status" ->
                Comparison.chosen(tokens, word -> DeviceStatus.of(word).condition());
            case "group.group_id" -> Comparison.chosen(tokens, DeviceCondition.MemberOf::new);
            case "tag.tag_name" -> Comparison.tag(tokens, "tag.tag_value");
            case "gmt_create" -> time(tokens, TimeField.CREATED);
            case "active_time" -> time(tokens, TimeField.ACTIVATED);
            default -> {
                demandKnown(field);
                throw new ProblemException(Problem.INVALID_ARGUMENT, field + " stands behind tag.tag_name and \"and\"");
            }
        };
    }

    private static DeviceCondition module(String name) {
        return name.equals(MODULE)
                ? new DeviceCondition.Not(new DeviceCondition.TextIn(TextField.Name.FIRMWARE, List.of("")))
                : Comparison.NOBODY;
    }

    private DeviceCondition time(SearchTokens tokens, TimeField field) {
        return Comparison.time(tokens, field, times::parse, "\"2026-01-31 08:00:00.000\"");
    }

    private static void demandKnown(String field) {
        if (field.equals("gmt_modified")) {
            throw Refusal.unsupported("when a device was changed last is not kept here");
        }
        require(SHOWN.contains(field), "a device has no field \"" + field + "\"");
    }
}
