package io.berth.core;

/// Everything core can refuse, one word each. Dialects and the native API map each to their own codes in one
/// exhaustive switch; the names are counted in metrics, so they are stable.
public enum Problem {
    /// A value breaks a rule of its type or its bounds.
    INVALID_ARGUMENT,
    PRODUCT_NOT_FOUND,
    DEVICE_NOT_FOUND,
    ACCESS_KEY_NOT_FOUND,
    SPACE_NOT_FOUND,
    /// The product key, or the product alias, is taken.
    PRODUCT_EXISTS,
    /// The device name is taken in this product.
    DEVICE_EXISTS,
    /// The alias names another device already.
    ALIAS_TAKEN,
    ACCESS_KEY_EXISTS,
    /// The name of the user is taken.
    USER_EXISTS,
    /// A product with devices is not deleted.
    PRODUCT_NOT_EMPTY,
    /// A released product is not changed.
    PRODUCT_RELEASED,
    /// A resource space has this name already.
    SPACE_EXISTS,
    /// A resource space with products is not deleted.
    SPACE_NOT_EMPTY,
    /// A group has this name already.
    GROUP_EXISTS,
    /// A group with members or sub-groups is not deleted.
    GROUP_NOT_EMPTY,
    /// A rule has this name already.
    RULE_EXISTS,
    /// A scene has this name already.
    SCENE_EXISTS,
    /// A configured bound is reached (devices per product, topic classes per product, …).
    LIMIT_REACHED,
    /// No live session, and nothing that would keep the message for the device.
    DEVICE_OFFLINE,
    DEVICE_DISABLED,
    /// The device is online and has not subscribed the topic of the message.
    NOT_SUBSCRIBED,
    /// The topic does not belong to the device, or its class forbids this direction.
    TOPIC_FORBIDDEN,
    /// The device did not answer in time.
    TIMED_OUT,
    /// The connection ended before the message was acknowledged.
    CONNECTION_LOST,
    /// The device's wire cannot carry this kind of message.
    UNSUPPORTED,
    /// The thing model contradicts itself, exceeds a bound or cannot be read.
    MODEL_INVALID,
    /// There is no such version of the thing model, property, event or service.
    MODEL_NOT_FOUND,
    /// A value does not fit the thing model.
    VALUE_INVALID,
    /// What was to change is not as the caller believed.
    VERSION_CONFLICT,
    /// The device answered that it did not do it.
    DEVICE_REFUSED,
    /// No such call, group, script, configuration or other thing asked for by name.
    NOT_FOUND,
    /// The script failed, took too long or answered what it may not.
    SCRIPT_FAILED,
    /// The request is larger than may be.
    TOO_LARGE,
    /// A queue is full; try again later.
    OVERLOADED,
    UNAUTHENTICATED,
    FORBIDDEN,
    /// The store does not answer or refuses to write.
    STORAGE_UNAVAILABLE,
    /// A fault of Berth itself; the log has the cause.
    INTERNAL
}
