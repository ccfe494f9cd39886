package io.berth.rule.sql;

import io.berth.core.Problem;
import io.berth.core.ProblemException;

/// A statement, or one clause of it, as its author wrote it and as the parser reads it, letter for letter.
final class SqlText {
    private final String clause;
    private final String source;
    private final String statement;
    private final int[] places;

    /// @param places for each letter of the statement, and its end, where it comes from in the source
    private SqlText(String clause, String source, String statement, int[] places) {
        this.clause = clause;
        this.source = source;
        this.statement = statement;
        this.places = places;
    }

    /// A statement as it is.
    static SqlText whole(String statement, int maxLength) {
        return clause("the SQL", "", statement, maxLength);
    }

    /// A clause without its keyword.
    ///
    /// @param clause what its author calls it
    /// @param prefix that makes a statement of it
    static SqlText clause(String clause, String prefix, String source, int maxLength) {
        if (source.length() > maxLength) {
            throw refusal(clause, "longer than " + maxLength + " characters");
        }
        SqlLetters letters = new SqlLetters(clause, prefix, source);
        letters.readAll();
        return new SqlText(clause, source, letters.statement(), letters.places());
    }

    /// What the parser reads.
    String statement() {
        return statement;
    }

    /// The author's letters between two places of [#statement].
    String between(int begin, int end) {
        return source.substring(places[begin], places[end]);
    }

    /// A refusal that names a place of [#statement].
    ProblemException refusalAt(int at, String why) {
        return refusal(clause, places[at], why);
    }

    ProblemException refusal(String why) {
        return refusal(clause, why);
    }

    static ProblemException refusal(String clause, int at, String why) {
        return refusal(clause, "character " + (at + 1) + ": " + why);
    }

    private static ProblemException refusal(String clause, String why) {
        return new ProblemException(Problem.INVALID_ARGUMENT, clause + ": " + why);
    }
}
