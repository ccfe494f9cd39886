package io.berth.dialect.aliyun.device;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Requests that went down to a device of bytes. Scripts often give an id two bytes (the sample of spec
/// aliyun-device 8), so what the device answers may hold the low 16 bits of the request's id only: it means the
/// last request that has them. Any thread.
final class ShortIds {
    private static final int MASK = 0xffff;

    /// Then all are forgotten: hardly any of so many is still to be answered.
    private static final int MAX_KEPT = 1_000;

    private final ConcurrentMap<Long, String> asked = new ConcurrentHashMap<>();

    void asked(String id) {
        if (asked.size() >= MAX_KEPT) {
            asked.clear();
        }
        asked.put(Long.parseLong(id) & MASK, id);
    }

    /// The id of the request that an answer with this id means; the same where no request is known.
    String meant(String id) {
        return id.matches("[0-9]{1,5}") ? asked.getOrDefault(Long.parseLong(id), id) : id;
    }
}
