package io.berth.core.product;

import java.time.Instant;

/// What turns a product's bytes into messages and back (spec aliyun-device 8).
///
/// @param source JavaScript, at most 48 KB
public record Script(String product, String source, Instant changed) {
    public static final int MAX_BYTES = 48 * 1024;
}
