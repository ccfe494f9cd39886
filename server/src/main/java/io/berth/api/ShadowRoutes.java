package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.session.Shadows;
import io.berth.core.state.ShadowDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// The shadow documents of devices.
public final class ShadowRoutes implements NativeApi.Group {
    private final Shadows shadows;

    public ShadowRoutes(Shadows shadows) {
        this.shadows = shadows;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String shadow = "/products/{product}/devices/{device}/shadow";
        return List.of(
                Route.get(
                        shadow,
                        Demand.read(Area.THINGS),
                        "Shows the shadow of a device",
                        Nothing.class,
                        ShownShadow.class,
                        call -> ShownShadow.of(shadows.get(call.device()))),
                Route.post(
                        shadow,
                        Demand.operate(Area.THINGS),
                        "Wants attributes of the shadow to be so and tells the device",
                        NewDesired.class,
                        ShownShadow.class,
                        call -> ShownShadow.of(shadows.want(
                                call.device(),
                                FreeJson.fields(call.input().desired()),
                                call.input().expectedVersion()))),
                Route.delete(
                        shadow, Demand.operate(Area.THINGS), "Empties a half of the shadow", Half.class, this::forget));
    }

    /// @param desired objects in it are changed member by member, everything else as a whole
    /// @param expectedVersion refused unless the shadow has this version
    public record NewDesired(ObjectNode desired, @Nullable Long expectedVersion) {}

    public enum Part {
        DESIRED,
        REPORTED
    }

    public record Half(Part part) {}

    /// @param reportedAt when each reported attribute last changed
    /// @param desiredAt when each desired attribute last changed
    public record ShownShadow(
            ObjectNode reported,
            ObjectNode desired,
            Map<String, Instant> reportedAt,
            Map<String, Instant> desiredAt,
            long version,
            Instant changed) {
        private static ShownShadow of(ShadowDocument shadow) {
            return new ShownShadow(
                    FreeJson.object(shadow.reported()),
                    FreeJson.object(shadow.desired()),
                    shadow.reportedAt(),
                    shadow.desiredAt(),
                    shadow.version(),
                    shadow.changed());
        }
    }

    private void forget(Call<Half> call) {
        switch (call.input().part()) {
            case DESIRED -> shadows.forgetDesired(call.device());
            case REPORTED -> shadows.forgetReported(call.device());
        }
    }
}
