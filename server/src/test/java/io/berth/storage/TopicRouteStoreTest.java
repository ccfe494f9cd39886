package io.berth.storage;

import static io.berth.storage.Samples.NOW;
import static io.berth.storage.Samples.device;
import static io.berth.storage.Samples.id;
import static io.berth.storage.Samples.product;
import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Problem;
import io.berth.core.route.DeviceTopic;
import io.berth.core.route.TopicRoute;
import io.berth.core.route.TopicRouteStore;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
final class TopicRouteStoreTest {
    private final TestEngine engine;

    @TempDir
    Path directory;

    private Storage storage;
    private TopicRouteStore routes;

    TopicRouteStoreTest(TestEngine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        storage = engine.open(directory, () -> NOW);
        storage.products().insert(product("pk"));
        List.of("b", "a", "c").forEach(name -> storage.devices().insert(device(name)));
        routes = storage.topicRoutes();
    }

    @AfterEach
    void close() {
        storage.close();
    }

    private static TopicRoute route(String from, String to) {
        return new TopicRoute(
                new DeviceTopic(id(from), "/pk/" + from + "/user/温"), new DeviceTopic(id(to), "/pk/" + to + "/user/x"));
    }

    @Test
    void routes_come_in_the_order_in_which_they_were_made() {
        routes.put(route("b", "c"));
        routes.put(route("a", "c"));
        routes.put(route("b", "a"));
        routes.put(route("b", "c"));
        assertThat(routes.list()).containsExactly(route("b", "c"), route("a", "c"), route("b", "a"));

        routes.delete(route("a", "c"));
        routes.delete(route("a", "c"));
        assertThat(routes.list()).containsExactly(route("b", "c"), route("b", "a"));
    }

    @Test
    void a_route_goes_with_the_device_at_either_end() {
        routes.put(route("a", "b"));
        routes.put(route("b", "c"));
        routes.put(route("c", "a"));
        storage.devices().delete(id("b"));

        assertThat(routes.list()).containsExactly(route("c", "a"));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> routes.put(route("a", "b")));
        assertRefused(Problem.DEVICE_NOT_FOUND, () -> routes.put(route("b", "a")));
    }
}
