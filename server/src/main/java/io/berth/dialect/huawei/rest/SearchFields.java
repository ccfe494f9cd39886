package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.thing.Calendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What devices can be searched by, and what of them can be shown (spec huawei-iotda 7.3). Products and
/// gateways are named as the vendor names them: those the caller does not see are those of no device.
record SearchFields(Sight sight) {
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
            "tags");

    private static final Map<String, TextField.Name> TEXTS = Map.of(
            "app_id", TextField.Name.SPACE,
            "device_id", TextField.Name.ALIAS,
            "node_id", TextField.Name.NODE_ID,
            "device_name", TextField.Name.NICKNAME,
            "fw_version", TextField.Name.FIRMWARE,
            "sw_version", TextField.Name.SOFTWARE);

    private static final DeviceCondition NONE = new DeviceCondition.Any(List.of());

    String shown(String field) {
        require(SHOWN.contains(field), "a device has no field \"" + field + "\" to show");
        return field;
    }

    /// The next condition of a search.
    DeviceCondition condition(SearchTokens tokens) {
        String field = tokens.word();
        return switch (field) {
            case "create_time" -> created(tokens);
            case "tag_key" -> tag(tokens);
            case "product_id" -> chosen(tokens, this::product);
            case "gateway_id" -> chosen(tokens, this::gateway);
            case "group_id" -> chosen(tokens, DeviceCondition.MemberOf::new);
            case "node_type" -> chosen(tokens, SearchFields::nodeType);
            case "status" -> chosen(tokens, SearchFields::status);
            default -> text(tokens, named(field));
        };
    }

    private static TextField named(String field) {
        TextField text = TEXTS.get(field);
        if (text == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "devices cannot be searched by \"" + field + "\"");
        }
        return text;
    }

    private static DeviceCondition text(SearchTokens tokens, TextField field) {
        if (tokens.takes("like")) {
            String pattern = tokens.value();
            require(
                    pattern.length() > 1 && pattern.indexOf('%') == pattern.length() - 1,
                    "like wants the beginning of a text and % behind it, not \"" + pattern + "\"");
            return new DeviceCondition.TextBegins(field, pattern.substring(0, pattern.length() - 1));
        }
        Choice choice = choice(tokens);
        return choice.turned(new DeviceCondition.TextIn(field, choice.values()));
    }

    @FunctionalInterface
    private interface One {
        DeviceCondition of(String value);
    }

    private static DeviceCondition chosen(SearchTokens tokens, One one) {
        Choice choice = choice(tokens);
        return choice.turned(
                new DeviceCondition.Any(choice.values().stream().map(one::of).toList()));
    }

    private DeviceCondition product(String productId) {
        try {
            return DeviceCondition.ofProduct(sight.product(productId).key());
        } catch (ProblemException _) {
            return NONE;
        }
    }

    /// A device with a connection of its own is its own gateway.
    private DeviceCondition gateway(String deviceId) {
        try {
            return new DeviceCondition.Any(List.of(
                    new DeviceCondition.Behind(sight.device(deviceId).id()),
                    new DeviceCondition.TextIn(TextField.Name.ALIAS, List.of(deviceId))));
        } catch (ProblemException _) {
            return NONE;
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
            case "ABNORMAL" -> NONE;
            default ->
                throw new ProblemException(
                        Problem.INVALID_ARGUMENT, "a status is ONLINE, OFFLINE, INACTIVE, ABNORMAL or FROZEN");
        };
    }

    /// `tag_key = 'floor'`, or with `and tag_value = '3'` behind it: one tag has both.
    private static DeviceCondition tag(SearchTokens tokens) {
        tokens.demand("=");
        TextField field = new TextField.Tag(tokens.value());
        if (!tokens.followedBy("and", "tag_value")) {
            return new DeviceCondition.TextBegins(field, "");
        }
        tokens.demand("and");
        tokens.demand("tag_value");
        return text(tokens, field);
    }

    private static DeviceCondition created(SearchTokens tokens) {
        String sign = tokens.word();
        Instant time;
        try {
            time = Calendar.parse(tokens.value());
        } catch (DateTimeException e) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "create_time is compared with 20260102T030405Z", e);
        }
        DeviceCondition.TimeIs at = new DeviceCondition.TimeIs(TimeField.CREATED, relation(sign), time);
        return sign.equals("!=") ? new DeviceCondition.Not(at) : at;
    }

    private static Relation relation(String sign) {
        return switch (sign) {
            case "<" -> Relation.BEFORE;
            case "<=" -> Relation.NOT_AFTER;
            case "=", "!=" -> Relation.AT;
            case ">=" -> Relation.NOT_BEFORE;
            case ">" -> Relation.AFTER;
            default ->
                throw new ProblemException(Problem.INVALID_ARGUMENT, "create_time is not compared by \"" + sign + "\"");
        };
    }

    private record Choice(boolean unequal, List<String> values) {
        DeviceCondition turned(DeviceCondition condition) {
            return unequal ? new DeviceCondition.Not(condition) : condition;
        }
    }

    private static Choice choice(SearchTokens tokens) {
        if (tokens.takes("=")) {
            return new Choice(false, List.of(tokens.value()));
        }
        if (tokens.takes("!=") || tokens.takes("<>")) {
            return new Choice(true, List.of(tokens.value()));
        }
        boolean unequal = tokens.takes("not");
        tokens.demand("in");
        tokens.demand("(");
        List<String> values = new ArrayList<>();
        do {
            values.add(tokens.value());
        } while (tokens.takes(","));
        tokens.demand(")");
        return new Choice(unequal, values);
    }
}
