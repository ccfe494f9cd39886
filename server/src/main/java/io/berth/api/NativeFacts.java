package io.berth.api;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.message.Answer;
import io.berth.core.message.Fact;
import io.berth.core.state.Facts;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What events say, in the words of the native API. What is not known is left out.
final class NativeFacts {
    private NativeFacts() {}

    /// Empty for a message: the bytes say it all.
    static Value.Fields of(Fact fact) {
        return switch (fact) {
            case Fact.Message _ -> Value.Fields.NONE;
            case Fact.Properties(Facts facts) -> properties(facts);
            case Fact.Happened(Facts facts) -> happened(facts);
            case Fact.Status status ->
                new Members()
                        .with("status", status.online() ? "online" : "offline")
                        .with("cause", status.cause())
                        .with("since", status.since())
                        .with("address", status.address())
                        .fields();
            case Fact.Lifecycle lifecycle ->
                new Members()
                        .with("change", word(lifecycle.change()))
                        .with("alias", lifecycle.alias())
                        .with("nodeId", lifecycle.nodeId())
                        .fields();
            case Fact.Topology topology ->
                new Members()
                        .with("change", topology.added() ? "added" : "removed")
                        .with("gateway", device(topology.gateway()))
                        .fields();
            case Fact.Children children ->
                new Members()
                        .with("change", word(children.change()))
                        .with("children", devices(children.devices()))
                        .fields();
            case Fact.Found(List<DeviceId> found) ->
                new Members().with("found", devices(found)).fields();
            case Fact.Tagged(var tags) -> {
                Members words = new Members();
                tags.forEach(words::with);
                yield new Members().with("tags", words.fields()).fields();
            }
            case Fact.Replied replied ->
                new Members()
                        .with("requestId", replied.requestId())
                        .with("answer", answer(replied.answer()))
                        .fields();
            case Fact.CallProgress call ->
                new Members()
                        .with("call", call.call())
                        .with("target", call.target())
                        .with("state", word(call.state()))
                        .with("created", call.times().created())
                        .with("sent", call.times().sent())
                        .with("acknowledged", call.times().acknowledged())
                        .with("ended", call.times().ended())
                        .with("answer", answer(call.answer()))
                        .with(
                                "problem",
                                call.problem() == null ? "" : call.problem().name())
                        .with("detail", call.detail())
                        .fields();
            case Fact.MessageProgress message ->
                new Members()
                        .with("message", message.message())
                        .with("name", message.name())
                        .with("topic", message.topic())
                        .with("state", message.problem() == null ? word(message.state()) : "failed")
                        .with(
                                "problem",
                                message.problem() == null
                                        ? ""
                                        : message.problem().name())
                        .with("detail", message.detail())
                        .fields();
            case Fact.Told told ->
                new Members().with(told.what(), told.content()).fields();
        };
    }

    private static Value.Fields properties(Facts facts) {
        Members properties = new Members();
        Map<String, List<Value>> earlier = new HashMap<>(0);
        for (Sample sample : facts.samples()) {
            Value before = properties.get(sample.key());
            if (before != null) {
                earlier.computeIfAbsent(sample.key(), _ -> new ArrayList<>(1)).add(bare(before));
            }
            properties.with(
                    sample.key(),
                    sample(sample).with("earlier", earlier.get(sample.key())).fields());
        }
        Members unfit = new Members();
        for (Facts.Unfit left : facts.unfit()) {
            unfit.with(
                    left.sample().key(),
                    sample(left.sample())
                            .with("problem", word(left.kind()))
                            .with("detail", left.detail())
                            .fields());
        }
        return new Members()
                .with("properties", properties.fields())
                .with("unfit", unfit.fields())
                .with("requestId", facts.requestId())
                .withHistory(facts)
                .fields();
    }

    private static Value.Fields happened(Facts facts) {
        Members words = new Members();
        for (Occurrence occurrence : facts.occurrences()) {
            words.with("event", occurrence.key()).with("eventTime", occurrence.time());
            words.with("output", (Value) occurrence.output());
        }
        return words.with("requestId", facts.requestId()).withHistory(facts).fields();
    }

    /// Without the values before it.
    private static Value bare(Value shown) {
        Value.Fields fields = (Value.Fields) shown;
        return new Members()
                .with("value", fields.get("value"))
                .with("time", fields.get("time"))
                .fields();
    }

    private static Members sample(Sample sample) {
        return new Members().with("value", sample.value()).with("time", sample.time());
    }

    private static Value.Fields answer(@Nullable Answer answer) {
        return answer == null
                ? Value.Fields.NONE
                : new Members()
                        .with("succeeded", new Value.Flag(answer.succeeded()))
                        .with("code", answer.code())
                        .with("message", answer.message())
                        .with("output", answer.output())
                        .fields();
    }

    private static Value devices(List<DeviceId> ids) {
        return new Value.Items(ids.stream().<Value>map(NativeFacts::device).toList());
    }

    private static Value.Fields device(DeviceId id) {
        return new Members()
                .with("product", id.product())
                .with("device", id.name())
                .fields();
    }

    private static String word(Enum<?> constant) {
        return Words.of(constant);
    }

    /// Gathers members, leaving out the empty ones.
    private static final class Members {
        private final SequencedMap<String, Value> members = new LinkedHashMap<>();

        Members with(String name, String text) {
            return text.isEmpty() ? this : with(name, (Value) new Value.Text(text));
        }

        Members with(String name, @Nullable Instant time) {
            return time == null ? this : with(name, time.toString());
        }

        Members with(String name, Value.Fields fields) {
            return fields.isEmpty() ? this : with(name, (Value) fields);
        }

        Members with(String name, Value value) {
            members.put(name, value);
            return this;
        }

        Members with(String name, @Nullable List<Value> items) {
            return items == null ? this : with(name, (Value) new Value.Items(items));
        }

        @Nullable
        Value get(String name) {
            return members.get(name);
        }

        Members withHistory(Facts facts) {
            return facts.current() ? this : with("history", (Value) new Value.Flag(true));
        }

        Value.Fields fields() {
            return new Value.Fields(members);
        }
    }
}
