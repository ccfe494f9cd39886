package io.berth.rule.sql;

import io.berth.core.ProblemException;
import io.berth.core.topic.TopicFilter;
import java.time.ZoneId;
import java.time.ZoneOffset;
import net.sf.jsqlparser.schema.Table;
import net.sf.jsqlparser.statement.select.FromItem;
import org.jspecify.annotations.Nullable;

/// Alibaba Cloud's dialect: `SELECT temperature AS t, deviceName() FROM "/a1pk/+/user/update" WHERE
/// temperature > 38`, over the payload of a message, with the functions of [TopicFunctions]. Any thread.
public final class TopicSql {
    /// The vendor's local time, in which `timestamp(format)` writes.
    public static final ZoneId VENDOR_ZONE = ZoneOffset.ofHours(8);

    static final int MAX_LENGTH = 8_192;

    /// The vendor's own bound.
    static final int MAX_FIELDS = 50;

    private final Language language;

    public TopicSql(ZoneId zone) {
        language = new Language(TopicFunctions.table(zone), false);
    }

    /// Refuses, with the place and the reason, what is no statement of this dialect.
    public CompiledSql compile(String statement) {
        SqlText text = SqlText.whole(statement, MAX_LENGTH);
        Grammar.Parts parts = Grammar.parts(text);
        if (parts.items().size() > MAX_FIELDS) {
            throw text.refusal("more than " + MAX_FIELDS + " fields are selected");
        }
        Compiler compiler = new Compiler(text, language);
        return new CompiledSql(
                topics(text, parts.from()),
                Conditions.of(parts.where(), compiler),
                new SelectList(text, compiler).projection(parts.items()));
    }

    private static TopicFilter topics(SqlText text, @Nullable FromItem from) {
        String letters = from instanceof Table table && table.toString().equals(table.getFullyQualifiedName())
                ? Grammar.letters(text, table)
                : null;
        if (letters == null || !(letters.startsWith("\"") || letters.startsWith("'"))) {
            throw text.refusal("FROM wants one topic in quotation marks: FROM \"/productKey/+/user/update\"");
        }
        try {
            return new TopicFilter(letters.substring(1, letters.length() - 1));
        } catch (ProblemException e) {
            throw text.refusal("FROM: " + e.detail());
        }
    }
}
