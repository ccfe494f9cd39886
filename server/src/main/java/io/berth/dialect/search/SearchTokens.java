package io.berth.dialect.search;

import static io.berth.core.ProblemException.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The words of a search, read one after the other; whatever their letter case, but for what stands in quotes.
public final class SearchTokens {
    private static final String END = "the end";

    /// A word, a number, a text in quotes of either kind (two of them are one in it), or a sign.
    private static final Pattern TOKEN = Pattern.compile("\\s*(?:([A-Za-z_][A-Za-z0-9_.]*)|([0-9]+)"
            + "|'((?:[^']|'')*+)'|\"((?:[^\"]|\"\")*+)\"|(!=|<>|>=|<=|[=<>(),*]))\\s*");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /// @param quoted whether it is a text to compare with, as it was given
    private record Token(String text, boolean quoted) {}

    SearchTokens(String sql) {
        Matcher matcher = TOKEN.matcher(sql);
        int at = 0;
        while (at < sql.length()) {
            require(matcher.find(at) && matcher.start() == at, "the search cannot be read at \"" + cut(sql, at) + "\"");
            tokens.add(token(matcher));
            at = matcher.end();
        }
    }

    private static Token token(Matcher matcher) {
        if (matcher.group(3) != null) {
            return new Token(matcher.group(3).replace("''", "'"), true);
        }
        if (matcher.group(4) != null) {
            return new Token(matcher.group(4).replace("\"\"", "\""), true);
        }
        return new Token(matcher.group().strip().toLowerCase(Locale.ROOT), false);
    }

    private static String cut(String sql, int at) {
        return sql.substring(at, Math.min(sql.length(), at + 20));
    }

    public boolean atEnd() {
        return next == tokens.size();
    }

    /// Takes the word when it comes next.
    public boolean takes(String word) {
        boolean isNext = !atEnd()
                && !tokens.get(next).quoted()
                && tokens.get(next).text().equals(word);
        next += isNext ? 1 : 0;
        return isNext;
    }

    /// Whether these two come next.
    public boolean followedBy(String first, String second) {
        int before = next;
        boolean follow = takes(first) && takes(second);
        next = before;
        return follow;
    }

    public void demand(String word) {
        require(takes(word), "the search needs \"" + word + "\" where it has \"" + shown() + "\"");
    }

    /// A name, a sign or a number.
    public String word() {
        require(!atEnd() && !tokens.get(next).quoted(), "the search has \"" + shown() + "\" where a word must be");
        return tokens.get(next++).text();
    }

    /// What something is compared with; quotes may be left out around numbers and single words.
    public String value() {
        require(!atEnd(), "the search ends where a value must be");
        return tokens.get(next++).text();
    }

    public int number() {
        String word = word();
        require(word.matches("[0-9]{1,6}"), "the search has \"" + word + "\" where a number must be");
        return Integer.parseInt(word);
    }

    private String shown() {
        return atEnd() ? END : tokens.get(next).text();
    }
}
