package io.berth.testing;

import io.berth.core.device.Device;
import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Product;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a device meets a condition, said plainly: what searches are measured by.
///
/// @param gateway it stands behind, null for none
/// @param groups ids of the static groups it is in
public record DeviceMatch(
        Device device,
        Product product,
        Map<String, String> tags,
        boolean attached,
        @Nullable DeviceId gateway,
        Set<String> groups) {
    /// One that stands behind no gateway and is in no group.
    public static DeviceMatch of(Device device, Product product, Map<String, String> tags, boolean attached) {
        return new DeviceMatch(device, product, tags, attached, null, Set.of());
    }

    public boolean meets(DeviceCondition condition) {
        return switch (condition) {
            case DeviceCondition.All(var parts) -> parts.stream().allMatch(this::meets);
            case DeviceCondition.Any(var parts) -> parts.stream().anyMatch(this::meets);
            case DeviceCondition.Not(DeviceCondition part) -> !meets(part);
            case DeviceCondition.TextIn(TextField field, var values) -> {
                String text = text(field);
                yield text != null && values.contains(text);
            }
            case DeviceCondition.TextBegins(TextField field, String prefix) -> {
                String text = text(field);
                yield text != null && text.startsWith(prefix);
            }
            case DeviceCondition.NodeTypeIn(var types) -> types.contains(product.nodeType());
            case DeviceCondition.Enabled() -> device.enabled();
            case DeviceCondition.Attached() -> attached;
            case DeviceCondition.Behind(DeviceId one) -> one.equals(gateway);
            // its gateway stands behind none
            case DeviceCondition.FarBehind(DeviceId one) -> one.equals(gateway);
            case DeviceCondition.Child() -> gateway != null;
            case DeviceCondition.MemberOf(String group) -> groups.contains(group);
            case DeviceCondition.Placed _ -> throw new AssertionError("here nothing has a place");
            case DeviceCondition.TimeIs(TimeField field, DeviceCondition.Relation relation, Instant time) -> {
                Instant at = time(field);
                yield at != null && stands(relation, at.compareTo(time));
            }
        };
    }

    private @Nullable String text(TextField field) {
        return switch (field) {
            case TextField.Name.PRODUCT -> device.id().product();
            case TextField.Name.NAME -> device.id().name();
            case TextField.Name.ALIAS -> device.alias();
            case TextField.Name.NODE_ID -> device.nodeId();
            case TextField.Name.NICKNAME -> device.profile().nickname();
            case TextField.Name.FIRMWARE -> device.versions().firmware();
            case TextField.Name.SOFTWARE -> device.versions().software();
            case TextField.Name.SPACE -> product.space();
            case TextField.Tag(String key) -> tags.get(key);
        };
    }

    private @Nullable Instant time(TimeField field) {
        return switch (field) {
            case CREATED -> device.created();
            case ACTIVATED -> device.activated();
            case LAST_SEEN -> device.lastSeen();
        };
    }

    private static boolean stands(DeviceCondition.Relation relation, int order) {
        return switch (relation) {
            case BEFORE -> order < 0;
            case NOT_AFTER -> order <= 0;
            case AT -> order == 0;
            case NOT_BEFORE -> order >= 0;
            case AFTER -> order > 0;
        };
    }
}
