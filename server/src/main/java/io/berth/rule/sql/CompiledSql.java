package io.berth.rule.sql;

import io.berth.core.topic.TopicFilter;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A statement, ready for messages. Immutable, any thread; never blocks, never throws, and works on one
/// message no longer than its bound allows.
public final class CompiledSql {
    private static final String SYSTEM = "/sys";
    private static final Pattern THING = Pattern.compile("/[^/]+/[^/]+/thing/");

    private final @Nullable TopicFilter topics;
    private final Term condition;
    private final Projection projection;

    CompiledSql(@Nullable TopicFilter topics, Term condition, Projection projection) {
        this.topics = topics;
        this.condition = condition;
        this.projection = projection;
    }

    /// The topic of a message as the statement's author knows it, empty when the statement is not about it.
    /// One that names no topics is about all. What a vendor tells at `/PRODUCT/DEVICE/thing/…` has `/sys`
    /// before it in older statements, and in their functions too.
    public Optional<String> topic(String told) {
        if (topics == null || (!told.isEmpty() && topics.matches(told))) {
            return Optional.of(told);
        }
        return Optional.of(SYSTEM + told)
                .filter(older -> THING.matcher(told).lookingAt()
                        && topics.text().startsWith(SYSTEM + "/")
                        && topics.matches(older));
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
