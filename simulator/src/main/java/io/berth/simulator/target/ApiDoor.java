package io.berth.simulator.target;

import io.berth.simulator.device.Identity;
import io.berth.simulator.wire.Endpoint;
import java.net.URI;

/// Where the native API is and the paths the scenarios call.
///
/// @param endpoint the same place as `base`, for connections that are kept alive
public record ApiDoor(URI base, Endpoint endpoint, String token) {
    public static final String PRODUCTS = "/api/v1/products";
    public static final String IMPORT = "/api/v1/devices/import";
    /// Below a product: takes a thing model and lets its devices meet it.
    public static final String MODEL = "/model?publish=true";

    public static final String TAIL = "/api/v1/tail";
    public static final String CONSUMER_GROUPS = "/api/v1/consumer-groups";
    public static final String ACCESS_KEYS = "/api/v1/accesskeys";
    public static final String CERTIFICATES = "/api/v1/certificates";
    /// A stream of messages to any devices.
    public static final String MESSAGE_STREAM = "/api/v1/messages";

    public static final String MESSAGES = "/messages";
    public static final String REQUESTS = "/requests";

    public static String messages(Identity device) {
        return of(device) + MESSAGES;
    }

    /// Where the device is asked something and the call waits for its answer.
    public static String requests(Identity device) {
        return of(device) + REQUESTS;
    }

    /// Where certificates of the device are made.
    static String certificates(Identity device) {
        return of(device) + "/certificates";
    }

    private static String of(Identity device) {
        return PRODUCTS + "/" + device.product() + "/devices/" + device.name();
    }
}
