package io.berth.storage;

import io.berth.binary.ValueCodec;
import io.berth.core.batch.Batch;
import io.berth.core.batch.BatchId;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The rows of batches: how one is written and read.
final class BatchRows {
    private static final String COLUMNS = "id, kind, name, product, space, document, schedule, retries, retry_interval,"
            + " state, total, done, failed, next, created, due, started, ended, note";
    /// Wants its condition.
    static final String SELECT = "SELECT " + COLUMNS + " FROM batch ";
    static final String INSERT = "INSERT INTO batch (" + COLUMNS
            + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";

    private BatchRows() {}

    /// The values of [#INSERT].
    static @Nullable Object[] values(Batch batch) {
        return new @Nullable Object[] {
            batch.id().number(),
            batch.kind(),
            batch.name(),
            batch.scope().product(),
            batch.scope().space(),
            ValueCodec.encode(batch.document()),
            batch.policy().schedule(),
            batch.policy().retries(),
            batch.policy().retryInterval().toMillis(),
            batch.state(),
            batch.progress().total(),
            batch.progress().done(),
            batch.progress().failed(),
            batch.progress().next(),
            batch.times().created(),
            batch.times().due(),
            batch.times().started(),
            batch.times().ended(),
            batch.note()
        };
    }

    /// A row of [#SELECT].
    static Batch batch(Row row) throws SQLException {
        BatchId id = new BatchId(row.number());
        Batch.Kind kind = row.word(Batch.Kind.class);
        String name = row.text();
        Batch.Scope scope = new Batch.Scope(row.textOrNull(), row.textOrNull());
        var document = ValueCodec.decodeFields(row.bytes());
        Batch.Policy policy =
                new Batch.Policy(row.instantOrNull(), (int) row.number(), Duration.ofMillis(row.number()));
        Batch.State state = row.word(Batch.State.class);
        Batch.Progress progress = new Batch.Progress(row.number(), row.number(), row.number(), row.number());
        Batch.Times times = new Batch.Times(row.instant(), row.instant(), row.instantOrNull(), row.instantOrNull());
        return new Batch(id, kind, name, scope, document, policy, state, progress, times, row.text());
    }
}
