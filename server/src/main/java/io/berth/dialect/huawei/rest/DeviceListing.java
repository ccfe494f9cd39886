package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.BAD_TIME;
import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.START_AFTER_END;

import io.berth.core.device.DeviceCondition;
import io.berth.core.device.DeviceCondition.Relation;
import io.berth.core.device.DeviceCondition.TextField;
import io.berth.core.device.DeviceCondition.TimeField;
import io.berth.core.device.DeviceId;
import io.berth.core.product.Space;
import io.berth.core.thing.Calendar;
import io.berth.dialect.huawei.rest.HuaweiDeviceRoutes.Wanted;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which devices a listing is about, within what the caller sees.
record DeviceListing(Sight sight) {
    DeviceCondition where(Wanted wanted) {
        List<DeviceCondition> parts = new ArrayList<>();
        parts.add(within(wanted.appId()));
        if (wanted.productId() != null) {
            parts.add(
                    DeviceCondition.ofProduct(sight.product(wanted.productId()).key()));
        }
        if (wanted.gatewayId() != null) {
            DeviceId gateway = sight.device(wanted.gatewayId()).id();
            parts.add(
                    Boolean.TRUE.equals(wanted.isCascadeQuery())
                            ? new DeviceCondition.FarBehind(gateway)
                            : new DeviceCondition.Behind(gateway));
        }
        is(TextField.Name.NODE_ID, wanted.nodeId(), parts);
        is(TextField.Name.NICKNAME, wanted.deviceName(), parts);
        Instant start = time(Relation.NOT_BEFORE, wanted.startTime(), parts);
        Instant end = time(Relation.NOT_AFTER, wanted.endTime(), parts);
        if (start != null && end != null && start.isAfter(end)) {
            throw new RestException(START_AFTER_END, "\"start_time\" is after \"end_time\"");
        }
        return new DeviceCondition.All(parts);
    }

    /// Of one space, or of all that the caller sees.
    DeviceCondition within(@Nullable String appId) {
        if (appId != null) {
            Space space = sight.space(appId);
            return DeviceCondition.inSpaces(Set.of(space.id()));
        }
        return sight.rights().devices();
    }

    private static void is(TextField field, @Nullable String text, List<DeviceCondition> parts) {
        if (text != null) {
            parts.add(new DeviceCondition.TextIn(field, List.of(text)));
        }
    }

    private static @Nullable Instant time(Relation relation, @Nullable String text, List<DeviceCondition> parts) {
        Instant time = time(text);
        if (time != null) {
            parts.add(new DeviceCondition.TimeIs(TimeField.CREATED, relation, time));
        }
        return time;
    }

    /// As listings are given times; null for none.
    static @Nullable Instant time(@Nullable String text) {
        try {
            return text == null ? null : Calendar.parse(text);
        } catch (DateTimeException e) {
            throw new RestException(BAD_TIME, "a time is written as 20260102T030405Z, not \"" + text + "\"");
        }
    }
}
