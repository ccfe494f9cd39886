package io.berth.dialect.huawei.device;

import io.berth.core.Payload;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// Unpacks payloads of devices, up to a bound: a few bytes can hold very many.
final class HuaweiGzip {
    /// The size of the largest message the vendor takes (spec huawei-iotda 2.3).
    static final int MAX_BYTES = 1 << 20;

    private HuaweiGzip() {}

    /// Empty when it is no gzip, breaks off (the vendor's Java SDK 1.2.1 never ends its stream), or grows
    /// too large.
    static Optional<Payload> unpack(Payload packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed.toBytes()))) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? Optional.empty() : Optional.of(Payload.owned(bytes));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
