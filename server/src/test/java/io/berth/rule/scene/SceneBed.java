package io.berth.rule.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.alarm.Alarm;
import io.berth.core.alarm.Alarms;
import io.berth.core.call.Calls;
import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceId;
import io.berth.core.device.Devices;
import io.berth.core.message.Events;
import io.berth.core.message.Fact;
import io.berth.core.product.Product;
import io.berth.core.product.Products;
import io.berth.core.scene.Scenes;
import io.berth.core.session.Downlinks;
import io.berth.core.session.Requests;
import io.berth.core.session.Sessions;
import io.berth.core.session.Traffic;
import io.berth.core.state.Facts;
import io.berth.core.state.Things;
import io.berth.core.thing.Bounds;
import io.berth.core.thing.DataType;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Module;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Parameter;
import io.berth.core.thing.Property;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import io.berth.json.ValueJson;
import io.berth.stream.EventStreams;
import io.berth.stream.Interest;
import io.berth.stream.LiveFeed;
import io.berth.stream.group.Groups;
import io.berth.stream.group.GroupsConfig;
import io.berth.stream.group.Redelivery;
import io.berth.testing.MemoryAlarms;
import io.berth.testing.MemoryCalls;
import io.berth.testing.MemoryCursors;
import io.berth.testing.MemoryLog;
import io.berth.testing.MemoryRegistry;
import io.berth.testing.MemoryScenes;
import io.berth.testing.MemorySessions;
import io.berth.testing.MemoryThings;
import io.berth.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/// Scenes over the real engine of readers, with everything else in memory and at the time of a test clock.
final class SceneBed implements AutoCloseable {
    static final DeviceId PROBE = new DeviceId("room", "probe");
    static final DeviceId OTHER = new DeviceId("room", "other");
    static final DeviceId FAN = new DeviceId("room", "fan");
    static final int PER_MINUTE = 20;

    private static final SceneConfig CONFIG = new SceneConfig(5, 16, Duration.ofHours(1), PER_MINUTE, 3, 100);
    private static final GroupsConfig GROUPS = new GroupsConfig(
            10,
            3,
            1_000,
            new Redelivery(Duration.ofMillis(5), Duration.ofMillis(10)),
            Duration.ofMillis(10),
            Duration.ofMillis(10));

    /// Says that what was reported before was worked on.
    private static final String MARKER = """
            {"triggers":[{"property":"mark","product":"room","is":">=","value":0,"every":true}],
             "actions":[{"clear":"marker"}]}""";

    static final ThingModel MODEL = new ThingModel(List.of(new Module(
            "",
            "",
            "",
            "",
            Module.Presence.MASTER,
            List.of(
                    property("temperature", real(), false),
                    property("mode", new DataType.Choice(new LinkedHashMap<>(Map.of(0, "auto", 7, "boost"))), true),
                    property("fan", new DataType.Flag("off", "on"), true),
                    property("label", new DataType.Text(20, DataType.Text.Measure.BYTES, List.of()), true),
                    property("mark", new DataType.Int(Bounds.of(0, 1_000)), false),
                    property("place", new DataType.Struct(List.of(Parameter.of("floor", real()))), false),
                    new Property(Parameter.of("secret", real()), false, true, false)),
            List.of(new EventType(
                    "broken", "broken", "", EventType.Level.ALERT, false, List.of(Parameter.of("code", real())))),
            List.of(new Service(
                    "blink",
                    "blink",
                    "",
                    Service.CallType.SYNC,
                    false,
                    List.of(Parameter.of("times", new DataType.Int(Bounds.of(1, 9)))),
                    "",
                    List.of())))));

    final TestClock clock = new TestClock();
    final MemoryScenes store = new MemoryScenes();
    final MemoryThings state = new MemoryThings();
    final MemoryCalls calls = new MemoryCalls();
    final List<String> notified = new CopyOnWriteArrayList<>();
    final Alarms alarms = new Alarms(new MemoryAlarms(), Alarms.Limits.DEFAULT, clock);
    final Sessions sessions;
    final Products products;
    SceneBook scenes;
    Groups groups;
    private final MemoryLog log = new MemoryLog(2);
    private final MemoryCursors cursors = new MemoryCursors();
    private final Interest interest = new Interest();
    private final Events events;
    private final SceneSite site;
    private final List<Runnable> former = new ArrayList<>();
    private int marks;

    SceneBed() {
        events = new Events(new EventStreams(new LiveFeed(1, 1), log, interest), clock);
        sessions = new Sessions(events, _ -> {});
        MemoryRegistry registry = new MemoryRegistry();
        products = new Products(registry.products(), clock, _ -> {});
        product(registry, "room", MODEL);
        product(registry, "bare", ThingModel.EMPTY);
        Devices devices = new Devices(registry.devices(), products, clock, (_, _) -> {});
        for (DeviceId device : List.of(PROBE, OTHER, FAN)) {
            devices.create(new Devices.Draft(device, new Secret("secret"), null, null));
        }
        Downlinks downlinks = new Downlinks(sessions, new MemorySessions(2));
        Requests requests = new Requests(downlinks, sessions, 100, 100);
        Calls.Ways ways = new Calls.Ways(registry.directory(), sessions, requests, downlinks, Traffic.UNCOUNTED);
        site = new SceneSite(
                products,
                registry.directory(),
                sessions,
                new Things(state, clock),
                new Calls(calls, ways, Calls.Limits.DEFAULT, clock),
                alarms,
                (url, message) -> {
                    notified.add(url + " " + ValueJson.write(message));
                    return url.getPath().equals("/closed") ? "it answered 500" : "";
                },
                CONFIG,
                clock);
        groups = new Groups(log, interest, cursors, GROUPS, clock);
        scenes = new SceneBook(store, site, groups, groups);
        create("marker", MARKER);
    }

    void create(String name, String plan) {
        scenes.create(draft(name, plan));
    }

    static Scenes.Draft draft(String name, String plan) {
        return new Scenes.Draft(name, "", true, fields(plan));
    }

    static Value.Fields fields(String json) {
        return ValueJson.readFields(Payload.of(json)).orElseThrow(() -> new IllegalArgumentException(json));
    }

    void reports(DeviceId device, String property, Object value) {
        reports(device, property, ValueJson.read(Payload.of(value.toString())).orElseThrow(), true);
    }

    void reports(DeviceId device, String property, Value value, boolean current) {
        reports(device, new Sample(property, value, clock.instant()), current);
    }

    void reports(DeviceId device, Sample sample, boolean current) {
        Facts facts = new Facts(device, List.of(sample), List.of(), current);
        if (current) {
            new Things(state, clock).report(List.of(facts), _ -> {});
        }
        events.tell(device, null, new Fact.Properties(facts));
    }

    void happens(DeviceId device, String event, String output) {
        events.tell(
                device,
                null,
                new Fact.Happened(Facts.ofOccurrence(device, new Occurrence(event, fields(output), clock.instant()))));
    }

    void becomes(DeviceId device, boolean online) {
        events.tell(device, null, new Fact.Status(online, "test", clock.instant(), ""));
    }

    /// Waits until everything this device said was worked on.
    SceneBed settled(DeviceId device) {
        long before = marks++;
        reports(device, "mark", 1);
        await("the marker").until(() -> progress("marker").fired() > before);
        return this;
    }

    Scenes.Progress progress(String scene) {
        return scenes.progress(scenes.get(scene));
    }

    void fired(String scene, int times) {
        assertThat(progress(scene).fired()).as("firings of " + scene).isEqualTo(times);
    }

    void awaitFired(String scene, int times) {
        await("firings of " + scene).until(() -> progress(scene).fired() >= times);
        fired(scene, times);
    }

    void awaitAlarm(String source, Predicate<Alarm> wanted) {
        await(source).ignoreExceptions().until(() -> alarms.get(source), wanted);
    }

    /// Time passes, and holds and clocks are looked at.
    void passes(Duration time) {
        clock.advance(time);
        scenes.tick();
    }

    void itIs(String moment) {
        passes(Duration.between(clock.instant(), Instant.parse(moment)));
    }

    /// Begins again on what the stores and the log have; nobody ends the former server.
    void crash() {
        cursors.refuse(true);
        former.add(scenes::close);
        former.add(groups::close);
        groups = new Groups(log, interest, cursors, GROUPS, clock);
        scenes = new SceneBook(store, site, groups, groups);
        cursors.refuse(false);
        marks = 0;
        scenes.start();
    }

    @Override
    public void close() {
        scenes.close();
        groups.close();
        former.forEach(Runnable::run);
    }

    private void product(MemoryRegistry registry, String key, ThingModel model) {
        Product product = products.create(new Products.Draft(
                key,
                key,
                null,
                null,
                Product.AuthKind.SECRET,
                Product.NodeType.DIRECT,
                Product.DataFormat.JSON,
                false));
        registry.products().update(product.withModel(model));
    }

    private static Property property(String identifier, DataType type, boolean writable) {
        return new Property(Parameter.of(identifier, type), true, writable, true);
    }

    private static DataType real() {
        return new DataType.Real(DataType.Real.Precision.DOUBLE, Bounds.of(-100, 1_000));
    }
}
