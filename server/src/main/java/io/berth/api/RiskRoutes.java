package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.Page;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Unit;
import io.berth.core.enrol.Units;
import io.berth.core.enrol.Units.Risk;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Devices whose name more than one physical device goes by.
public final class RiskRoutes implements NativeApi.Group {
    private final Units units;

    public RiskRoutes(Units units) {
        this.units = units;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String ofDevice = "/products/{product}/devices/{device}/units";
        return List.of(
                Route.get(
                        "/risks",
                        Demand.read(Area.DEVICES),
                        "Lists devices as which more than one physical device logged in",
                        Paging.class,
                        RiskPage.class,
                        call -> list(null, call.input().request())),
                Route.get(
                        "/products/{product}/risks",
                        Demand.read(Area.DEVICES),
                        "Lists those of one product",
                        Paging.class,
                        RiskPage.class,
                        call -> list(call.path("product"), call.input().request())),
                Route.get(
                        ofDevice,
                        Demand.read(Area.DEVICES),
                        "Shows the physical devices that may log in as a device with tokens",
                        Nothing.class,
                        ShownRisk.class,
                        call -> shown(call.device())),
                Route.post(
                        ofDevice + "/keep",
                        Demand.operate(Area.DEVICES),
                        "Lets only one of them log in",
                        Kept.class,
                        ShownRisk.class,
                        this::keep),
                Route.delete(
                        ofDevice,
                        Demand.operate(Area.DEVICES),
                        "Lets none of them log in; the device may register again",
                        Nothing.class,
                        call -> units.clear(call.device())));
    }

    public record Kept(String clientId) {}

    /// @param units the oldest first
    public record ShownRisk(String product, String device, List<ShownUnit> units) {
        private static ShownRisk of(DeviceId device, List<Unit> units) {
            return new ShownRisk(
                    device.product(),
                    device.name(),
                    units.stream().map(ShownUnit::of).toList());
        }
    }

    /// @param seen when it first logged in, absent while it never has
    public record ShownUnit(
            String clientId, Instant created, @Nullable Instant seen) {
        private static ShownUnit of(Unit unit) {
            return new ShownUnit(unit.id(), unit.created(), unit.seen());
        }
    }

    public record RiskPage(List<ShownRisk> items, @Nullable String next) {}

    /// @param product null for all
    private RiskPage list(@Nullable String product, Page.Request request) {
        Page<Risk> page = units.risks(product, request);
        return new RiskPage(Paging.items(page, risk -> ShownRisk.of(risk.device(), risk.units())), page.next());
    }

    private ShownRisk shown(DeviceId device) {
        return ShownRisk.of(device, units.of(device));
    }

    private ShownRisk keep(Call<Kept> call) {
        units.keep(call.device(), call.input().clientId());
        return shown(call.device());
    }
}
