package io.berth.core.enrol;

/// Why an application is refused, in the order in which it is looked at.
public enum Hindrance {
    PRODUCT_UNKNOWN,
    /// The product lets no device register.
    SWITCHED_OFF,
    /// It was not signed with the product's secret. Nobody who did not learns of anything below.
    NOT_PROVEN,
    /// Devices of the product prove themselves by certificate.
    WRONG_AUTH_KIND,
    /// The product lets in only devices that were registered before.
    PREREGISTRATION_DEMANDED,
    DEVICE_UNKNOWN,
    DEVICE_DISABLED,
    /// The device is in use: the secret of its product, which all its like know, does not open it.
    ALREADY_ACTIVATED,
    /// As many physical devices go by this name as may.
    NAME_TAKEN,
    /// The product has as many devices as it may.
    PRODUCT_FULL,
    /// Too many registrations of this product or from this address within a minute.
    TOO_MANY
}
