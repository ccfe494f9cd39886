package io.berth.api;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.web.ProblemDocument;

/// Problems of core as HTTP statuses.
final class Problems {
    private Problems() {}

    static ProblemDocument document(ProblemException e) {
        return ProblemDocument.of(e.problem().name(), status(e.problem()), e.detail());
    }

    static int status(Problem problem) {
        return switch (problem) {
            case INVALID_ARGUMENT -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN, TOPIC_FORBIDDEN -> 403;
            case PRODUCT_NOT_FOUND,
                    DEVICE_NOT_FOUND,
                    ACCESS_KEY_NOT_FOUND,
                    SPACE_NOT_FOUND,
                    MODEL_NOT_FOUND,
                    NOT_FOUND -> 404;
            case PRODUCT_EXISTS,
                    DEVICE_EXISTS,
                    ALIAS_TAKEN,
                    ACCESS_KEY_EXISTS,
                    USER_EXISTS,
                    PRODUCT_NOT_EMPTY,
                    PRODUCT_RELEASED,
                    SPACE_EXISTS,
                    SPACE_NOT_EMPTY,
                    GROUP_EXISTS,
                    GROUP_NOT_EMPTY,
                    RULE_EXISTS,
                    SCENE_EXISTS,
                    LIMIT_REACHED,
                    DEVICE_OFFLINE,
                    DEVICE_DISABLED,
                    NOT_SUBSCRIBED,
                    VERSION_CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case UNSUPPORTED, MODEL_INVALID, VALUE_INVALID, SCRIPT_FAILED -> 422;
            case INTERNAL -> 500;
            case CONNECTION_LOST, DEVICE_REFUSED -> 502;
            case OVERLOADED, STORAGE_UNAVAILABLE -> 503;
            case TIMED_OUT -> 504;
        };
    }
}
