package io.berth.api;

import java.util.Locale;

/// Enum names as users read them.
final class Words {
    private Words() {}

    static String of(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
