package io.berth.core.route;

import static io.berth.testing.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Downlink;
import io.berth.core.message.Events;
import io.berth.core.message.Qos;
import io.berth.core.message.Uplink;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Messages;
import io.berth.core.session.Session;
import io.berth.core.session.Sessions;
import io.berth.testing.FakeLog;
import io.berth.testing.HeldDevice;
import io.berth.testing.MemorySessions;
import io.berth.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopicRoutesTest {
    private static final DeviceTopic SWITCH = topic("switch", "/pk/switch/user/update");
    private static final DeviceTopic LAMP = topic("lamp", "/pk/lamp/user/get");
    private static final DeviceTopic BELL = topic("bell", "/pk/bell/user/get");

    private final Events events = new Events(new FakeLog(), new TestClock());
    private final Sessions sessions = new Sessions(events, _ -> {});
    private final Messages messages = new Messages(new Downlinks(sessions, new MemorySessions(2)), events, 0);
    private final Kept store = new Kept();
    private final TopicRoutes routes = new TopicRoutes(store, messages, new TopicRoutes.Limits(2, 3));
    private final Session from = attach("switch").session(SWITCH.device());

    private static DeviceTopic topic(String device, String topic) {
        return new DeviceTopic(new DeviceId("pk", device), topic);
    }

    private HeldDevice attach(String name) {
        HeldDevice device = new HeldDevice((_, _) -> {});
        sessions.attach(device.session(new DeviceId("pk", name)));
        return device;
    }

    private void say(String topic, String text) {
        routes.received(from, new Uplink.Message(topic, Qos.AT_LEAST_ONCE, Payload.of(text)));
    }

    @Test
    void a_message_goes_where_its_topic_leads_with_the_certainty_it_had() throws InterruptedException {
        HeldDevice lamp = attach("lamp");
        HeldDevice bell = attach("bell");
        routes.add(new TopicRoute(SWITCH, LAMP));
        routes.add(new TopicRoute(SWITCH, BELL));

        say("/pk/switch/user/other", "nowhere");
        say(SWITCH.topic(), "an 开");

        Payload said = Payload.of("an 开");
        assertThat(lamp.next()).isEqualTo(new Downlink.Message(LAMP.topic(), Qos.AT_LEAST_ONCE, said));
        assertThat(bell.next()).isEqualTo(new Downlink.Message(BELL.topic(), Qos.AT_LEAST_ONCE, said));
        assertThat(routes.destinations(SWITCH)).containsExactly(LAMP, BELL);
        assertThat(routes.sources(BELL)).containsExactly(SWITCH);
    }

    @Test
    void a_route_that_is_removed_or_whose_device_is_gone_leads_nowhere() throws InterruptedException {
        HeldDevice bell = attach("bell");
        routes.add(new TopicRoute(SWITCH, LAMP));
        routes.add(new TopicRoute(SWITCH, BELL));
        routes.add(new TopicRoute(LAMP, BELL));

        routes.forget(LAMP.device());
        say(SWITCH.topic(), "1");
        assertThat(((Downlink.Message) bell.next()).payload()).isEqualTo(Payload.of("1"));
        assertThat(routes.destinations(SWITCH)).containsExactly(BELL);
        assertThat(routes.sources(BELL)).containsExactly(SWITCH);

        routes.remove(new TopicRoute(SWITCH, BELL));
        assertThat(routes.destinations(SWITCH)).isEmpty();
        assertRefused(Problem.NOT_FOUND, () -> routes.remove(new TopicRoute(SWITCH, BELL)));
        assertThat(store.kept).containsExactly(new TopicRoute(SWITCH, LAMP), new TopicRoute(LAMP, BELL));
    }

    @Test
    void a_topic_leads_to_so_many_others_and_there_are_so_many_routes() {
        routes.add(new TopicRoute(SWITCH, LAMP));
        routes.add(new TopicRoute(SWITCH, BELL));
        routes.add(new TopicRoute(SWITCH, BELL));
        assertRefused(Problem.LIMIT_REACHED, () -> routes.add(new TopicRoute(SWITCH, SWITCH)));
        routes.add(new TopicRoute(LAMP, BELL));
        assertRefused(Problem.LIMIT_REACHED, () -> routes.add(new TopicRoute(BELL, LAMP)));
        assertThat(store.kept).hasSize(3);
    }

    @Test
    void routes_of_an_earlier_start_are_in_force() throws InterruptedException {
        HeldDevice lamp = attach("lamp");
        store.put(new TopicRoute(SWITCH, LAMP));

        new TopicRoutes(store, messages, TopicRoutes.Limits.DEFAULT)
                .received(from, new Uplink.Message(SWITCH.topic(), Qos.AT_MOST_ONCE, Payload.of("x")));

        assertThat(lamp.next()).isEqualTo(new Downlink.Message(LAMP.topic(), Qos.AT_MOST_ONCE, Payload.of("x")));
    }

    private static final class Kept implements TopicRouteStore {
        final List<TopicRoute> kept = new ArrayList<>();

        @Override
        public List<TopicRoute> list() {
            return List.copyOf(kept);
        }

        @Override
        public void put(TopicRoute route) {
            kept.add(route);
        }

        @Override
        public void delete(TopicRoute route) {
            kept.remove(route);
        }
    }
}
