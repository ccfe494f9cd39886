package io.berth.dialect.huawei.device;

import io.berth.core.Problem;

/// The vendor's error codes and their HTTP statuses (spec huawei-iotda 11), all of them. Where the vendor's
/// pages show none, the code is chosen within their range, marked here, and may be corrected.
public final class HuaweiProblems {
    private HuaweiProblems() {}

    /// What can be wrong with a request before core sees it.
    public enum Fault {
        /// No JSON, or not said to be JSON.
        MALFORMED(400, "IOTDA.000008"),
        BAD_TIME(400, "IOTDA.000009"),
        START_AFTER_END(400, "IOTDA.000010"),
        BAD_LIMIT(400, "IOTDA.000017"),
        BAD_MARKER(400, "IOTDA.000018"),
        NOT_AUTHENTIC(401, "APIGW.0301"),
        // chosen
        BAD_OFFSET(400, "IOTDA.000011"),
        NO_SUCH_PATH(404, "APIGW.0101"),
        NO_SUCH_METHOD(405, "APIGW.0101"),
        OTHER_PROJECT(403, "APIGW.0302"),
        NOT_BUILT(501, "IOTDA.000501");

        private final int status;
        private final String code;

        Fault(int status, String code) {
            this.status = status;
            this.code = code;
        }

        public int status() {
            return status;
        }

        public String code() {
            return code;
        }
    }

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
            case UNAUTHENTICATED -> "APIGW.0301";
            case OVERLOADED -> "APIGW.0308";
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
            case VERSION_CONFLICT, DEVICE_REFUSED, CONNECTION_LOST, SCRIPT_FAILED -> "IOTDA.014006";
            case STORAGE_UNAVAILABLE, INTERNAL -> "IOTDA.000001";
        };
    }

    /// What is told to applications: they know no product by its key, nor a device by its key and name, as
    /// core calls them.
    ///
    /// @param detail as core says it
    public static String message(Problem problem, String detail) {
        return switch (problem) {
            // applications look for these words (spec huawei-iotda 3.3)
            case DEVICE_OFFLINE -> "Operation not allowed. The device is not online.";
            case TIMED_OUT -> "The device was not reached or did not answer in time.";
            case DEVICE_EXISTS -> "The product has a device of this node_id already.";
            case ALIAS_TAKEN -> "There is a device of this device_id already.";
            case PRODUCT_EXISTS -> "There is a product of this product_id or name already.";
            case PRODUCT_NOT_EMPTY -> "The product has devices.";
            case PRODUCT_RELEASED -> "The product is released: take its release back to change it.";
            default -> detail;
        };
    }

    /// 408 is never used: the HTTP client of the vendor's Java SDK repeats such a call by itself.
    public static int status(Problem problem) {
        return switch (problem) {
            case INVALID_ARGUMENT, VALUE_INVALID, MODEL_INVALID -> 400;
            case DEVICE_EXISTS, ALIAS_TAKEN, PRODUCT_EXISTS, SPACE_EXISTS, GROUP_EXISTS, RULE_EXISTS, SCENE_EXISTS ->
                400;
            case UNAUTHENTICATED -> 401;
            case SPACE_NOT_FOUND,
                    FORBIDDEN,
                    TOPIC_FORBIDDEN,
                    DEVICE_OFFLINE,
                    DEVICE_DISABLED,
                    NOT_SUBSCRIBED,
                    LIMIT_REACHED -> 403;
            case DEVICE_NOT_FOUND, PRODUCT_NOT_FOUND, MODEL_NOT_FOUND, ACCESS_KEY_NOT_FOUND, NOT_FOUND -> 404;
            case PRODUCT_NOT_EMPTY,
                    PRODUCT_RELEASED,
                    SPACE_NOT_EMPTY,
                    GROUP_NOT_EMPTY,
                    ACCESS_KEY_EXISTS,
                    USER_EXISTS,
                    VERSION_CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case OVERLOADED -> 429;
            case UNSUPPORTED -> 501;
            case TIMED_OUT, DEVICE_REFUSED, CONNECTION_LOST, SCRIPT_FAILED, INTERNAL -> 500;
            case STORAGE_UNAVAILABLE -> 503;
        };
    }
}
