package io.berth.simulator.device;

import java.util.List;
import java.util.stream.IntStream;

/// The devices of a run. The same seed gives the same identities, so that runs repeat and an import is needed once.
///
/// @param product the key of their product
public record Fleet(long seed, String product, int size, Mix mix) {
    public static final int MAX_SIZE = 1_000_000;

    public Fleet {
        if (size < 1 || size > MAX_SIZE) {
            throw new IllegalArgumentException("a fleet has 1 to " + MAX_SIZE + " devices, not " + size);
        }
    }

    public Fleet(long seed, int size, Mix mix) {
        this(seed, "sim" + Long.toUnsignedString(seed, 36), size, mix);
    }

    /// So many devices of a product of its own, whose devices log in by certificate.
    public Fleet certified(int most) {
        return new Fleet(seed, product + "x509", Math.min(most, size), mix);
    }

    public Device device(int index) {
        String name = "d%06d".formatted(index);
        String secret = Hmac.hex("seed" + seed, name).substring(0, 32);
        return new Device(new Identity(product(), name, secret, product() + "_" + name), mix.of(index));
    }

    public List<Device> devices() {
        return IntStream.range(0, size).mapToObj(this::device).toList();
    }

    /// The whole fleet in the import format, with its header.
    public String csv() {
        StringBuilder csv = new StringBuilder("ProductKey,DeviceName,DeviceSecret,HuaweiDeviceId\n");
        devices().forEach(device -> csv.append(device.identity().csv()).append('\n'));
        return csv.toString();
    }
}
