package io.berth.core.enrol;

import static io.berth.core.ProblemException.require;

/// What the secret of a product, which is in every device of a kind and gets out one day, can do at most.
///
/// @param unitsPerDevice physical devices that may go by one name without having been registered (spec
/// aliyun-device 1.4)
/// @param perProductPerMinute registrations of one product
/// @param perAddressPerMinute registrations from one address; leaves room for a factory behind one
public record EnrolmentLimits(int unitsPerDevice, int perProductPerMinute, int perAddressPerMinute) {
    public static final EnrolmentLimits DEFAULT = new EnrolmentLimits(5, 6_000, 1_200);

    public EnrolmentLimits {
        require(unitsPerDevice >= 1 && unitsPerDevice <= 100, "enrol.units-per-device is 1 to 100");
        require(perProductPerMinute >= 1, "enrol.per-product-per-minute is at least 1");
        require(perAddressPerMinute >= 1, "enrol.per-address-per-minute is at least 1");
    }
}
