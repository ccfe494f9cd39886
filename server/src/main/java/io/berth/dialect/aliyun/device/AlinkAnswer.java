package io.berth.dialect.aliyun.device;

import io.berth.core.Problem;

/// What a request comes to.
///
/// @param data JSON without blanks; never absent, because SDKs drop an answer without (R3)
record AlinkAnswer(AlinkCode code, String data) {
    static AlinkAnswer of(String data) {
        return new AlinkAnswer(AlinkCode.SUCCESS, data);
    }

    static AlinkAnswer of(AlinkCode code) {
        return new AlinkAnswer(code, "{}");
    }

    /// The vendor's word for what the platform refuses.
    static AlinkAnswer of(Problem problem) {
        return of(
                switch (problem) {
                    case INVALID_ARGUMENT, VALUE_INVALID, TOO_LARGE -> AlinkCode.PARAMETER_ERROR;
                    case PRODUCT_NOT_FOUND -> AlinkCode.PRODUCT_NOT_FOUND;
                    case DEVICE_NOT_FOUND -> AlinkCode.DEVICE_NOT_FOUND;
                    case DEVICE_DISABLED -> AlinkCode.DEVICE_FORBIDDEN;
                    case LIMIT_REACHED -> AlinkCode.TOO_MANY_CHILDREN;
                    case OVERLOADED -> AlinkCode.TOO_MANY_REQUESTS;
                    case UNAUTHENTICATED, FORBIDDEN, TOPIC_FORBIDDEN -> AlinkCode.AUTH_ERROR;
                    case ACCESS_KEY_NOT_FOUND,
                            PRODUCT_EXISTS,
                            DEVICE_EXISTS,
                            ALIAS_TAKEN,
                            ACCESS_KEY_EXISTS,
                            USER_EXISTS,
                            PRODUCT_NOT_EMPTY,
                            PRODUCT_RELEASED,
                            SPACE_NOT_FOUND,
                            SPACE_EXISTS,
                            SPACE_NOT_EMPTY,
                            DEVICE_OFFLINE,
                            NOT_SUBSCRIBED,
                            TIMED_OUT,
                            CONNECTION_LOST,
                            UNSUPPORTED,
                            MODEL_INVALID,
                            MODEL_NOT_FOUND,
                            GROUP_EXISTS,
                            GROUP_NOT_EMPTY,
                            RULE_EXISTS,
                            SCENE_EXISTS,
                            VERSION_CONFLICT,
                            DEVICE_REFUSED,
                            NOT_FOUND,
                            SCRIPT_FAILED,
                            STORAGE_UNAVAILABLE,
                            INTERNAL -> AlinkCode.REQUEST_ERROR;
                });
    }
}
