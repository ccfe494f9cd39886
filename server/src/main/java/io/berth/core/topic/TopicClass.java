package io.berth.core.topic;

import static io.berth.core.ProblemException.require;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A custom topic every device of a product has, as the path below the device's own root, for example `user/update`.
///
/// Each dialect puts its own root before the path (`/PRODUCT/DEVICE/`, `$oc/devices/ID/`), so one class serves a device
/// on either wire. Wildcards only where devices may just subscribe (spec aliyun-device 5.1, huawei-iotda 3.4). The path
/// has at most 7 levels and 128 bytes.
public record TopicClass(String path, Access access) {
    private static final int MAX_LEVELS = 7;
    private static final int MAX_LENGTH = 128;

    /// Everything up to the level that stands for the device: `/a1pk/${deviceName}/`, `$oc/devices/{device_id}/`.
    private static final Pattern DEVICE_ROOT = Pattern.compile("^.*/\\$?\\{[A-Za-z_]+}/");

    public TopicClass {
        require(TopicFilter.isValid(path), "topic class: " + path + " is not a topic filter");
        require(!path.startsWith("/") && !path.endsWith("/") && !path.contains("//"), "topic class: empty level");
        require(path.length() <= MAX_LENGTH, "topic class: longer than " + MAX_LENGTH);
        require(path.chars().filter(c -> c == '/').count() < MAX_LEVELS, "topic class: more than 7 levels");
        require(path.indexOf('$') < 0 && path.indexOf('{') < 0, "topic class: unexpected placeholder in " + path);
        boolean wildcard = path.indexOf('+') >= 0 || path.indexOf('#') >= 0;
        require(!wildcard || access == Access.SUBSCRIBE, "topic class: wildcards need subscribe-only access");
    }

    /// Reads a class as people write it: the bare path, or a vendor's full form with a placeholder for the device.
    public static TopicClass parse(String text, Access access) {
        Matcher root = DEVICE_ROOT.matcher(text);
        return new TopicClass(root.find() ? text.substring(root.end()) : text, access);
    }
}
