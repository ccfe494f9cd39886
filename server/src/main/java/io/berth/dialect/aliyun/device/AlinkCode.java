package io.berth.dialect.aliyun.device;

import io.berth.core.thing.DataType;
import io.berth.core.thing.Violation;
import java.util.List;

/// The codes Berth answers with (spec aliyun-device 5.2).
public enum AlinkCode {
    SUCCESS(200, "success"),
    REQUEST_ERROR(400, "request error"),
    AUTH_ERROR(401, "request auth error"),
    NOT_SUPPORTED(404, "service not found"),
    TOO_MANY_CHILDREN(428, "too many subdevices under gateway"),
    TOO_MANY_REQUESTS(429, "too many requests"),
    PARAMETER_ERROR(460, "request parameter error"),
    NO_SESSION(520, "device no session"),
    DEVICE_DELETED(521, "device deleted"),
    DEVICE_FORBIDDEN(522, "device forbidden"),
    PROPERTY_UNKNOWN(5159, "property definition not found in tsl"),
    EVENT_UNKNOWN(5160, "event definition not found in tsl"),
    SERVICE_UNKNOWN(5161, "service definition not found in tsl"),
    DEVICE_NOT_FOUND(6100, "device not found"),
    TOO_MANY_PROPERTIES(6106, "map size must less than 200"),
    TOPIC_UNREADABLE(6203, "topic cannot be parsed"),
    DEVICE_DISABLED(6204, "device disabled"),
    NOT_JSON(6207, "payload is not json"),
    PRODUCT_NOT_FOUND(6250, "product not found"),
    BAD_DEVICE_NAME(6280, "devicename not meet specs"),
    INVALID_SIGN(6287, "invalid sign"),
    REGISTRATION_OFF(6288, "dynamic registration is off"),
    ALREADY_ACTIVE(6289, "device is active already"),
    PARAMETER_MISSING(6302, "tsl parse: parameter missing"),
    STRUCT_INVALID(6304, "tsl parse: struct member not found"),
    INT_INVALID(6306, "tsl parse: int value is error"),
    FLOAT_INVALID(6307, "tsl parse: float value is error"),
    BOOL_INVALID(6308, "tsl parse: bool value is error"),
    ENUM_INVALID(6309, "tsl parse: enum value is error"),
    TEXT_INVALID(6310, "tsl parse: text value is error"),
    DATE_INVALID(6311, "tsl parse: date value is error"),
    DOUBLE_INVALID(6322, "tsl parse: double value is error"),
    ARRAY_SIZE(6324, "tsl parse: array size is error"),
    ARRAY_ITEM(6325, "tsl parse: array item is error"),
    BAD_TIME(6326, "tsl parse: time is error"),
    NO_ARRAY(6328, "tsl parse: value is not array"),
    NOT_BEHIND(6401, "topo relation not exist"),
    BEHIND_ITSELF(6402, "topo relation cannot add by self"),
    SCRIPT_METHOD_MISSING(6450, "method is missing in the result of the script"),
    OTHER_GATEWAY(6619, "device is bound to another gateway"),
    NO_DATA(6710, "no data"),
    CONFIG_OFF(6713, "thing config function is not available"),
    TOPIC_ILLEGAL(6813, "topic illegal"),
    SCRIPT_MISSING(26001, "script is empty"),
    SCRIPT_BROKEN(26002, "script is error"),
    SCRIPT_FUNCTION_MISSING(26006, "script function not found"),
    SCRIPT_RESULT(26007, "script result type is error"),
    SCRIPT_THROTTLED(26010, "script is throttled");

    private final int number;
    private final String message;

    AlinkCode(int number, String message) {
        this.number = number;
        this.message = message;
    }

    public int number() {
        return number;
    }

    public String message() {
        return message;
    }

    /// The code of what was found first, SUCCESS when nothing was. A list whose item does not fit is a fault of
    /// the list.
    public static AlinkCode of(List<Violation> violations) {
        if (violations.isEmpty()) {
            return SUCCESS;
        }
        Violation first = violations.getFirst();
        boolean inList = violations.stream()
                .anyMatch(one -> one.kind() == Violation.Kind.WRONG_ITEM && isWithin(first.path(), one.path()));
        return inList ? ARRAY_ITEM : of(first);
    }

    private static boolean isWithin(String path, String list) {
        return path.equals(list) || path.startsWith(list + ".");
    }

    private static AlinkCode of(Violation violation) {
        return switch (violation.kind()) {
            case UNKNOWN_PROPERTY, NOT_ALLOWED -> PROPERTY_UNKNOWN;
            case UNKNOWN_EVENT -> EVENT_UNKNOWN;
            case UNKNOWN_SERVICE -> SERVICE_UNKNOWN;
            case UNKNOWN_MEMBER -> STRUCT_INVALID;
            case MISSING -> PARAMETER_MISSING;
            case WRONG_TYPE, OUT_OF_BOUNDS -> violation.type() == null ? PARAMETER_ERROR : of(violation.type());
            case WRONG_SIZE -> ARRAY_SIZE;
            case WRONG_ITEM -> ARRAY_ITEM;
            case BAD_TIME -> BAD_TIME;
            case TOO_MANY -> TOO_MANY_PROPERTIES;
        };
    }

    private static AlinkCode of(DataType type) {
        return switch (type) {
            case DataType.Int _, DataType.Long _ -> INT_INVALID;
            case DataType.Real real ->
                switch (real.precision()) {
                    case FLOAT -> FLOAT_INVALID;
                    case DOUBLE, DECIMAL -> DOUBLE_INVALID;
                };
            case DataType.Flag _ -> BOOL_INVALID;
            case DataType.Choice _, DataType.Word _ -> ENUM_INVALID;
            case DataType.Text _ -> TEXT_INVALID;
            case DataType.Moment _ -> DATE_INVALID;
            case DataType.Struct _, DataType.Json _ -> STRUCT_INVALID;
            case DataType.ListOf _ -> NO_ARRAY;
        };
    }
}
