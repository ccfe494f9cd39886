package io.berth.simulator.wire;

import io.berth.simulator.device.Hmac;
import io.berth.simulator.device.Identity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// A confirmable POST as octets; its token is the number of the request.
final class CoapPost {
    /// The code of an answer that accepts.
    static final int CONTENT = 0x45;

    private static final int POST = 2;
    private static final int URI_PATH = 11;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    private int option;

    CoapPost(int id, int number) {
        out.write(0x42);
        out.write(POST);
        out.write(id >> 8);
        out.write(id);
        out.write(number >> 8);
        out.write(number);
    }

    /// The login of a device of Alibaba's, request number 0 (spec aliyun-device 3.1, 3.2).
    ///
    /// @param sequence where its messages are to count from; empty through DTLS
    static byte[] login(Identity device, int id, String sequence) {
        String content = "clientIdc" + "deviceName" + device.name() + "productKey" + device.product()
                + (sequence.isEmpty() ? "" : "seq" + sequence);
        String body = "{\"productKey\":\"" + device.product() + "\",\"deviceName\":\"" + device.name()
                + "\",\"clientId\":\"c\",\"signmethod\":\"hmacsha256\""
                + (sequence.isEmpty() ? "" : ",\"seq\":\"" + sequence + "\"") + ",\"sign\":\""
                + Hmac.hex(device.secret(), content) + "\"}";
        CoapPost post = new CoapPost(id, 0);
        post.path("auth");
        return post.with(body.getBytes(StandardCharsets.US_ASCII));
    }

    void path(String segment) {
        option(URI_PATH, segment.getBytes(StandardCharsets.US_ASCII));
    }

    void option(int code, byte[] value) {
        int delta = code - option;
        option = code;
        out.write(nibble(delta) << 4 | nibble(value.length));
        extend(delta);
        extend(value.length);
        out.writeBytes(value);
    }

    private static int nibble(int value) {
        return value >= 269 ? 14 : Math.min(value, 13);
    }

    private void extend(int value) {
        if (value >= 269) {
            out.write((value - 269) >> 8);
            out.write(value - 269);
        } else if (value >= 13) {
            out.write(value - 13);
        }
    }

    byte[] with(byte[] payload) {
        out.write(0xff);
        out.writeBytes(payload);
        return out.toByteArray();
    }
}
