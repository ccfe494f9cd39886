package io.berth.compat;

/// A device as the operator registers it.
///
/// @param huaweiId the second unique name, the one Huawei's wire uses
record Identity(String product, String name, String secret, String huaweiId) {
    Identity withSecret(String other) {
        return new Identity(product, name, other, huaweiId);
    }

    /// A custom topic of Alibaba's wire.
    String topic(String suffix) {
        return "/" + product + "/" + name + "/" + suffix;
    }
}
