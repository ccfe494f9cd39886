package io.berth.core.device;

import static io.berth.core.ProblemException.require;

import java.util.regex.Pattern;

/// Who a device is: its product's key and its name there, 1 to 64 of `A-Z a-z 0-9 - _ @ . :`.
public record DeviceId(String product, String name) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_@.:-]{1,64}");

    public DeviceId {
        require(!product.isEmpty() && product.length() <= 64, "a product key has 1 to 64 characters");
        require(NAME.matcher(name).matches(), "a device name has 1 to 64 of A-Z a-z 0-9 - _ @ . :");
    }

    public static boolean isValid(String product, String name) {
        return !product.isEmpty()
                && product.length() <= 64
                && NAME.matcher(name).matches();
    }

    @Override
    public String toString() {
        return product + "/" + name;
    }
}
