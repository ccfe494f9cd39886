package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.Problem;
import io.berth.core.Value;
import io.berth.core.batch.BatchId;
import io.berth.core.batch.Target;
import io.berth.core.device.DeviceId;
import io.berth.core.device.DeviceRef;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rows of targets: what each needs and what became of it. Part of the transactions of [SqlBatchStore].
final class SqlBatchTargets {
    private static final String SELECT =
            "SELECT place, name, input, state, attempts, problem, detail, output, due FROM batch_target WHERE ";
    private static final String PUT = """
            INSERT INTO batch_target (batch, place, name, input, state, attempts, problem, detail, output, due)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (batch, place) DO UPDATE SET input = excluded.input,
            state = excluded.state, attempts = excluded.attempts, problem = excluded.problem,
            detail = excluded.detail, output = excluded.output, due = excluded.due""";

    private static final Set<Target.State> TO_STOP =
            EnumSet.of(Target.State.WAITING, Target.State.RUNNING, Target.State.RETRYING);

    /// Both engines allow more values in a statement.
    private static final int NAMED_AT_ONCE = 500;

    private final SecretCipher cipher;

    SqlBatchTargets(SecretCipher cipher) {
        this.cipher = cipher;
    }

    /// Adds targets or replaces what is known of them.
    void put(Sql sql, BatchId batch, List<Target> targets) throws SQLException {
        if (!targets.isEmpty()) {
            sql.updateAll(
                    PUT, targets.stream().map(target -> values(batch, target)).toList());
        }
    }

    /// A target of a registration that is over with it: the secret is the device's now.
    static Target withoutInput(Target target) {
        return target.state() == Target.State.DONE ? target.withInput(Value.Fields.NONE) : target;
    }

    List<Target> take(Sql sql, BatchId batch, Instant now, int most) throws SQLException {
        List<Target> taken = new ArrayList<>();
        for (Target.State state : List.of(Target.State.RUNNING, Target.State.RETRYING, Target.State.WAITING)) {
            taken.addAll(list(
                    sql,
                    batch,
                    "batch = ? AND state = ? AND (due IS NULL OR due <= ?) ORDER BY place LIMIT ?",
                    batch.number(),
                    state,
                    now,
                    most - taken.size()));
        }
        mark(sql, batch, taken, Target.State.RUNNING);
        return taken;
    }

    List<Target> list(Sql sql, BatchId batch, String condition, Object... values) throws SQLException {
        return sql.list(SELECT + condition, row -> target(batch, row), values);
    }

    /// Moves targets that are in one of these states, of these names or, when there are none, all; as they
    /// were.
    List<Target> move(Sql sql, BatchId batch, Collection<String> names, Set<Target.State> from, Target.State to)
            throws SQLException {
        List<Target> found = new ArrayList<>();
        List<String> all = List.copyOf(names);
        for (int first = 0; first == 0 || first < all.size(); first += NAMED_AT_ONCE) {
            Condition condition = new Condition("batch = ?", batch.number())
                    .among("state", from)
                    .among("name", all.subList(first, Math.min(first + NAMED_AT_ONCE, all.size())));
            found.addAll(list(
                    sql,
                    batch,
                    condition.sql() + " ORDER BY place",
                    condition.values().toArray()));
        }
        mark(sql, batch, found, to);
        return found;
    }

    void stopAll(Sql sql, BatchId batch) throws SQLException {
        move(sql, batch, List.of(), TO_STOP, Target.State.STOPPED);
    }

    /// When there is something to do again; empty when nothing is left.
    Optional<Instant> nextDue(Sql sql, BatchId batch) throws SQLException {
        return sql.one("""
                SELECT COALESCE(due, 0) AS next FROM batch_target WHERE batch = ? AND state IN ('WAITING', 'RETRYING')
                ORDER BY next LIMIT 1""", Row::instant, batch.number());
    }

    /// The devices it made of these places of its list.
    List<DeviceId> done(Sql sql, BatchId batch, long offset, int most) throws SQLException {
        List<Target> done = list(
                sql,
                batch,
                "batch = ? AND state = 'DONE' ORDER BY place LIMIT ? OFFSET ?",
                batch.number(),
                most,
                offset);
        List<DeviceId> devices = new ArrayList<>(done.size());
        for (Target target : done) {
            if (target.device() instanceof DeviceRef.ById(DeviceId id)) {
                devices.add(id);
            }
        }
        return devices;
    }

    /// Places after the one and up to the other whose devices it did not make.
    Set<Long> unregistered(Sql sql, BatchId batch, long after, long to) throws SQLException {
        return new HashSet<>(sql.list(
                "SELECT place FROM batch_target WHERE batch = ? AND place > ? AND place <= ? AND state <> 'DONE'",
                Row::number,
                batch.number(),
                after,
                to));
    }

    private static void mark(Sql sql, BatchId batch, List<Target> targets, Target.State state) throws SQLException {
        if (targets.isEmpty()) {
            return;
        }
        sql.updateAll(
                "UPDATE batch_target SET state = ?, due = NULL WHERE batch = ? AND place = ?",
                targets.stream()
                        .map(target -> new @Nullable Object[] {state, batch.number(), target.place()})
                        .toList());
    }

    private @Nullable Object[] values(BatchId batch, Target target) {
        Target.Outcome outcome = target.outcome();
        return new @Nullable Object[] {
            batch.number(),
            target.place(),
            target.name(),
            input(batch, target),
            target.state(),
            target.attempts(),
            outcome.problem(),
            outcome.detail(),
            outcome.output().isEmpty() ? null : ValueCodec.encode(outcome.output()),
            outcome.due()
        };
    }

    private byte @Nullable [] input(BatchId batch, Target target) {
        return target.input().isEmpty()
                ? null
                : cipher.seal(
                        ValueCodec.encode(target.input()), SecretCipher.rowOfTarget(batch.number(), target.place()));
    }

    private Target target(BatchId batch, Row row) throws SQLException {
        long place = row.number();
        String name = row.text();
        byte[] sealed = row.bytesOrNull();
        Value.Fields input = sealed == null
                ? Value.Fields.NONE
                : ValueCodec.decodeFields(cipher.openBytes(sealed, SecretCipher.rowOfTarget(batch.number(), place)));
        Target.State state = row.word(Target.State.class);
        int attempts = (int) row.number();
        String problem = row.textOrNull();
        String detail = row.text();
        byte[] output = row.bytesOrNull();
        Target.Outcome outcome = new Target.Outcome(
                problem == null ? null : Problem.valueOf(problem),
                detail,
                output == null ? Value.Fields.NONE : ValueCodec.decodeFields(output),
                row.instantOrNull());
        return new Target(place, name, input, state, attempts, outcome);
    }
}
