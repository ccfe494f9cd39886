package io.berth.dialect.aliyun.openapi;

import io.berth.core.Problem;
import io.berth.core.ProblemException;

/// The vendor's codes for what core refuses (spec aliyun-openapi 3.1).
final class Codes {
    static final String NO_INSTANCE = "iot.system.InstanceNotFound";
    static final String NOT_BUILT = "iot.common.APINotSupportedInInstance";
    private static final String SYSTEM = "iot.system.SystemException";

    private Codes() {}

    /// Throws what is no matter of the action as a GatewayException.
    static String of(ProblemException refused, Family family) {
        String narrower = refused.getCause() instanceof Refusal refusal ? refusal.code() : null;
        return narrower != null ? narrower : of(refused.problem(), family);
    }

    private static String of(Problem problem, Family family) {
        return switch (problem) {
            case FORBIDDEN -> throw new GatewayException(GatewayCode.FORBIDDEN);
            case STORAGE_UNAVAILABLE, OVERLOADED -> throw new GatewayException(GatewayCode.UNAVAILABLE);
            case INVALID_ARGUMENT, VALUE_INVALID, MODEL_INVALID -> family.invalid();
            case LIMIT_REACHED -> family.limit();
            case PRODUCT_NOT_FOUND -> "iot.prod.NotExistedProduct";
            case PRODUCT_EXISTS -> "iot.prod.AlreadyExistedProductName";
            case PRODUCT_NOT_EMPTY -> "iot.prod.DeleteProductFailed";
            case PRODUCT_RELEASED -> "iot.prod.UpdateProductFailed";
            case DEVICE_NOT_FOUND -> "iot.device.NotExistedDevice";
            case DEVICE_EXISTS, ALIAS_TAKEN -> "iot.device.AlreadyExistedDeviceName";
            case DEVICE_OFFLINE -> "iot.messagebroker.OFFLINE";
            case TIMED_OUT -> "iot.messagebroker.TIMEOUT";
            case CONNECTION_LOST -> "iot.messagebroker.HALFCONN";
            case TOPIC_FORBIDDEN -> "iot.messagebroker.InvalidFormattedTopicName";
            case UNSUPPORTED -> NOT_BUILT;
            case NOT_SUBSCRIBED,
                    DEVICE_DISABLED,
                    DEVICE_REFUSED,
                    VERSION_CONFLICT,
                    SPACE_NOT_FOUND,
                    SPACE_EXISTS,
                    SPACE_NOT_EMPTY,
                    GROUP_EXISTS,
                    GROUP_NOT_EMPTY,
                    RULE_EXISTS,
                    SCENE_EXISTS,
                    MODEL_NOT_FOUND,
                    NOT_FOUND,
                    SCRIPT_FAILED,
                    TOO_LARGE -> family.failed();
            case USER_EXISTS, ACCESS_KEY_EXISTS, ACCESS_KEY_NOT_FOUND, UNAUTHENTICATED, INTERNAL -> SYSTEM;
        };
    }
}
