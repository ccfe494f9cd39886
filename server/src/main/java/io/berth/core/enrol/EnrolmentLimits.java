package io.berth.core.enrol;

import static io.berth.core.ProblemException.require;

/// What the secret of a product, which is in every device of a kind and gets out one day, can do at most.
///
/// @param unitsPerDevice physical devices that may go by one name without having been registered (spec
/// aliyun-device 1.4)
/// @param devicesPerProduct beyond these no device is made on the fly (spec aliyun-device 6)
/// @param perProductPerMinute registrations of one product
/// @param perAddressPerMinute registrations from one address; leaves room for a factory behind one
public record EnrolmentLimits(
        int unitsPerDevice, int devicesPerProduct, int perProductPerMinute, int perAddressPerMinute) {
    public static final EnrolmentLimits DEFAULT = new EnrolmentLimits(5, 500_000, 6_000, 1_200);

    public EnrolmentLimits {
        require(unitsPerDevice >= 1 && unitsPerDevice <= 100, "enrol.units-per-device is 1 to 100");
        require(devicesPerProduct >= 1, "enrol.devices-per-product is at least 1");
        require(perProductPerMinute >= 1, "enrol.per-product-per-minute is at least 1");
        require(perAddressPerMinute >= 1, "enrol.per-address-per-minute is at least 1");
    }
}
