package io.berth.rule.sql;

import io.berth.core.Value;
import io.berth.core.Value.Nothing;
import java.util.List;

/// What LIKE matches: `%` any text, and where the dialect says so `_` any one character. Pieces between the
/// `%` are found one after the other, each at its first place, which needs no way back: the cost is the
/// text's length times the pattern's, and [Run] bounds it.
record LikePattern(String pattern, List<String> pieces, boolean anyOne) {
    static final int MAX_LENGTH = 256;

    LikePattern {
        pieces = List.copyOf(pieces);
    }

    LikePattern(String pattern, boolean anyOne) {
        this(pattern, List.of(pattern.split("%", -1)), anyOne);
    }

    boolean matches(String text) {
        String head = pieces.getFirst();
        String tail = pieces.getLast();
        if (pieces.size() == 1) {
            return text.length() == head.length() && isAt(text, 0, head);
        }
        int end = text.length() - tail.length();
        if (end < head.length() || !isAt(text, 0, head) || !isAt(text, end, tail)) {
            return false;
        }
        int from = head.length();
        for (String piece : pieces.subList(1, pieces.size() - 1)) {
            from = after(text, piece, from, end);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    /// Where the first place of the piece ends, -1 when there is none before the end.
    private int after(String text, String piece, int from, int end) {
        for (int at = from; at + piece.length() <= end; at++) {
            if (isAt(text, at, piece)) {
                return at + piece.length();
            }
        }
        return -1;
    }

    private boolean isAt(String text, int at, String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char wanted = piece.charAt(i);
            if (wanted != text.charAt(at + i) && !(anyOne && wanted == '_')) {
                return false;
            }
        }
        return true;
    }

    record Like(Term left, LikePattern pattern) implements Term {
        @Override
        public Value over(Run run) {
            Value value = left.over(run);
            if (value == Nothing.NOTHING) {
                return value;
            }
            String text = Texts.of(value);
            run.spendOnSearch(text, pattern.pattern());
            return Truth.of(pattern.matches(text));
        }
    }
}
