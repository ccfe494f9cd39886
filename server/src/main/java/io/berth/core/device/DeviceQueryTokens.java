package io.berth.core.device;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The words of a query, taken one by one. Knows where each stands, for whoever made a mistake.
final class DeviceQueryTokens {
    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "like");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    DeviceQueryTokens(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else {
                Token token = c == '\'' ? quoted(text, at) : isWord(c) ? word(text, at) : sign(text, at);
                tokens.add(token);
                at = token.end();
            }
        }
        tokens.add(new Token(Kind.END, "", text.length(), text.length()));
    }

    enum Kind {
        WORD,
        /// A text in quotes, without them.
        QUOTED,
        /// An operator, a parenthesis, a comma.
        SIGN,
        END
    }

    record Token(Kind kind, String text, int begin, int end) {
        boolean isKeyword(String keyword) {
            return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(keyword);
        }

        boolean isSign(String sign) {
            return kind == Kind.SIGN && text.equals(sign);
        }

        boolean isValue() {
            return kind == Kind.QUOTED || (kind == Kind.WORD && !KEYWORDS.contains(text.toLowerCase(Locale.ROOT)));
        }

        ProblemException unexpected(String expected) {
            String found = kind == Kind.END ? "the end" : "\"" + text + "\"";
            return mistake(begin, "expected " + expected + ", found " + found);
        }

        ProblemException wrong(String detail) {
            return mistake(begin, detail);
        }
    }

    Token peek() {
        return tokens.get(next);
    }

    /// The end may be taken again and again.
    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    /// Takes the keyword when it is what comes next.
    boolean takeKeyword(String keyword) {
        boolean there = peek().isKeyword(keyword);
        if (there) {
            take();
        }
        return there;
    }

    boolean takeSign(String sign) {
        boolean there = peek().isSign(sign);
        if (there) {
            take();
        }
        return there;
    }

    void demandSign(String sign) {
        Token token = take();
        if (!token.isSign(sign)) {
            throw token.unexpected("\"" + sign + "\"");
        }
    }

    /// @param at counted from 0; people count from 1
    static ProblemException mistake(int at, String detail) {
        return new ProblemException(Problem.INVALID_ARGUMENT, "the query, at character " + (at + 1) + ": " + detail);
    }

    private static Token quoted(String text, int begin) {
        StringBuilder content = new StringBuilder();
        for (int at = begin + 1; at < text.length(); at++) {
            if (text.charAt(at) != '\'') {
                content.append(text.charAt(at));
            } else if (at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                content.append('\'');
                at++;
            } else {
                return new Token(Kind.QUOTED, content.toString(), begin, at + 1);
            }
        }
        throw mistake(begin, "a text in quotes does not end");
    }

    private static Token word(String text, int begin) {
        int end = begin;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        return new Token(Kind.WORD, text.substring(begin, end), begin, end);
    }

    private static Token sign(String text, int begin) {
        for (String sign : List.of("!=", "<=", ">=", "=", "<", ">", "(", ")", ",")) {
            if (text.startsWith(sign, begin)) {
                return new Token(Kind.SIGN, sign, begin, begin + sign.length());
            }
        }
        int end = text.offsetByCodePoints(begin, 1);
        throw mistake(begin, "\"" + text.substring(begin, end) + "\" is no part of a query; a text goes in quotes");
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "_.:@-".indexOf(c) >= 0;
    }
}
