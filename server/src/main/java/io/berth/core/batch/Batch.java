package io.berth.core.batch;

import static io.berth.core.ProblemException.require;

import io.berth.core.Value;
import io.berth.core.caller.Area;
import io.berth.core.device.DeviceCondition;
import io.berth.core.product.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A long job over many devices.
///
/// @param document what its kind needs to know, in the words of [Steps] and [NameSeries]
/// @param note why it ended before its end, empty otherwise
public record Batch(
        BatchId id,
        Kind kind,
        String name,
        Scope scope,
        Value.Fields document,
        Policy policy,
        State state,
        Progress progress,
        Times times,
        String note) {
    private static final int MAX_NAME = 256;

    public Batch {
        require(name.length() <= MAX_NAME, "the name of a batch has at most " + MAX_NAME + " characters");
    }

    /// What is done to each device.
    public enum Kind {
        /// Registers devices whose names are made up.
        GENERATE,
        /// Registers devices of a list.
        REGISTER,
        DELETE,
        DISABLE,
        ENABLE,
        /// Makes them as new: they count as never seen and may register themselves again.
        RESET,
        /// Gives each another secret, made up, and ends its session.
        RESET_SECRET,
        /// Changes what people say of it.
        UPDATE,
        /// Sets properties of devices that are online.
        SET,
        /// Wants property values from now on.
        DESIRE,
        COMMAND,
        MESSAGE;

        /// What a caller must have the right to.
        public Area area() {
            return switch (this) {
                case GENERATE, REGISTER, DELETE, DISABLE, ENABLE, RESET, RESET_SECRET, UPDATE -> Area.DEVICES;
                case SET, DESIRE, COMMAND -> Area.THINGS;
                case MESSAGE -> Area.MESSAGES;
            };
        }

        public boolean registers() {
            return this == GENERATE || this == REGISTER;
        }

        /// Whether its devices have new secrets, which somebody wants to have.
        public boolean makesSecrets() {
            return registers() || this == RESET_SECRET;
        }
    }

    public enum State {
        /// Its list is still being read.
        READING,
        /// Looked at, but nobody said that it should begin.
        PREPARED,
        WAITING,
        RUNNING,
        DONE,
        /// Ended; some targets failed or were stopped.
        PARTLY_DONE,
        /// Ended; no target succeeded.
        FAILED,
        /// To end as soon as what is under way is over.
        STOPPING,
        STOPPED;

        public boolean isOver() {
            return switch (this) {
                case DONE, PARTLY_DONE, FAILED, STOPPED -> true;
                case READING, PREPARED, WAITING, RUNNING, STOPPING -> false;
            };
        }
    }

    /// Where it may act.
    ///
    /// @param product what it registers devices of, null where each target says it
    /// @param space id of the resource space it belongs to: devices elsewhere do not exist for it; null for all
    public record Scope(@Nullable String product, @Nullable String space) {
        public static final Scope EVERYWHERE = new Scope(null, null);

        boolean covers(Product of) {
            return space == null || space.equals(of.space());
        }

        /// The devices that exist for it.
        DeviceCondition devices() {
            return space == null ? new DeviceCondition.All(List.of()) : DeviceCondition.inSpaces(List.of(space));
        }
    }

    /// @param schedule when it begins, null for at once (spec huawei-iotda 7.10: within seven days)
    /// @param retries how often a target that failed is tried again
    /// @param retryInterval how long it rests before
    public record Policy(@Nullable Instant schedule, int retries, Duration retryInterval) {
        private static final int MAX_RETRIES = 5;
        private static final Duration MAX_INTERVAL = Duration.ofDays(1);

        public static final Policy AT_ONCE = new Policy(null, 0, Duration.ZERO);

        public Policy {
            require(retries >= 0 && retries <= MAX_RETRIES, "a target is retried " + MAX_RETRIES + " times at most");
            require(
                    !retryInterval.isNegative() && retryInterval.compareTo(MAX_INTERVAL) <= 0,
                    "a target rests a day at most before it is retried");
        }
    }

    /// @param total how many targets it has
    /// @param next of a registration with made up names: how many numbers were dealt with
    public record Progress(long total, long done, long failed, long next) {
        /// How many places of a registration there are to look at for its devices.
        long places() {
            return Math.max(next, done);
        }

        /// Targets of which nothing became yet.
        public long open() {
            return total - done - failed;
        }
    }

    /// @param due when there is something to do again
    /// @param started null while it never ran
    /// @param ended null while it is not over
    public record Times(
            Instant created,
            Instant due,
            @Nullable Instant started,
            @Nullable Instant ended) {}
}
