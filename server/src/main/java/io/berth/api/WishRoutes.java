package io.berth.api;

import static io.berth.core.ProblemException.require;

import io.berth.api.Route.Nothing;
import io.berth.core.call.Wishes;
import io.berth.core.caller.Area;
import io.berth.core.state.ThingState;
import io.berth.core.state.Things;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What applications want things to be.
public final class WishRoutes implements NativeApi.Group {
    private final Wishes wishes;

    public WishRoutes(Wishes wishes) {
        this.wishes = wishes;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String desired = "/products/{product}/devices/{device}/desired";
        return List.of(
                Route.get(
                        desired,
                        Demand.read(Area.THINGS),
                        "Shows what is wanted of a device and what of it is not so yet",
                        Nothing.class,
                        ShownWishes.class,
                        call -> shown(wishes.state(call.device()))),
                Route.post(
                        desired,
                        Demand.operate(Area.THINGS),
                        "Wants properties to have these values from now on",
                        NewWishes.class,
                        ShownWishes.class,
                        this::want),
                Route.delete(
                        desired, Demand.operate(Area.THINGS), "Wants a property no more", Gone.class, this::forget));
    }

    /// @param values by key
    /// @param expectedVersion refused unless the module's wishes have this version
    /// @param module whose version is meant; the default module when absent
    public record NewWishes(
            ObjectNode values,
            @Nullable Long expectedVersion,
            @Nullable String module) {}

    /// @param key of one property
    /// @param version left alone unless the wish has this version
    public record Gone(String key, @Nullable Long version) {}

    /// @param desired by key
    /// @param pending what the device has not reported yet, by key
    /// @param versions by module, the default one has an empty name: how often its wishes changed
    public record ShownWishes(Map<String, Wish> desired, ObjectNode pending, Map<String, Long> versions) {}

    public record Wish(JsonNode value, Instant time, long version) {}

    private ShownWishes want(Call<NewWishes> call) throws InterruptedException {
        NewWishes wanted = call.input();
        require(wanted.expectedVersion() != null || wanted.module() == null, "\"expectedVersion\" is missing");
        Things.ModuleVersion expected = wanted.expectedVersion() == null
                ? null
                : new Things.ModuleVersion(Objects.requireNonNullElse(wanted.module(), ""), wanted.expectedVersion());
        return shown(wishes.want(call.device(), FreeJson.fields(wanted.values()), expected));
    }

    private void forget(Call<Gone> call) throws InterruptedException {
        wishes.forget(
                call.device(),
                List.of(new Things.Wish(call.input().key(), call.input().version())));
    }

    private static ShownWishes shown(ThingState state) {
        Map<String, Wish> desired = new LinkedHashMap<>();
        state.desired().forEach((key, wish) -> {
            if (!wish.isDeleted()) {
                desired.put(key, new Wish(FreeJson.any(wish.value()), wish.time(), wish.version()));
            }
        });
        return new ShownWishes(desired, FreeJson.object(state.pending()), state.versions());
    }
}
