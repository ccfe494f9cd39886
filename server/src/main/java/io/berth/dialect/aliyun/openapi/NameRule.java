package io.berth.dialect.aliyun.openapi;

import java.util.regex.Pattern;

/// How long a name may be, where a Chinese or Japanese character counts for two, and what is in it (spec
/// aliyun-openapi 3.2).
enum NameRule {
    NICKNAME(4, 64, "[\\p{L}\\p{M}\\p{Nd}_]+"),
    PRODUCT(4, 30, "[\\p{L}\\p{M}\\p{Nd}_@()-]+"),
    GROUP(4, 30, "[\\p{L}\\p{M}\\p{Nd}_@()-]+");

    private final int min;
    private final int max;
    private final Pattern letters;

    NameRule(int min, int max, String letters) {
        this.min = min;
        this.max = max;
        this.letters = Pattern.compile(letters);
    }

    boolean holds(String name) {
        long width = width(name);
        return width >= min && width <= max && letters.matcher(name).matches();
    }

    static long width(String text) {
        return text.codePoints().mapToLong(c -> c < 0x1100 ? 1 : 2).sum();
    }

    /// What it demands, for whoever broke it.
    String demand() {
        return min + " to " + max + " letters, digits and " + (this == NICKNAME ? "_" : "_ - @ ( )")
                + ", Chinese and Japanese ones counting for two";
    }
}
