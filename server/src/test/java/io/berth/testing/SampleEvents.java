package io.berth.testing;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink.TopologyChanged.Change;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.message.MessageProperties;
import io.berth.core.message.Origin;
import io.berth.core.message.Qos;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Events to put on a log.
public final class SampleEvents {
    private static final DeviceId GATEWAY = new DeviceId("pk", "gateway");
    private static final Instant NOW = TestClock.START;
    private static final AtomicLong IDS = new AtomicLong(1L << 60);

    private SampleEvents() {}

    /// A message of this device of the product `pk`.
    public static Event message(String device, String text) {
        return message(device, Payload.of(text), NOW);
    }

    public static Event message(String device, Payload payload, Instant time) {
        DeviceId id = new DeviceId("pk", device);
        Origin origin = new Origin(
                "aliyun", null, "/pk/" + device + "/user/update", Qos.AT_LEAST_ONCE, payload, MessageProperties.NONE);
        return new Event(IDS.incrementAndGet(), time, "pk", id, origin, new Fact.Message());
    }

    /// What the message of a device says.
    public static String text(Event event) {
        return event.origin() == null ? "" : event.origin().payload().text();
    }

    /// An event of this device and fact.
    public static Event of(String device, Fact fact) {
        return new Event(IDS.incrementAndGet(), NOW, "pk", new DeviceId("pk", device), null, fact);
    }

    /// Two of each kind of fact: one with everything that can be there, one with as little as can be.
    public static List<Event> ofEveryKind() {
        DeviceId device = new DeviceId("pk", "d");
        Value.Fields output = new Value.Fields(Map.of("on", new Value.Flag(true), "why", new Value.Text("温度")));
        Sample sample = new Sample("t", new Value.Decimal(21.5), NOW.minusMillis(1));
        Facts facts = new Facts(
                device,
                List.of(sample, new Sample("lamp:on", new Value.Flag(false), Instant.MAX)),
                List.of(new Occurrence("alarm", output, NOW.plusNanos(7))),
                false,
                "r-1",
                List.of(new Facts.Unfit(sample, Violation.Kind.OUT_OF_BOUNDS, "t is too hot")));
        Answer answer = new Answer(true, "200", "done", output);
        Answer timed = new Answer(true, "0", "", output, Map.of("on", NOW, "why", NOW.minusSeconds(1)));
        Answer refused = new Answer(false, "1", "no", Value.Fields.NONE);
        Fact.CallTimes times = new Fact.CallTimes(NOW, NOW.plusMillis(1), NOW.plusMillis(2), NOW.plusSeconds(3));
        Fact.CallTimes early = new Fact.CallTimes(NOW, null, null, null);
        MessageProperties properties = new MessageProperties(
                List.of(new MessageProperties.Word("a", "1"), new MessageProperties.Word("a", "2")),
                "answer/here",
                Payload.of("mark"));
        Origin full = new Origin("huawei", GATEWAY, "$oc/t", Qos.AT_MOST_ONCE, Payload.of("{}"), properties);
        return List.of(
                made(device, full, new Fact.Message()),
                made(device, Origin.ofSession("aliyun", null), new Fact.Message()),
                made(device, full, new Fact.Properties(facts.withoutOccurrences())),
                made(device, full, new Fact.Properties(Facts.none(GATEWAY))),
                made(device, full, new Fact.Happened(facts)),
                made(device, null, new Fact.Happened(Facts.none(device))),
                made(device, full, new Fact.Status(true, "connected", NOW, "192.0.2.1:5")),
                made(device, null, new Fact.Status(false, "", Instant.MIN, "")),
                made(device, null, new Fact.Lifecycle(Fact.Lifecycle.Change.CREATED, "alias", "节点")),
                made(null, null, new Fact.Lifecycle(Fact.Lifecycle.Change.DELETED, "", "")),
                made(device, full, new Fact.Topology(true, GATEWAY)),
                made(device, null, new Fact.Topology(false, GATEWAY)),
                made(GATEWAY, null, new Fact.Children(Change.ADDED, List.of(device, GATEWAY))),
                made(GATEWAY, full, new Fact.Children(Change.DISABLED, List.of(device))),
                made(GATEWAY, full, new Fact.Found(List.of(device, GATEWAY))),
                made(GATEWAY, null, new Fact.Found(List.of())),
                made(device, full, new Fact.Tagged(Map.of("room", "厨房", "floor", "1"))),
                made(device, null, new Fact.Tagged(Map.of())),
                made(device, full, new Fact.Replied("r-2", answer)),
                made(device, null, new Fact.Replied("r-3", timed)),
                made(device, null, new Fact.Replied("r-4", refused)),
                made(device, null, new Fact.Replied("", null)),
                made(device, null, new Fact.CallProgress("c", "open", CallState.ANSWERED, times, answer, null, "")),
                made(
                        device,
                        null,
                        new Fact.CallProgress(
                                "c", "", CallState.FAILED, early, null, Problem.DEVICE_OFFLINE, "it went away")),
                made(device, null, new Fact.MessageProgress("m", "n", "t/a", DeliveryState.ACKNOWLEDGED, null, "")),
                made(
                        device,
                        null,
                        new Fact.MessageProgress("m", "", "", DeliveryState.SENT, Problem.TIMED_OUT, "too late")),
                made(device, null, new Fact.Told(Event.Kind.STATUS, "alarm", output)),
                made(null, null, new Fact.Told(Event.Kind.COMMAND, "", Value.Fields.NONE)));
    }

    private static Event made(@Nullable DeviceId device, @Nullable Origin origin, Fact fact) {
        return new Event(IDS.incrementAndGet(), NOW.plusNanos(IDS.get()), "pk", device, origin, fact);
    }
}
