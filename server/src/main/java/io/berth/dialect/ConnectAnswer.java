package io.berth.dialect;

/// What the peer is told about a refused CONNECT: the return codes of MQTT 3.1.1 section 3.2.2.3 by meaning.
/// A front turns them into the codes of the version spoken.
public enum ConnectAnswer {
    UNSUPPORTED_VERSION(1),
    MALFORMED(2),
    UNAVAILABLE(3),
    BAD_CREDENTIALS(4),
    NOT_AUTHORISED(5);

    private final int code;

    ConnectAnswer(int code) {
        this.code = code;
    }

    /// The return code of MQTT 3.1 and 3.1.1.
    public int code() {
        return code;
    }
}
