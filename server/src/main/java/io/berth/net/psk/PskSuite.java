package io.berth.net.psk;

import java.util.stream.Stream;
import org.bouncycastle.tls.CipherSuite;

/// What is spoken, the best first. `TLS_PSK_WITH_AES_128_CBC_SHA` is all that some firmware has (spec
/// aliyun-device 1.1).
enum PskSuite {
    TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_GCM_SHA256),
    TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_GCM_SHA384),
    TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA256),
    TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA(CipherSuite.TLS_ECDHE_PSK_WITH_AES_128_CBC_SHA),
    TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA(CipherSuite.TLS_ECDHE_PSK_WITH_AES_256_CBC_SHA),
    TLS_PSK_WITH_AES_128_GCM_SHA256(CipherSuite.TLS_PSK_WITH_AES_128_GCM_SHA256),
    TLS_PSK_WITH_AES_256_GCM_SHA384(CipherSuite.TLS_PSK_WITH_AES_256_GCM_SHA384),
    TLS_PSK_WITH_AES_128_CBC_SHA256(CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA256),
    TLS_PSK_WITH_AES_256_CBC_SHA384(CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA384),
    TLS_PSK_WITH_AES_128_CBC_SHA(CipherSuite.TLS_PSK_WITH_AES_128_CBC_SHA),
    TLS_PSK_WITH_AES_256_CBC_SHA(CipherSuite.TLS_PSK_WITH_AES_256_CBC_SHA);

    private final int code;

    PskSuite(int code) {
        this.code = code;
    }

    static int[] codes() {
        return Stream.of(values()).mapToInt(suite -> suite.code).toArray();
    }

    static PskSuite of(int code) {
        return Stream.of(values())
                .filter(suite -> suite.code == code)
                .findFirst()
                .orElseThrow();
    }
}
