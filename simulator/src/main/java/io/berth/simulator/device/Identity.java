package io.berth.simulator.device;

/// What a device was burned with.
///
/// @param huaweiId the second unique name of the same device, under which it logs in with Huawei's wire
public record Identity(String product, String name, String secret, String huaweiId) {
    /// A line of the import format.
    public String csv() {
        return product + "," + name + "," + secret + "," + huaweiId;
    }
}
