package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The functions of [NotificationSql]; docs/rule-sql.md says for each what the vendor's manual says.
final class NotificationFunctions {
    private static final Path TAGS = Path.parse("notify_data.header.tags");
    private static final Path SERVICES = Path.parse("notify_data.body.services");

    private NotificationFunctions() {}

    static FunctionTable table() {
        return new FunctionTable()
                // texts
                .on("CONCAT", 2, Texts::concat)
                .on("ENDS_WITH", 2, Texts::endsWith)
                .on("LOWER", 1, Texts::lower)
                .on("REPLACE", 3, Texts::replace)
                .on("STARTS_WITH", 2, Texts::startsWith)
                .on("SUBSTRING", 2, 3, Texts::substring)
                .on("UPPER", 1, Texts::upper)
                // the device's tags
                .on("CONTAINS_TAG", 1, NotificationFunctions::containsTag)
                .on("GET_TAG", 1, NotificationFunctions::tagValue)
                // the services of a property report; nothing in other notifications
                .on("CONTAINS_SERVICES", 1, 2, NotificationFunctions::containsServices)
                .on("GET_SERVICE", 1, 2, NotificationFunctions::service)
                .on("GET_SERVICES", 1, 2, NotificationFunctions::services)
                .on("GET_SERVICE_PROPERTIES", 1, NotificationFunctions::properties)
                .on("GET_SERVICE_PROPERTY", 2, NotificationFunctions::property);
    }

    private static Value containsTag(Run run, List<Value> given) {
        return Truth.of(tag(run, given).isPresent());
    }

    private static Value tagValue(Run run, List<Value> given) {
        return tag(run, given).map(tag -> tag.get("tag_value")).orElse(Nothing.NOTHING);
    }

    private static Optional<Value.Fields> tag(Run run, List<Value> given) {
        Value key = given.getFirst();
        return objects(TAGS, run).filter(tag -> tag.get("tag_key").equals(key)).findFirst();
    }

    private static Value containsServices(Run run, List<Value> given) {
        return Truth.of(found(run, given).findFirst().isPresent());
    }

    private static Value service(Run run, List<Value> given) {
        Optional<Value.Fields> first = found(run, given).findFirst();
        return first.isPresent() ? first.get() : Nothing.NOTHING;
    }

    private static Value services(Run run, List<Value> given) {
        return new Value.Items(found(run, given).map(Value.class::cast).toList());
    }

    /// The services of this id, or with `true` behind it of an id that contains it.
    private static Stream<Value.Fields> found(Run run, List<Value> given) {
        String id = Texts.of(given.getFirst());
        boolean fuzzy = given.size() == 2 && Truth.holds(given.get(1));
        Predicate<String> wanted = fuzzy ? actual -> actual.contains(id) : id::equals;
        return objects(SERVICES, run)
                .filter(service ->
                        service.get("service_id") instanceof Value.Text(String actual) && wanted.test(actual));
    }

    private static Value properties(Run run, List<Value> given) {
        return service(run, given) instanceof Value.Fields service ? service.get("properties") : Nothing.NOTHING;
    }

    /// As a text, which the vendor's table gives as its type; comparisons read texts of digits as numbers.
    private static Value property(Run run, List<Value> given) {
        Value value = properties(run, given.subList(0, 1)) instanceof Value.Fields properties
                ? properties.get(Texts.of(given.get(1)))
                : Nothing.NOTHING;
        return value == Nothing.NOTHING ? value : new Value.Text(Texts.read(run, value));
    }

    private static Stream<Value.Fields> objects(Path path, Run run) {
        return path.in(run.message().document()) instanceof Value.Items(List<Value> items)
                ? items.stream().filter(Value.Fields.class::isInstance).map(Value.Fields.class::cast)
                : Stream.empty();
    }
}
