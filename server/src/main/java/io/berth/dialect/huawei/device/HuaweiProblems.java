package io.berth.dialect.huawei.device;

import io.berth.core.Problem;

/// The vendor's error codes (spec huawei-iotda 11). Where the vendor's pages show none, the code is chosen
/// within their range, marked here, and may be corrected.
public final class HuaweiProblems {
    private HuaweiProblems() {}

    public static String code(Problem problem) {
        return switch (problem) {
            case INVALID_ARGUMENT, VALUE_INVALID, MODEL_INVALID, TOO_LARGE -> "IOTDA.000006";
            case DEVICE_NOT_FOUND -> "IOTDA.014000";
            case DEVICE_OFFLINE -> "IOTDA.014016";
            case DEVICE_EXISTS, ALIAS_TAKEN -> "IOTDA.014031";
            case TIMED_OUT -> "IOTDA.014111";
            case NOT_SUBSCRIBED -> "IOTDA.014112";
            case SPACE_NOT_FOUND -> "IOTDA.001000";
            case SPACE_EXISTS, SPACE_NOT_EMPTY -> "IOTDA.001002";
            // chosen
            case PRODUCT_NOT_FOUND, MODEL_NOT_FOUND -> "IOTDA.014001";
            case LIMIT_REACHED -> "IOTDA.014002";
            case DEVICE_DISABLED -> "IOTDA.014003";
            case PRODUCT_EXISTS,
                    PRODUCT_NOT_EMPTY,
                    PRODUCT_RELEASED,
                    GROUP_EXISTS,
                    GROUP_NOT_EMPTY,
                    RULE_EXISTS,
                    SCENE_EXISTS -> "IOTDA.014004";
            case TOPIC_FORBIDDEN, UNSUPPORTED, FORBIDDEN -> "IOTDA.014005";
            case ACCESS_KEY_NOT_FOUND, ACCESS_KEY_EXISTS, USER_EXISTS, NOT_FOUND -> "IOTDA.000003";
            case UNAUTHENTICATED -> "IOTDA.000002";
            case VERSION_CONFLICT, DEVICE_REFUSED, CONNECTION_LOST, SCRIPT_FAILED -> "IOTDA.014006";
            case OVERLOADED, STORAGE_UNAVAILABLE, INTERNAL -> "IOTDA.000001";
        };
    }
}
