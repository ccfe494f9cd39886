package io.berth.rule.sql;

import io.berth.core.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/// Looks at the letters before the parser does: closed quotation marks and brackets, shallow nesting, no
/// comment, no second statement and no sign that only other databases know. The parser's grammar is every
/// database's; what is kept from it here needs no answer later.
///
/// Names go to the parser in quotation marks, for it takes many a good name of a property, `Window` or
/// `Check` or `Year`, for a word of some database.
final class SqlLetters {
    private static final int MAX_NESTING = 32;
    private static final String SIGNS = ".,()[]*+-/%<>=!|";

    /// The words of a rule, and those that begin something a rule does not have, which is refused by name.
    private static final Set<String> KEYWORDS = Set.of(
            ("SELECT AS FROM WHERE AND OR NOT IN LIKE IS NULL TRUE FALSE CASE WHEN THEN ELSE END DISTINCT JOIN GROUP BY"
                            + " HAVING ORDER LIMIT OFFSET UNION INTERSECT EXCEPT MINUS BETWEEN EXISTS")
                    .split(" "));

    private final String clause;
    private final String source;
    private final StringBuilder statement;
    private final int[] places;
    private int at;
    private int nesting;
    private boolean hasBegun;

    SqlLetters(String clause, String prefix, String source) {
        this.clause = clause;
        this.source = source;
        statement = new StringBuilder(prefix);
        hasBegun = !prefix.isEmpty();
        places = new int[prefix.length() + 3 * source.length() + 1]; // a name of one letter grows by two marks
    }

    String statement() {
        return statement.toString();
    }

    int[] places() {
        places[statement.length()] = source.length();
        return Arrays.copyOf(places, statement.length() + 1);
    }

    void readAll() {
        while (at < source.length()) {
            char c = source.charAt(at);
            if (c == '\'' || c == '"') {
                quoted(c);
            } else if (isWord(c)) {
                word();
            } else {
                sign(c);
                write(c, at++);
            }
        }
        if (nesting > 0) {
            throw misplaced(at, "a bracket is not closed");
        }
    }

    /// The vendor writes a mark inside a text as `\'`, the parser reads `''`.
    private void quoted(char mark) {
        int open = at;
        if (mark == '\'' && open > 0 && isWord(source.charAt(open - 1))) {
            throw misplaced(open, "a space is missing before the text");
        }
        write(mark, at++);
        while (at < source.length()) {
            char c = source.charAt(at);
            boolean pair = peek(1) == mark && (c == mark || (c == '\\' && mark == '\''));
            if (pair) {
                write(mark, at);
                write(mark, at + 1);
                at += 2;
            } else {
                write(c, at++);
                if (c == mark) {
                    return;
                }
            }
        }
        throw misplaced(open, "the " + mark + " is not closed");
    }

    private void word() {
        int begin = at;
        while (at < source.length() && isWord(source.charAt(at))) {
            at++;
        }
        boolean name = isName(begin);
        hasBegun = true;
        if (name) {
            write('"', begin);
        }
        for (int i = begin; i < at; i++) {
            write(source.charAt(i), i);
        }
        if (name) {
            write('"', at);
        }
    }

    /// Neither a number nor a keyword nor a function, nor the first word of all, which says what statement it
    /// is. A keyword next to a dot or before an index is a level of a path.
    private boolean isName(int begin) {
        char first = source.charAt(begin);
        if ((first >= '0' && first <= '9') || !hasBegun) {
            return false;
        }
        char next = nextSign();
        boolean level = (begin > 0 && source.charAt(begin - 1) == '.') || next == '.' || next == '[';
        return level
                || (next != '('
                        && !KEYWORDS.contains(source.substring(begin, at).toUpperCase(Locale.ROOT)));
    }

    private char nextSign() {
        int next = at;
        while (next < source.length() && Character.isWhitespace(source.charAt(next))) {
            next++;
        }
        return next < source.length() ? source.charAt(next) : ' ';
    }

    private void sign(char c) {
        switch (c) {
            case '(', '[' -> nest(1);
            case ')', ']' -> nest(-1);
            case ';' -> throw misplaced(at, "a rule is one statement without a ;");
            case '-' -> refuseComment(peek(1) == '-');
            case '/' -> refuseComment(peek(1) == '*');
            case '‘', '’', '“', '”' ->
                throw misplaced(at, "a typographic quotation mark; texts stand in ', names in \"");
            default -> {
                if (!Character.isWhitespace(c) && SIGNS.indexOf(c) < 0) {
                    throw misplaced(at, "a rule has no " + c + " outside of quotation marks");
                }
            }
        }
    }

    private void nest(int step) {
        nesting += step;
        if (nesting < 0) {
            throw misplaced(at, "a bracket is closed that was not opened");
        }
        if (nesting > MAX_NESTING) {
            throw misplaced(at, "brackets are nested deeper than " + MAX_NESTING);
        }
    }

    private void refuseComment(boolean isOne) {
        if (isOne) {
            throw misplaced(at, "a rule has no comments");
        }
    }

    private ProblemException misplaced(int place, String why) {
        return SqlText.refusal(clause, place, why);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private char peek(int ahead) {
        return at + ahead < source.length() ? source.charAt(at + ahead) : ' ';
    }

    private void write(char c, int place) {
        places[statement.length()] = place;
        statement.append(c);
    }
}
