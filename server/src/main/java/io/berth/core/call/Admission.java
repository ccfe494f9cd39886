package io.berth.core.call;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.message.Answer;
import io.berth.core.message.Uplink;
import io.berth.core.state.Things;
import io.berth.core.thing.Check;
import io.berth.core.thing.Module;
import io.berth.core.thing.Property;
import io.berth.core.thing.Service;
import io.berth.core.thing.ThingModel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a thing model lets through: inputs on their way down, outputs on their way up. A product without a
/// model takes everything as it comes.
record Admission(ThingModel model) {
    private static final Answer BARE = new Answer(true, "", "", Value.Fields.NONE);

    /// What the device said, in the form of the model where it fits.
    record Judged(Answer answer, String misfit) {}

    /// The input in the form of the model. MODEL_NOT_FOUND, VALUE_INVALID, INVALID_ARGUMENT.
    Value.Fields input(Wanted wanted, int maxBytes) {
        ProblemException.require(
                bytes(wanted.input()) <= maxBytes, "the input of a call has at most " + maxBytes + " bytes");
        return switch (wanted.kind()) {
            case SET -> values(wanted.input());
            case GET -> identifiers(wanted.target(), wanted.input());
            case SERVICE -> arguments(wanted);
        };
    }

    boolean isSync(Wanted wanted) {
        if (wanted.sync() != null) {
            return wanted.sync();
        }
        return switch (wanted.kind()) {
            case SET -> false;
            case GET -> true;
            case SERVICE -> {
                Service service = model.service(wanted.target());
                yield service == null || service.callType() == Service.CallType.SYNC;
            }
        };
    }

    /// What does not fit is kept as it came and named (spec aliyun-device 7, last lines).
    Judged judge(Call call, Uplink.Reply reply) {
        // an answer without a form the wire knows is an answer all the same
        Answer answer = reply.answer() == null ? BARE : reply.answer();
        Check check = Check.tolerant();
        Value.Fields output = answer.succeeded() ? output(call, answer.output(), check) : answer.output();
        if (output == null) {
            String misfit = check.violations().stream().map(Object::toString).collect(Collectors.joining("; "));
            return new Judged(answer, misfit);
        }
        return new Judged(answer.with(output), "");
    }

    private Value.@Nullable Fields output(Call call, Value.Fields output, Check check) {
        return switch (call.kind()) {
            case SET -> output;
            case GET -> readings(output, check);
            case SERVICE -> {
                Service service = model.service(call.target());
                yield service == null ? output : service.admitOutput(output, check);
            }
        };
    }

    /// Properties the model does not know are no misfit: they may be of the model before.
    private Value.@Nullable Fields readings(Value.Fields output, Check check) {
        SequencedMap<String, Value> admitted = new LinkedHashMap<>();
        output.fields().forEach((key, value) -> {
            Property property = model.property(key);
            Value fits = property == null ? value : property.type().admit(value, key, check);
            if (fits != null) {
                admitted.put(key, fits);
            }
        });
        return check.isClean() ? new Value.Fields(admitted) : null;
    }

    private Value.Fields values(Value.Fields values) {
        ProblemException.require(!values.isEmpty(), "name at least one property to set");
        return model.isEmpty() ? values : Things.admit(model, values);
    }

    private Value.Fields identifiers(String module, Value.Fields identifiers) {
        if (!model.isEmpty() && model.module(module) == null) {
            throw notFound("module", module);
        }
        for (String identifier : identifiers.fields().keySet()) {
            if (!model.isEmpty() && model.property(Module.key(module, identifier)) == null) {
                throw notFound("property", identifier);
            }
        }
        return identifiers;
    }

    private Value.Fields arguments(Wanted wanted) {
        Service service = model.service(wanted.target());
        if (service == null) {
            if (model.isEmpty() || wanted.beyondModel()) {
                return wanted.input();
            }
            throw notFound("service", wanted.target());
        }
        Check check = Check.tolerant();
        Value.Fields admitted = service.admitInput(wanted.input(), check);
        if (admitted == null) {
            throw Things.invalid(check);
        }
        return admitted;
    }

    private static ProblemException notFound(String what, String name) {
        return new ProblemException(Problem.MODEL_NOT_FOUND, "the thing model has no " + what + " \"" + name + "\"");
    }

    /// About as many as the value has as JSON.
    private static int bytes(Value value) {
        return switch (value) {
            case Value.Text(String text) -> bytes(text);
            case Value.Items items ->
                items.items().stream().mapToInt(Admission::bytes).sum()
                        + around(items.items().size());
            case Value.Fields fields ->
                fields.fields().entrySet().stream()
                                .mapToInt(field -> bytes(field.getKey()) + 1 + bytes(field.getValue()))
                                .sum()
                        + around(fields.fields().size());
            case Value.Whole(long number) -> Long.toString(number).length();
            case Value.Decimal(double number) -> Double.toString(number).length();
            case Value.Moment(var time) -> Long.toString(time.toEpochMilli()).length();
            case Value.Flag _, Value.Nothing _ -> 4;
        };
    }

    /// Brackets, and what is between the members.
    private static int around(int members) {
        return 2 + Math.max(0, members - 1);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + 2;
    }
}
