package io.berth.stream;

import java.util.EnumSet;
import java.util.List;

/// The words of an enum as octets that stay the same when words are added or moved: a word's code is its place
/// in the list given here, to which words are only ever appended.
final class StableCodes<E extends Enum<E>> {
    private final Class<E> type;
    private final List<E> words;

    StableCodes(List<E> inOrderOfCode) {
        this.type = inOrderOfCode.getFirst().getDeclaringClass();
        this.words = List.copyOf(inOrderOfCode);
        if (!EnumSet.copyOf(words).equals(EnumSet.allOf(type))) {
            throw new IllegalStateException("not every " + type.getSimpleName() + " has a code");
        }
    }

    int of(E word) {
        return words.indexOf(word);
    }

    E word(int code) {
        if (code < 0 || code >= words.size()) {
            throw new IllegalStateException("no " + type.getSimpleName() + " has code " + code);
        }
        return words.get(code);
    }
}
