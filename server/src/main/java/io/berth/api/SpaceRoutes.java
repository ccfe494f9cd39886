package io.berth.api;

import io.berth.api.Route.Nothing;
import io.berth.core.caller.Area;
import io.berth.core.product.Space;
import io.berth.core.product.Spaces;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resource spaces.
public final class SpaceRoutes implements NativeApi.Group {
    private final Spaces spaces;

    public SpaceRoutes(Spaces spaces) {
        this.spaces = spaces;
    }

    @Override
    public List<Route<?, ?>> routes() {
        String all = "/spaces";
        String one = all + "/{space}";
        return List.of(
                Route.get(
                        all,
                        Demand.read(Area.SPACES).withinSpaces(),
                        "Lists resource spaces",
                        Nothing.class,
                        SpaceList.class,
                        this::list),
                Route.create(
                        all,
                        Demand.operate(Area.SPACES),
                        "Creates a resource space",
                        Name.class,
                        ShownSpace.class,
                        this::create),
                Route.get(
                        one,
                        Demand.read(Area.SPACES).withinSpaces(),
                        "Shows a resource space",
                        Nothing.class,
                        ShownSpace.class,
                        this::show),
                Route.post(
                        one,
                        Demand.operate(Area.SPACES),
                        "Renames a resource space",
                        Name.class,
                        ShownSpace.class,
                        this::rename),
                Route.delete(
                        one,
                        Demand.operate(Area.SPACES),
                        "Deletes a resource space without products",
                        Nothing.class,
                        this::delete));
    }

    public record Name(String name) {}

    public record ShownSpace(String id, String name, boolean isDefault, Instant created) {
        private static ShownSpace of(Space space) {
            return new ShownSpace(space.id(), space.name(), space.isDefault(), space.created());
        }
    }

    /// @param next always null: there are few spaces
    public record SpaceList(
            List<ShownSpace> items, @Nullable String next) {}

    private SpaceList list(Call<Nothing> call) {
        return new SpaceList(
                spaces.all().stream()
                        .filter(space -> call.rights().reach(space.id()))
                        .map(ShownSpace::of)
                        .toList(),
                null);
    }

    private ShownSpace create(Call<Name> call) {
        return ShownSpace.of(spaces.create(call.input().name()));
    }

    private ShownSpace show(Call<Nothing> call) {
        String id = call.path("space");
        if (!call.rights().reach(id)) {
            throw Spaces.notFound(id);
        }
        return ShownSpace.of(spaces.get(id));
    }

    private ShownSpace rename(Call<Name> call) {
        return ShownSpace.of(spaces.rename(call.path("space"), call.input().name()));
    }

    private void delete(Call<Nothing> call) {
        spaces.delete(call.path("space"));
    }
}
