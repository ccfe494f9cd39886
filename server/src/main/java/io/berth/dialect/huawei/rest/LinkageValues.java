package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.product.Product;
import io.berth.core.thing.DataType;
import io.berth.core.thing.Property;
import io.berth.dialect.huawei.rest.LinkageForm.PropertyFilter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// What a property is compared with: on the wire texts, here in the form of its type.
///
/// @param key of the property
record LinkageValues(Product product, String key) {
    private static final int MAX_VALUES = 20;

    Value of(PropertyFilter filter) {
        return switch (filter.operator()) {
            case "in" -> {
                List<String> values = Objects.requireNonNullElse(filter.inValues(), List.of());
                require(
                        !values.isEmpty() && values.size() <= MAX_VALUES,
                        "\"in_values\" are 1 to " + MAX_VALUES + " values");
                yield items(values);
            }
            case "between" -> {
                List<String> ends = Arrays.asList(text(filter).split(",", -1));
                require(ends.size() == 2, "the \"value\" of between is written as 1,5");
                yield items(ends);
            }
            default -> value(text(filter));
        };
    }

    private static String text(PropertyFilter filter) {
        String value = filter.value();
        require(value != null && !value.isEmpty(), "\"value\" is missing");
        return String.valueOf(value);
    }

    private Value items(List<String> texts) {
        return new Value.Items(texts.stream().map(text -> value(text.strip())).toList());
    }

    private Value value(String text) {
        Property property = product.model().property(key);
        return switch (property == null ? null : property.type()) {
            case DataType.Int _, DataType.Long _, DataType.Real _, DataType.Choice _ -> number(text);
            case DataType.Flag _ -> new Value.Flag(text.equals("1") || text.equalsIgnoreCase("true"));
            case null, default -> new Value.Text(text);
        };
    }

    private static Value number(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return number.scale() <= 0
                    ? new Value.Whole(number.longValueExact())
                    : new Value.Decimal(number.doubleValue());
        } catch (ArithmeticException | NumberFormatException _) {
            return new Value.Text(text);
        }
    }
}
