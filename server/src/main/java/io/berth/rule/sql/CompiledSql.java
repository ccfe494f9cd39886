package io.berth.rule.sql;

import io.berth.core.topic.TopicFilter;
import org.jspecify.annotations.Nullable;

/// A statement, ready for messages. Immutable, any thread; never blocks, never throws, and works on one
/// message no longer than its bound allows.
public final class CompiledSql {
    private final @Nullable TopicFilter topics;
    private final Term condition;
    private final Projection projection;

    CompiledSql(@Nullable TopicFilter topics, Term condition, Projection projection) {
        this.topics = topics;
        this.condition = condition;
        this.projection = projection;
    }

    /// Whether the statement is about messages of this topic. One that names no topics is about all.
    public boolean takes(String topic) {
        return topics == null || (!topic.isEmpty() && topics.matches(topic));
    }

    /// The where, and where it holds the select. Does not look at the topic.
    public SqlResult apply(SqlMessage message) {
        Run run = new Run(message);
        try {
            return Truth.holds(condition.over(run)) ? projection.over(run) : SqlResult.NoMatch.NO_MATCH;
        } catch (SqlFault fault) {
            return new SqlResult.Fault(fault.detail());
        }
    }
}
