package io.berth.dialect.aliyun.device;

import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.state.Facts;
import io.berth.core.thing.Check;
import io.berth.core.thing.EventType;
import io.berth.core.thing.Occurrence;
import io.berth.core.thing.Sample;
import io.berth.core.thing.ThingModel;
import io.berth.dialect.DeviceServices;
import io.berth.json.ValueJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;

/// What one device reports in one message: gathered value by value, then admitted by its thing model (spec
/// aliyun-device 5.3).
///
/// Too many properties or an impossible time refuse the whole message. What else does not fit refuses it where
/// reports are strict; otherwise it is left out and the rest is kept.
final class AlinkReport {
    private static final List<String> UNFIT = List.of("values that do not fit the thing model");

    private static final int MAX_PROPERTIES = 200;

    private final ThingModel model;
    private final boolean strict;
    private final Instant now;
    private final List<Sample> samples = new ArrayList<>(4);
    private final List<Occurrence> occurrences = new ArrayList<>(0);
    private int properties;
    private AlinkCode refusal = AlinkCode.SUCCESS;
    private AlinkCode unfit = AlinkCode.SUCCESS;

    AlinkReport(ThingModel model, DeviceServices services) {
        this.model = model;
        this.strict = services.rules().strictReports();
        this.now = services.clock().instant();
    }

    /// Reads the properties of a post as they come, with no tree in between: there is no busier message. What
    /// is no object is left unread.
    void readProperties(JsonParser json) {
        if (json.isExpectedStartObjectToken()) {
            for (String key = json.nextName(); key != null; key = json.nextName()) {
                json.nextToken();
                countProperty();
                sample(key, ValueJson.read(json));
            }
        }
    }

    /// Values of one property.
    void properties(String key, List<Value> given) {
        countProperty();
        given.forEach(one -> sample(key, one));
    }

    void event(String key, Value given) {
        EventType event = model.event(key);
        TimedValue timed = TimedValue.of(given);
        Instant time = timed.at(now);
        if (time == null) {
            refuse(AlinkCode.BAD_TIME);
        } else if (event == null) {
            leaveOut(AlinkCode.EVENT_UNKNOWN);
        } else if (timed.value() instanceof Value.Fields output) {
            Check check = check();
            Value.Fields admitted = event.admit(output, check);
            if (admitted != null) {
                occurrences.add(new Occurrence(key, admitted, time));
            } else {
                leaveOut(AlinkCode.of(check.violations()));
            }
        } else {
            leaveOut(AlinkCode.PARAMETER_ERROR);
        }
    }

    /// What was gathered, as far as it fits.
    Admitted admit() {
        Check check = check();
        List<Sample> admitted = model.admitReport(samples, now, check);
        if (!check.isClean()) {
            leaveOut(AlinkCode.of(check.violations()));
        }
        AlinkCode code = refusal == AlinkCode.SUCCESS && strict ? unfit : refusal;
        return new Admitted(code, unfit, admitted, occurrences, Facts.Unfit.of(samples, admitted, check));
    }

    /// @param code SUCCESS, or why the message is refused
    /// @param unfit why the first thing that was left out did not fit, SUCCESS when all did
    /// @param left the values that were left out
    record Admitted(
            AlinkCode code,
            AlinkCode unfit,
            List<Sample> samples,
            List<Occurrence> occurrences,
            List<Facts.Unfit> left) {
        /// Why parts of the message are left out, for whoever counts.
        List<String> leftOut() {
            return unfit == AlinkCode.SUCCESS ? List.of() : UNFIT;
        }

        /// Why it is refused where nothing may be left out.
        AlinkCode strictCode() {
            return code == AlinkCode.SUCCESS ? unfit : code;
        }

        /// @param requestId what the device calls its message
        /// @param current false for values that were kept back
        Facts facts(DeviceId device, String requestId, boolean current) {
            return new Facts(device, samples, occurrences, current, requestId, left);
        }
    }

    /// The message cannot be taken, however lenient reports are.
    void refuse(AlinkCode code) {
        refusal = refusal == AlinkCode.SUCCESS ? code : refusal;
    }

    private void countProperty() {
        if (++properties > MAX_PROPERTIES) {
            refuse(AlinkCode.TOO_MANY_PROPERTIES);
        }
    }

    private void sample(String key, Value given) {
        TimedValue timed = TimedValue.of(given);
        Instant time = timed.at(now);
        if (time == null) {
            refuse(AlinkCode.BAD_TIME);
        } else {
            samples.add(new Sample(key, timed.value(), time));
        }
    }

    private void leaveOut(AlinkCode code) {
        unfit = unfit == AlinkCode.SUCCESS ? code : unfit;
    }

    private Check check() {
        return strict ? Check.strict() : Check.tolerant();
    }
}
