package io.berth.core.device;

import io.berth.core.product.Product.NodeType;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// What a device may be asked for. Every condition holds or does not: a device without the tag, or without the
/// time, is simply none that meets it.
public sealed interface DeviceCondition {
    /// Each part holds.
    record All(List<DeviceCondition> parts) implements DeviceCondition {
        public All {
            parts = List.copyOf(parts);
        }
    }

    /// At least one part holds.
    record Any(List<DeviceCondition> parts) implements DeviceCondition {
        public Any {
            parts = List.copyOf(parts);
        }
    }

    record Not(DeviceCondition part) implements DeviceCondition {}

    /// The text is one of these.
    record TextIn(TextField field, List<String> values) implements DeviceCondition {
        public TextIn {
            values = List.copyOf(values);
        }
    }

    /// There is a text, and it begins like this.
    record TextBegins(TextField field, String prefix) implements DeviceCondition {}

    record NodeTypeIn(List<NodeType> types) implements DeviceCondition {
        public NodeTypeIn {
            types = List.copyOf(types);
        }
    }

    record Enabled() implements DeviceCondition {}

    /// It was attached when it was last seen, which is known a moment later.
    record Attached() implements DeviceCondition {}

    /// It stands behind this gateway.
    record Behind(DeviceId gateway) implements DeviceCondition {}

    /// It stands behind this gateway, or behind a device that does, however far.
    record FarBehind(DeviceId gateway) implements DeviceCondition {}

    /// It stands behind some gateway.
    record Child() implements DeviceCondition {}

    /// It was put into the static group with this id.
    record MemberOf(String group) implements DeviceCondition {}

    /// Its place among all devices by age, which [io.berth.core.Slice] tells, stands in this relation to
    /// another.
    record Placed(Relation relation, String place) implements DeviceCondition {}

    static DeviceCondition ofProduct(String product) {
        return new TextIn(TextField.Name.PRODUCT, List.of(product));
    }

    static DeviceCondition inSpaces(Collection<String> spaces) {
        return new TextIn(TextField.Name.SPACE, List.copyOf(spaces));
    }

    /// It logged in once, and was not reset since.
    static DeviceCondition activated() {
        return new TimeIs(TimeField.ACTIVATED, Relation.NOT_BEFORE, Instant.EPOCH);
    }

    /// There is a time, and it stands in this relation to `time`.
    record TimeIs(TimeField field, Relation relation, Instant time) implements DeviceCondition {}

    /// Where a device has a text.
    sealed interface TextField {
        enum Name implements TextField {
            PRODUCT,
            NAME,
            ALIAS,
            NODE_ID,
            NICKNAME,
            /// The version of its firmware, as it said last.
            FIRMWARE,
            SOFTWARE,
            /// The id of the resource space of its product.
            SPACE
        }

        record Tag(String key) implements TextField {}
    }

    enum TimeField {
        CREATED,
        ACTIVATED,
        LAST_SEEN
    }

    enum Relation {
        BEFORE,
        NOT_AFTER,
        AT,
        NOT_BEFORE,
        AFTER
    }
}
