package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Slice;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.thing.Calendar;
import io.berth.dialect.search.Comparison;
import io.berth.dialect.search.SearchTokens;
import io.berth.dialect.search.SearchWords;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What devices can be searched by, and what of them can be shown (spec huawei-iotda 7.3). Products and
/// gateways are named as the vendor names them: those the caller does not see are those of no device.
record SearchFields(Sight sight) implements SearchWords {
    private static final Set<String> SHOWN = Set.of(
            "app_id",
            "app_name",
            "device_id",
            "node_id",
            "gateway_id",
            "device_name",
            "node_type",
            "description",
            "fw_version",
            "sw_version",
            "device_sdk_version",
            "product_id",
            "product_name",
            "status",
            "groups",
            "tags",
            "marker");

    private static final Map<String, TextField.Name> TEXTS = Map.of(
            "app_id", TextField.Name.SPACE,
            "device_id", TextField.Name.ALIAS,
            "node_id", TextField.Name.NODE_ID,
            "device_name", TextField.Name.NICKNAME,
            "fw_version", TextField.Name.FIRMWARE,
            "sw_version", TextField.Name.SOFTWARE);

    private static final Bounds BOUNDS = new Bounds(400, 5, 500, 50, 10);

    @Override
    public String shown(String field) {
        require(SHOWN.contains(field), "a device has no field \"" + field + "\" to show");
        return field;
    }

    @Override
    public Order order(String field) {
        require(field.equals("marker"), "devices are ordered by marker, not by \"" + field + "\"");
        return Order.AGE;
    }

    @Override
    public Slice.Order direction() {
        return Slice.Order.NEWEST_FIRST;
    }

    @Override
    public Bounds bounds() {
        return BOUNDS;
    }

    @Override
    public DeviceCondition condition(SearchTokens tokens) {
        String field = tokens.word();
        return switch (field) {
            case "create_time" -> Comparison.time(tokens, TimeField.CREATED, Calendar::parse, "20260102T030405Z");
            case "tag_key" -> Comparison.tag(tokens, "tag_value");
            case "marker" -> Comparison.place(tokens, SearchFields::marker);
            case "product_id" -> Comparison.chosen(tokens, this::product);
            case "gateway_id" -> Comparison.chosen(tokens, this::gateway);
            case "group_id" -> Comparison.chosen(tokens, DeviceCondition.MemberOf::new);
            case "node_type" -> Comparison.chosen(tokens, SearchFields::nodeType);
            case "status" -> Comparison.chosen(tokens, SearchFields::status);
            default -> Comparison.text(tokens, named(field));
        };
    }

    private static String marker(String text) {
        require(Paging.MARKER.matcher(text).matches(), "a \"marker\" has 24 hexadecimal digits");
        return text.toLowerCase(Locale.ROOT);
    }

    private static TextField named(String field) {
        TextField text = TEXTS.get(field);
        if (text == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "devices cannot be searched by \"" + field + "\"");
        }
        return text;
    }

    private DeviceCondition product(String productId) {
        try {
            return DeviceCondition.ofProduct(sight.product(productId).key());
        } catch (ProblemException _) {
            return Comparison.NOBODY;
        }
    }

    /// A device with a connection of its own is its own gateway.
    private DeviceCondition gateway(String deviceId) {
        try {
            return new DeviceCondition.Any(List.of(
                    new DeviceCondition.Behind(sight.device(deviceId).id()),
                    new DeviceCondition.TextIn(TextField.Name.ALIAS, List.of(deviceId))));
        } catch (ProblemException _) {
            return Comparison.NOBODY;
        }
    }

    /// A device with a connection of its own counts as a gateway.
    private static DeviceCondition nodeType(String type) {
        return switch (type) {
            case "ENDPOINT" -> new DeviceCondition.Child();
            case "GATEWAY" -> new DeviceCondition.Not(new DeviceCondition.Child());
            default -> throw new ProblemException(Problem.INVALID_ARGUMENT, "a \"node_type\" is GATEWAY or ENDPOINT");
        };
    }

    private static DeviceCondition status(String status) {
        DeviceCondition away = new DeviceCondition.Not(new DeviceCondition.Attached());
        DeviceCondition enabled = new DeviceCondition.Enabled();
        return switch (status) {
            case "ONLINE" -> new DeviceCondition.All(List.of(enabled, new DeviceCondition.Attached()));
            case "OFFLINE" -> new DeviceCondition.All(List.of(enabled, away, DeviceCondition.activated()));
            case "INACTIVE" ->
                new DeviceCondition.All(List.of(enabled, away, new DeviceCondition.Not(DeviceCondition.activated())));
            case "FROZEN" -> new DeviceCondition.Not(enabled);
            case "ABNORMAL" -> Comparison.NOBODY;
            default ->
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "a status is ONLINE, OFFLINE, INACTIVE, ABNORMAL or FROZEN");
        };
    }
}
