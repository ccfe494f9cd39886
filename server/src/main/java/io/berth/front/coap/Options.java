package io.berth.front.coap;

import io.berth.dialect.CoapOption;

/// The numbers of the options CoAP itself gives a meaning (RFC 7252 section 12.2, RFC 7959 section 6).
final class Options {
    static final int URI_HOST = 3;
    static final int URI_PORT = 7;
    static final int URI_PATH = 11;
    static final int CONTENT_FORMAT = 12;
    static final int URI_QUERY = 15;
    static final int ACCEPT = 17;
    static final int BLOCK2 = 23;
    static final int BLOCK1 = 27;
    static final int PROXY_URI = 35;
    static final int PROXY_SCHEME = 39;
    static final int SIZE1 = 60;

    private Options() {}

    /// Whether who cannot read it must not act on the message, and this front cannot.
    static boolean isUnknownCritical(CoapOption option) {
        return option.isCritical()
                && switch (option.number()) {
                    case URI_HOST, URI_PORT, URI_PATH, URI_QUERY, ACCEPT, BLOCK2, BLOCK1 -> false;
                    default -> true;
                };
    }
}
