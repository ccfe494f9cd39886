package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One device of a batch and what became of it.
///
/// @param place its place in the batch, from 1: of a batch from a file the number of the line
/// @param name `product/device`, or the device's alias
/// @param input what it alone needs, beside the document of the batch
/// @param outcome of the last attempt
public record Target(long place, String name, Value.Fields input, State state, int attempts, Outcome outcome) {
    static final String COLUMN = "column";
    private static final int MAX_NAME = 129;

    public Target {
        require(
                !name.isEmpty() && name.length() <= MAX_NAME && name.indexOf('\0') < 0,
                "a target is called product/device or by its alias");
    }

    public enum State {
        WAITING,
        /// Being worked on, or it was when the server was killed: then it is tried again.
        RUNNING,
        /// It failed and will be tried again.
        RETRYING,
        DONE,
        FAILED,
        STOPPED
    }

    /// @param problem why it failed, null when it did not
    /// @param detail the same as a sentence
    /// @param output what the device answered; of a line that says no device the column at fault
    /// @param due when it is tried again, null when it is not
    public record Outcome(
            @Nullable Problem problem,
            String detail,
            Value.Fields output,
            @Nullable Instant due) {
        public static final Outcome NONE = new Outcome(null, "", Value.Fields.NONE, null);
    }

    public static Target waiting(long place, String name, Value.Fields input) {
        return new Target(place, name, input, State.WAITING, 0, Outcome.NONE);
    }

    /// One of which it is known beforehand that nothing can be done to it.
    public static Target refused(long place, String name, ProblemException why) {
        return waiting(place, name, Value.Fields.NONE).failed(why.problem(), why.detail());
    }

    /// A line of a list that says no device.
    ///
    /// @param column the one at fault, empty when it is none alone
    static Target unreadable(long line, String column, ProblemException why) {
        Target refused = refused(line, "line " + line, why);
        Value.Fields at = column.isEmpty() ? Value.Fields.NONE : Value.Fields.of(COLUMN, new Value.Text(column));
        return refused.with(State.FAILED, refused.attempts, new Outcome(why.problem(), why.detail(), at, null));
    }

    public static Target of(long place, DeviceId device) {
        return waiting(place, device.toString(), Value.Fields.NONE);
    }

    /// No alias has a slash, so the two forms cannot be mistaken for one another.
    public DeviceRef device() {
        int slash = name.indexOf('/');
        return slash < 0
                ? new DeviceRef.ByAlias(name)
                : new DeviceRef.ById(new DeviceId(name.substring(0, slash), name.substring(slash + 1)));
    }

    /// Whether it is a line that said no device, and never will.
    boolean isUnreadable() {
        return outcome.problem() != null && name.equals("line " + place);
    }

    /// INVALID_ARGUMENT when it is called by an alias.
    DeviceId id() {
        if (device() instanceof DeviceRef.ById(DeviceId id)) {
            return id;
        }
        throw new ProblemException(Problem.INVALID_ARGUMENT, "a device to register is called product/device");
    }

    public Target withInput(Value.Fields changed) {
        return new Target(place, name, changed, state, attempts, outcome);
    }

    Target done(Value.Fields output) {
        return with(State.DONE, attempts + 1, new Outcome(null, "", output, null));
    }

    /// As it is after another attempt that changed nothing.
    Target failedAgain() {
        return with(State.FAILED, attempts + 1, outcome);
    }

    Target failed(ProblemException why) {
        return failed(why.problem(), why.detail());
    }

    Target failed(Problem problem, String detail) {
        return with(State.FAILED, attempts + 1, new Outcome(problem, detail, Value.Fields.NONE, null));
    }

    Target retriedAt(Instant due) {
        return with(State.RETRYING, attempts, new Outcome(outcome.problem(), outcome.detail(), outcome.output(), due));
    }

    private Target with(State state, int attempts, Outcome outcome) {
        return new Target(place, name, input, state, attempts, outcome);
    }
}
