package io.berth.simulator.application;

import io.berth.simulator.device.Identity;
import io.berth.simulator.wire.HttpCall;

/// What an application of one vendor asks of its platform, signed with its access key. Any thread.
public sealed interface Application permits AliyunApplication, HuaweiApplication {
    HttpCall detail(Identity device);

    /// Asks for a new device of a product; the platform makes its secret.
    HttpCall register(String product, String name);

    /// Sends text to a device, which gets it as it is.
    HttpCall message(Identity device, String text);
}
