package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.device.DeviceQueryTokens.Kind;
import io.berth.core.device.DeviceQueryTokens.Token;
import io.berth.core.product.Product.NodeType;
import io.berth.core.thing.Calendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads the language of [DeviceQuery] by recursive descent: `any` of `all` of `part`.
final class DeviceQueryParser {
    private static final int MAX_NESTING = 20;
    private static final String TAG = "tag.";

    private final DeviceQueryTokens tokens;
    private int nesting;

    DeviceQueryParser(String text) {
        require(
                text.length() <= DeviceQuery.MAX_LENGTH,
                "a query has at most " + DeviceQuery.MAX_LENGTH + " characters, not " + text.length());
        tokens = new DeviceQueryTokens(text);
    }

    DeviceCondition query() {
        DeviceCondition whole = any();
        Token rest = tokens.peek();
        if (rest.kind() != Kind.END) {
            throw rest.unexpected("\"and\", \"or\" or the end");
        }
        return whole;
    }

    private DeviceCondition any() {
        List<DeviceCondition> parts = new ArrayList<>();
        do {
            parts.add(all());
        } while (tokens.takeKeyword("or"));
        return parts.size() == 1 ? parts.getFirst() : new DeviceCondition.Any(parts);
    }

    private DeviceCondition all() {
        List<DeviceCondition> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (tokens.takeKeyword("and"));
        return parts.size() == 1 ? parts.getFirst() : new DeviceCondition.All(parts);
    }

    private DeviceCondition part() {
        Token first = tokens.peek();
        if (++nesting > MAX_NESTING) {
            throw first.wrong("conditions are nested more than " + MAX_NESTING + " deep");
        }
        DeviceCondition part;
        if (tokens.takeKeyword("not")) {
            part = new DeviceCondition.Not(part());
        } else if (tokens.takeSign("(")) {
            part = any();
            tokens.demandSign(")");
        } else {
            part = comparison();
        }
        nesting--;
        return part;
    }

    private DeviceCondition comparison() {
        Token field = tokens.take();
        if (field.kind() != Kind.WORD || !field.isValue()) {
            throw field.unexpected("a field");
        }
        return switch (field.text()) {
            case "product" -> text(TextField.Name.PRODUCT);
            case "name" -> text(TextField.Name.NAME);
            case "alias" -> text(TextField.Name.ALIAS);
            case "node_id" -> text(TextField.Name.NODE_ID);
            case "nickname" -> text(TextField.Name.NICKNAME);
            case "firmware" -> text(TextField.Name.FIRMWARE);
            case "software" -> text(TextField.Name.SOFTWARE);
            case "space" -> text(TextField.Name.SPACE);
            case "group" -> group();
            case "node_type" -> nodeType();
            case "enabled" -> flag(new DeviceCondition.Enabled());
            case "attached" -> flag(new DeviceCondition.Attached());
            case "created" -> time(TimeField.CREATED);
            case "activated" -> time(TimeField.ACTIVATED);
            case "last_seen" -> time(TimeField.LAST_SEEN);
            case "online", "status" ->
                throw field.wrong("whether a device is online cannot be asked for; attached and last_seen can");
            default -> text(tag(field));
        };
    }

    private static TextField tag(Token field) {
        String word = field.text();
        if (word.startsWith(TAG) && Tags.isKey(word.substring(TAG.length()))) {
            return new TextField.Tag(word.substring(TAG.length()));
        }
        throw field.wrong("there is no field \"" + word
                + "\", but product, name, alias, node_id, nickname, firmware, software, space, group, node_type, enabled,"
                + " attached, created, activated, last_seen and tag.KEY");
    }

    private DeviceCondition text(TextField field) {
        boolean not = tokens.takeKeyword("not");
        if (tokens.takeKeyword("like")) {
            return turned(not, new DeviceCondition.TextBegins(field, prefix(value())));
        }
        return oneOf(not, "=, !=, in or like", Token::text, values -> new DeviceCondition.TextIn(field, values));
    }

    private DeviceCondition nodeType() {
        boolean not = tokens.takeKeyword("not");
        return oneOf(not, "=, != or in", DeviceQueryParser::nodeType, DeviceCondition.NodeTypeIn::new);
    }

    private DeviceCondition group() {
        boolean unequal = equality("= or !=");
        return turned(unequal, new DeviceCondition.MemberOf(value().text()));
    }

    private DeviceCondition flag(DeviceCondition holds) {
        boolean unequal = equality("= or !=");
        Token value = value();
        return switch (value.text()) {
            case "true" -> turned(unequal, holds);
            case "false" -> turned(!unequal, holds);
            default -> throw value.unexpected("true or false");
        };
    }

    private DeviceCondition time(TimeField field) {
        Token operator = tokens.take();
        Relation relation = switch (operator.kind() == Kind.SIGN ? operator.text() : "") {
            case "<" -> Relation.BEFORE;
            case "<=" -> Relation.NOT_AFTER;
            case "=", "!=" -> Relation.AT;
            case ">=" -> Relation.NOT_BEFORE;
            case ">" -> Relation.AFTER;
            default -> throw operator.unexpected("=, !=, <, <=, > or >=");
        };
        return turned(operator.isSign("!="), new DeviceCondition.TimeIs(field, relation, instant(value())));
    }

    /// `= a`, `!= a`, `in (a, b)`, or `not in (a, b)` whose `not` is taken already.
    private <T> DeviceCondition oneOf(
            boolean not, String operators, Function<Token, T> reader, Function<List<T>, DeviceCondition> condition) {
        if (tokens.takeKeyword("in")) {
            return turned(not, condition.apply(list(reader)));
        }
        if (not) {
            throw tokens.peek().unexpected("in or like");
        }
        boolean unequal = equality(operators);
        return turned(unequal, condition.apply(List.of(reader.apply(value()))));
    }

    /// Whether the operator is `!=`, not `=`.
    private boolean equality(String expected) {
        Token operator = tokens.take();
        if (!operator.isSign("=") && !operator.isSign("!=")) {
            throw operator.unexpected(expected);
        }
        return operator.isSign("!=");
    }

    private <T> List<T> list(Function<Token, T> reader) {
        tokens.demandSign("(");
        List<T> values = new ArrayList<>();
        do {
            values.add(reader.apply(value()));
        } while (tokens.takeSign(","));
        tokens.demandSign(")");
        return values;
    }

    private Token value() {
        Token value = tokens.take();
        if (!value.isValue()) {
            throw value.unexpected("a value");
        }
        return value;
    }

    private static String prefix(Token pattern) {
        String text = pattern.text();
        if (text.indexOf('%') != text.length() - 1) {
            throw pattern.wrong("a pattern has one %, at its end");
        }
        return text.substring(0, text.length() - 1);
    }

    private static NodeType nodeType(Token value) {
        return switch (value.text()) {
            case "direct" -> NodeType.DIRECT;
            case "gateway" -> NodeType.GATEWAY;
            case "sub" -> NodeType.SUB;
            default -> throw value.unexpected("direct, gateway or sub");
        };
    }

    private static Instant instant(Token value) {
        String text = value.text();
        try {
            return text.length() == "2026-01-31".length()
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Calendar.parse(text);
        } catch (DateTimeException e) {
            throw value.unexpected("a date or a time such as 2026-01-31 or 2026-01-31T08:00:00Z");
        }
    }

    private static DeviceCondition turned(boolean not, DeviceCondition condition) {
        return not ? new DeviceCondition.Not(condition) : condition;
    }
}
