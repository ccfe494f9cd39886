package io.berth.dialect.aliyun.device;

import io.berth.core.Payload;
import io.berth.core.Value;
import io.berth.core.state.ShadowDocument;
import io.berth.json.ValueJson;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/// What a device wants of its shadow document (spec aliyun-device 5.4).
sealed interface ShadowRequest {
    record Get() implements ShadowRequest {}

    /// @param version what the document is to have after the change
    record Change(long version, UnaryOperator<ShadowDocument> change) implements ShadowRequest {}

    record Refused(ShadowCode code) implements ShadowRequest {}

    static ShadowRequest read(Payload payload) {
        if (payload.size() == 0) {
            return new Refused(ShadowCode.EMPTY);
        }
        try (JsonParser json = ValueJson.open(payload)) {
            json.nextToken();
            return ValueJson.read(json) instanceof Value.Fields message && json.nextToken() == null
                    ? of(message)
                    : new Refused(ShadowCode.NOT_JSON);
        } catch (JacksonException e) {
            return new Refused(ShadowCode.NOT_JSON);
        }
    }

    private static ShadowRequest of(Value.Fields message) {
        if (message.isEmpty()) {
            return new Refused(ShadowCode.EMPTY);
        }
        Value method = message.get("method");
        if (method == Value.Nothing.NOTHING) {
            return new Refused(ShadowCode.NO_METHOD);
        }
        return switch (method instanceof Value.Text(String word) ? word : "") {
            case "get" -> new Get();
            case "update" -> change(message, ShadowRequest::update);
            case "delete" -> change(message, ShadowRequest::delete);
            default -> new Refused(ShadowCode.BAD_METHOD);
        };
    }

    @FunctionalInterface
    interface Changing {
        ShadowRequest of(Value.Fields state, long version);
    }

    private static ShadowRequest change(Value.Fields message, Changing changing) {
        if (!(message.get("state") instanceof Value.Fields state)) {
            return new Refused(ShadowCode.NO_STATE);
        }
        return message.get("version") instanceof Value.Whole(long version)
                ? changing.of(state, version)
                : new Refused(ShadowCode.BAD_VERSION);
    }

    /// A device may say what is so, and that it did all that was wanted of it.
    private static ShadowRequest update(Value.Fields state, long version) {
        boolean isDone = state.fields().containsKey("desired") && isGone(state.get("desired"));
        if (!(state.get("reported") instanceof Value.Fields reported)) {
            return isDone ? new Change(version, ShadowDocument::forgetDesired) : new Refused(ShadowCode.NO_REPORTED);
        }
        if (reported.isEmpty()) {
            return new Refused(ShadowCode.REPORTED_EMPTY);
        }
        return new Change(version, shadow -> {
            ShadowDocument changed = shadow.report(reported);
            return isDone ? changed.forgetDesired() : changed;
        });
    }

    private static ShadowRequest delete(Value.Fields state, long version) {
        if (!state.fields().containsKey("reported")) {
            return new Refused(ShadowCode.NO_REPORTED);
        }
        Value reported = state.get("reported");
        if (isGone(reported)) {
            return new Change(version, ShadowDocument::forgetReported);
        }
        if (!(reported instanceof Value.Fields attributes)) {
            return new Refused(ShadowCode.NO_REPORTED);
        }
        return attributes.isEmpty()
                ? new Refused(ShadowCode.REPORTED_EMPTY)
                : new Change(version, shadow -> shadow.forgetReported(marked(attributes)));
    }

    /// The vendor's documents write the text `null`, JSON's own is taken too.
    private static boolean isGone(Value value) {
        return value == Value.Nothing.NOTHING || value.equals(new Value.Text("null"));
    }

    private static Value.Fields marked(Value.Fields attributes) {
        SequencedMap<String, Value> marked = new LinkedHashMap<>();
        attributes.fields().forEach((name, value) -> {
            if (isGone(value)) {
                marked.put(name, Value.Nothing.NOTHING);
            } else if (value instanceof Value.Fields inner) {
                marked.put(name, marked(inner));
            }
        });
        return new Value.Fields(marked);
    }
}
