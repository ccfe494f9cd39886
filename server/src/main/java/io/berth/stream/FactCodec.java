package io.berth.stream;

import static io.berth.stream.EventCodec.readDevice;
import static io.berth.stream.EventCodec.writeDevice;

import io.berth.binary.ValueCodec;
import io.berth.binary.ValueCodec.Out;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.CallState;
import io.berth.core.message.DeliveryState;
import io.berth.core.message.Downlink.TopologyChanged;
import io.berth.core.message.Event;
import io.berth.core.message.Fact;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.Violation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The part of an event that differs by the kind of fact. Times are written as distances from the event's own,
/// which makes most of them two octets.
final class FactCodec {
    private static final byte MESSAGE = 1;
    private static final byte PROPERTIES = 2;
    private static final byte HAPPENED = 3;
    private static final byte STATUS = 4;
    private static final byte LIFECYCLE = 5;
    private static final byte TOPOLOGY = 6;
    private static final byte FOUND = 7;
    private static final byte TAGGED = 8;
    private static final byte REPLIED = 9;
    private static final byte CALL_PROGRESS = 10;
    private static final byte MESSAGE_PROGRESS = 11;
    private static final byte TOLD = 12;
    private static final byte CHILDREN = 13;

    /// Added to the form of an answer that says times.
    private static final int TIMED = 2;

    private static final StableCodes<Fact.Lifecycle.Change> LIFECYCLES = new StableCodes<>(List.of(
            Fact.Lifecycle.Change.CREATED,
            Fact.Lifecycle.Change.UPDATED,
            Fact.Lifecycle.Change.ENABLED,
            Fact.Lifecycle.Change.DISABLED,
            Fact.Lifecycle.Change.RESET,
            Fact.Lifecycle.Change.DELETED));

    private static final StableCodes<TopologyChanged.Change> TOPOLOGIES = new StableCodes<>(List.of(
            TopologyChanged.Change.ADDED,
            TopologyChanged.Change.REMOVED,
            TopologyChanged.Change.ENABLED,
            TopologyChanged.Change.DISABLED));

    private static final StableCodes<CallState> CALL_STATES = new StableCodes<>(List.of(
            CallState.CREATED,
            CallState.QUEUED,
            CallState.SENT,
            CallState.ACKNOWLEDGED,
            CallState.ANSWERED,
            CallState.FAILED,
            CallState.TIMED_OUT,
            CallState.EXPIRED,
            CallState.CANCELLED));

    private static final StableCodes<DeliveryState> DELIVERY_STATES =
            new StableCodes<>(List.of(DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.ACKNOWLEDGED));

    private FactCodec() {}

    /// What the event told of itself before its fact.
    record Context(Event.Kind kind, @Nullable DeviceId device, Instant time) {}

    static void write(Event event, Out out) {
        Instant base = event.time();
        switch (event.fact()) {
            case Fact.Message _ -> out.octet(MESSAGE);
            case Fact.Properties(Facts facts) -> writeFacts(facts, event, out.octet(PROPERTIES));
            case Fact.Happened(Facts facts) -> writeFacts(facts, event, out.octet(HAPPENED));
            case Fact.Status status -> {
                out.octet(STATUS).octet(status.online() ? 1 : 0).text(status.cause());
                out.time(status.since(), base).text(status.address());
            }
            case Fact.Lifecycle(Fact.Lifecycle.Change change, String alias, String nodeId) ->
                out.octet(LIFECYCLE).octet(LIFECYCLES.of(change)).text(alias).text(nodeId);
            case Fact.Topology(boolean added, DeviceId gateway) ->
                writeDevice(gateway, out.octet(TOPOLOGY).octet(added ? 1 : 0));
            case Fact.Children(TopologyChanged.Change change, List<DeviceId> devices) ->
                writeDevices(devices, out.octet(CHILDREN).octet(TOPOLOGIES.of(change)));
            case Fact.Found(List<DeviceId> devices) -> writeDevices(devices, out.octet(FOUND));
            case Fact.Tagged(Map<String, String> tags) -> {
                out.octet(TAGGED).unsigned(tags.size());
                tags.forEach((name, value) -> out.text(name).text(value));
            }
            case Fact.Replied(String requestId, Answer answer) ->
                writeAnswer(answer, out.octet(REPLIED).text(requestId));
            case Fact.CallProgress progress -> writeCallProgress(progress, base, out.octet(CALL_PROGRESS));
            case Fact.MessageProgress progress -> writeMessageProgress(progress, out.octet(MESSAGE_PROGRESS));
            case Fact.Told(Event.Kind _, String what, Value.Fields content) ->
                ValueCodec.write(content, out.octet(TOLD).text(what));
        }
    }

    private static void writeDevices(List<DeviceId> devices, Out out) {
        out.unsigned(devices.size());
        devices.forEach(device -> writeDevice(device, out));
    }

    static Fact read(ByteBuffer in, Context context) {
        Fact fact = readAny(in, context);
        if (fact.kind() != context.kind) {
            throw new IllegalStateException("a fact of " + fact.kind() + " in an event of " + context.kind);
        }
        return fact;
    }

    private static Fact readAny(ByteBuffer in, Context context) {
        byte tag = in.get();
        return switch (tag) {
            case MESSAGE -> new Fact.Message();
            case PROPERTIES -> new Fact.Properties(readFacts(in, context));
            case HAPPENED -> new Fact.Happened(readFacts(in, context));
            case STATUS ->
                new Fact.Status(
                        in.get() == 1, ValueCodec.text(in), ValueCodec.time(in, context.time), ValueCodec.text(in));
            case LIFECYCLE -> new Fact.Lifecycle(LIFECYCLES.word(in.get()), ValueCodec.text(in), ValueCodec.text(in));
            case TOPOLOGY -> new Fact.Topology(in.get() == 1, readDevice(in));
            case CHILDREN -> new Fact.Children(TOPOLOGIES.word(in.get()), readList(in, EventCodec::readDevice));
            case FOUND -> new Fact.Found(readList(in, EventCodec::readDevice));
            case TAGGED -> new Fact.Tagged(readTags(in));
            case REPLIED -> new Fact.Replied(ValueCodec.text(in), readAnswer(in));
            case CALL_PROGRESS -> readCallProgress(in, context.time);
            case MESSAGE_PROGRESS ->
                new Fact.MessageProgress(
                        ValueCodec.text(in),
                        ValueCodec.text(in),
                        ValueCodec.text(in),
                        DELIVERY_STATES.word(in.get()),
                        readProblem(in),
                        ValueCodec.text(in));
            case TOLD -> new Fact.Told(context.kind, ValueCodec.text(in), readFields(in));
            default -> throw new IllegalStateException("no fact begins with " + tag);
        };
    }

    private static void writeFacts(Facts facts, Event event, Out out) {
        boolean own = facts.device().equals(event.device());
        out.octet((facts.current() ? 1 : 0) | (own ? 2 : 0));
        if (!own) {
            writeDevice(facts.device(), out);
        }
        out.text(facts.requestId()).unsigned(facts.samples().size());
        facts.samples().forEach(sample -> writeSample(sample, event.time(), out));
        out.unsigned(facts.occurrences().size());
        for (Occurrence occurrence : facts.occurrences()) {
            out.text(occurrence.key()).time(occurrence.time(), event.time());
            ValueCodec.write(occurrence.output(), out);
        }
        out.unsigned(facts.unfit().size());
        for (Facts.Unfit unfit : facts.unfit()) {
            writeSample(unfit.sample(), event.time(), out);
            out.text(unfit.kind().name()).text(unfit.detail());
        }
    }

    private static Facts readFacts(ByteBuffer in, Context context) {
        int parts = in.get();
        boolean current = (parts & 1) != 0;
        DeviceId device = (parts & 2) == 0 ? readDevice(in) : context.device;
        if (device == null) {
            throw new IllegalStateException("facts of no device");
        }
        String requestId = ValueCodec.text(in);
        List<Sample> samples = readList(in, octets -> readSample(octets, context.time));
        List<Occurrence> occurrences = readList(in, _ -> {
            String key = ValueCodec.text(in);
            Instant time = ValueCodec.time(in, context.time);
            return new Occurrence(key, readFields(in), time);
        });
        List<Facts.Unfit> unfit = readList(
                in,
                _ -> new Facts.Unfit(
                        readSample(in, context.time),
                        Violation.Kind.valueOf(ValueCodec.text(in)),
                        ValueCodec.text(in)));
        return new Facts(device, samples, occurrences, current, requestId, unfit);
    }

    private static void writeSample(Sample sample, Instant base, Out out) {
        out.text(sample.key()).time(sample.time(), base);
        ValueCodec.write(sample.value(), out);
    }

    private static Sample readSample(ByteBuffer in, Instant base) {
        String key = ValueCodec.text(in);
        Instant time = ValueCodec.time(in, base);
        return new Sample(key, ValueCodec.read(in), time);
    }

    private static void writeCallProgress(Fact.CallProgress progress, Instant base, Out out) {
        Fact.CallTimes times = progress.times();
        out.text(progress.call()).text(progress.target()).octet(CALL_STATES.of(progress.state()));
        out.time(times.created(), base);
        writeTime(times.sent(), base, out);
        writeTime(times.acknowledged(), base, out);
        writeTime(times.ended(), base, out);
        writeAnswer(progress.answer(), out);
        writeProblem(progress.problem(), out);
        out.text(progress.detail());
    }

    private static Fact.CallProgress readCallProgress(ByteBuffer in, Instant base) {
        return new Fact.CallProgress(
                ValueCodec.text(in),
                ValueCodec.text(in),
                CALL_STATES.word(in.get()),
                new Fact.CallTimes(
                        ValueCodec.time(in, base), readTime(in, base), readTime(in, base), readTime(in, base)),
                readAnswer(in),
                readProblem(in),
                ValueCodec.text(in));
    }

    private static void writeMessageProgress(Fact.MessageProgress progress, Out out) {
        out.text(progress.message()).text(progress.name()).text(progress.topic());
        writeProblem(progress.problem(), out.octet(DELIVERY_STATES.of(progress.state())));
        out.text(progress.detail());
    }

    private static void writeAnswer(@Nullable Answer answer, Out out) {
        if (answer == null) {
            out.octet(0);
            return;
        }
        boolean timed = !answer.times().isEmpty();
        out.octet((answer.succeeded() ? 1 : 2) + (timed ? TIMED : 0))
                .text(answer.code())
                .text(answer.message());
        ValueCodec.write(answer.output(), out);
        if (timed) {
            ValueCodec.writeTimes(answer.times(), out);
        }
    }

    private static @Nullable Answer readAnswer(ByteBuffer in) {
        byte form = in.get();
        return form == 0
                ? null
                : new Answer(
                        form % TIMED == 1,
                        ValueCodec.text(in),
                        ValueCodec.text(in),
                        readFields(in),
                        form > TIMED ? ValueCodec.readTimes(in) : Map.of());
    }

    private static void writeProblem(@Nullable Problem problem, Out out) {
        out.text(problem == null ? "" : problem.name());
    }

    private static @Nullable Problem readProblem(ByteBuffer in) {
        String name = ValueCodec.text(in);
        return name.isEmpty() ? null : Problem.valueOf(name);
    }

    private static void writeTime(@Nullable Instant time, Instant base, Out out) {
        if (time == null) {
            out.octet(0);
        } else {
            out.octet(1).time(time, base);
        }
    }

    private static @Nullable Instant readTime(ByteBuffer in, Instant base) {
        return in.get() == 0 ? null : ValueCodec.time(in, base);
    }

    private static Map<String, String> readTags(ByteBuffer in) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            tags.put(ValueCodec.text(in), ValueCodec.text(in));
        }
        return tags;
    }

    private static Value.Fields readFields(ByteBuffer in) {
        if (ValueCodec.read(in) instanceof Value.Fields fields) {
            return fields;
        }
        throw new IllegalStateException("a value is not made of fields");
    }

    private static <T> List<T> readList(ByteBuffer in, Function<ByteBuffer, T> each) {
        List<T> list = new ArrayList<>();
        for (long left = ValueCodec.unsigned(in); left > 0; left--) {
            list.add(each.apply(in));
        }
        return list;
    }
}
