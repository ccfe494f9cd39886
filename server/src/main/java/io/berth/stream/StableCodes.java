package io.berth.stream;

import java.util.List;

/// The words of an enum as octets that stay the same when words are added or moved: a word's code is its place
/// in the list given here, to which words are only ever appended.
@SuppressWarnings("EnumOrdinal") // within one run only
final class StableCodes<E extends Enum<E>> {
    private final List<E> words;
    private final byte[] codes;

    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    StableCodes(E... inOrderOfCode) {
        this.words = List.of(inOrderOfCode);
        this.codes = new byte[words.size()];
        words.forEach(word -> codes[word.ordinal()] = (byte) words.indexOf(word));
        Class<E> type = words.getFirst().getDeclaringClass();
        if (type.getEnumConstants().length != words.size()) {
            throw new IllegalStateException("not every " + type.getSimpleName() + " has a code");
        }
    }

    int of(E word) {
        return codes[word.ordinal()];
    }

    E word(int code) {
        if (code < 0 || code >= words.size()) {
            throw new IllegalStateException(
                    "no " + words.getFirst().getDeclaringClass().getSimpleName() + " has code " + code);
        }
        return words.get(code);
    }
}
