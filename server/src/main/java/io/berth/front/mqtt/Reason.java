package io.berth.front.mqtt;

import io.berth.core.session.CloseCause;
import io.berth.dialect.ConnectAnswer;

/// The reason codes of MQTT 5 that this server gives (MQTT 5.0 section 2.4).
final class Reason {
    static final int SUCCESS = 0x00;
    static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    static final int MALFORMED_PACKET = 0x81;
    static final int PROTOCOL_ERROR = 0x82;
    static final int IMPLEMENTATION_ERROR = 0x83;
    static final int NOT_AUTHORISED = 0x87;
    static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    static final int SERVER_SHUTTING_DOWN = 0x8B;
    static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    static final int SESSION_TAKEN_OVER = 0x8E;
    static final int TOPIC_FILTER_INVALID = 0x8F;
    static final int TOPIC_ALIAS_INVALID = 0x94;
    static final int PACKET_TOO_LARGE = 0x95;
    static final int QUOTA_EXCEEDED = 0x97;
    static final int ADMINISTRATIVE_ACTION = 0x98;
    static final int QOS_NOT_SUPPORTED = 0x9B;
    static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;
    static final int SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED = 0xA1;

    private Reason() {}

    /// spec huawei-iotda 2.2
    static int of(ConnectAnswer answer) {
        return switch (answer) {
            case UNSUPPORTED_VERSION -> 0x84;
            case MALFORMED -> 0x85;
            case UNAVAILABLE -> 0x88;
            case BAD_CREDENTIALS -> 0x86;
            case NOT_AUTHORISED -> 0x87;
        };
    }

    static int of(CloseCause cause) {
        return switch (cause) {
            case DISCONNECTED, CONNECTION_LOST, GATEWAY_GONE, UNLINKED -> SUCCESS;
            case KEEP_ALIVE_EXPIRED, SILENT -> KEEP_ALIVE_TIMEOUT;
            case TAKEN_OVER -> SESSION_TAKEN_OVER;
            case DEVICE_DISABLED, DEVICE_DELETED, DEVICE_RESET, CERTIFICATE_REVOKED -> ADMINISTRATIVE_ACTION;
            case PROTOCOL_ERROR -> PROTOCOL_ERROR;
            case OVERLOADED -> QUOTA_EXCEEDED;
            case NODE_STOPPING -> SERVER_SHUTTING_DOWN;
            case INTERNAL_ERROR -> IMPLEMENTATION_ERROR;
        };
    }
}
