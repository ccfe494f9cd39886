package io.berth.dialect.huawei.rest;

import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import io.berth.dialect.huawei.HuaweiStamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resource spaces (spec huawei-iotda 7.1).
final class HuaweiSpaceRoutes {
    private final Spaces spaces;

    HuaweiSpaceRoutes(RestServices services) {
        this.spaces = services.spaces();
    }

    record NewSpace(String appName) {}

    record Renamed(String appId, String appName) {}

    record SpaceOnly(String appId) {}

    record Wanted(@Nullable Boolean defaultApp) {}

    record Shown(String appId, String appName, String createTime, boolean defaultApp) {}

    record ShownList(List<Shown> applications) {}

    Shown add(RestCall<NewSpace> call) {
        call.sight().demandAllSpaces();
        return shown(spaces.create(call.input().appName()));
    }

    ShownList list(RestCall<Wanted> call) {
        Boolean wanted = call.input().defaultApp();
        return new ShownList(spaces.all().stream()
                .filter(space -> call.sight().rights().reach(space.id()))
                .filter(space -> wanted == null || space.isDefault() == wanted)
                .map(HuaweiSpaceRoutes::shown)
                .toList());
    }

    Shown show(RestCall<SpaceOnly> call) {
        return shown(call.sight().space(call.input().appId()));
    }

    Shown update(RestCall<Renamed> call) {
        Space space = call.sight().space(call.input().appId());
        return shown(spaces.rename(space.id(), call.input().appName()));
    }

    /// Refused while the space has products.
    @Nullable
    Void delete(RestCall<SpaceOnly> call) {
        spaces.delete(call.sight().space(call.input().appId()).id());
        return null;
    }

    private static Shown shown(Space space) {
        return new Shown(space.id(), space.name(), HuaweiStamp.seconds(space.created()), space.isDefault());
    }
}
