package io.berth.core.message;

/// How sure a delivery is. Berth grants no QoS 2.
public enum Qos {
    AT_MOST_ONCE,
    AT_LEAST_ONCE;

    /// The lower of the two.
    public Qos atMost(Qos other) {
        return this == AT_MOST_ONCE ? this : other;
    }

    public static Qos of(int value) {
        return value == 0 ? AT_MOST_ONCE : AT_LEAST_ONCE;
    }
}
