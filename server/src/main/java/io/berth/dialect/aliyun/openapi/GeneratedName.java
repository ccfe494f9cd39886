package io.berth.dialect.aliyun.openapi;

import java.security.SecureRandom;

/// Names for devices that come without: 20 letters and digits, as the vendor's.
final class GeneratedName {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private GeneratedName() {}

    static String next() {
        StringBuilder name = new StringBuilder(LENGTH);
        while (name.length() < LENGTH) {
            name.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return name.toString();
    }
}
