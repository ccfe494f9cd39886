package io.berth.dialect.huawei.rest;

import io.berth.core.Payload;
import io.berth.core.credential.Sha256;
import io.berth.dialect.AppRequest;
import io.berth.dialect.huawei.PercentText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What is signed of a request (spec huawei-iotda 6.1).
record CanonicalRequest(AppRequest request, Payload body, List<String> headers) {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String CONTENT_HASH = "x-sdk-content-sha256";

    /// What may have been signed. The vendor's Java SDK encodes the segments of the path that its HTTP client
    /// sends, which are encoded already; others encode them once.
    List<String> texts() {
        String once = text(segment -> PercentText.encode(PercentText.decode(segment)));
        return request.path().indexOf('%') < 0 ? List.of(once) : List.of(once, text(PercentText::encode));
    }

    private String text(UnaryOperator<String> encoding) {
        return String.join(
                "\n",
                request.method(),
                uri(encoding),
                QueryText.parse(request.query()).canonical(),
                headerLines(),
                String.join(";", headers),
                contentHash());
    }

    /// Always with a slash behind it.
    private String uri(UnaryOperator<String> encoding) {
        return Arrays.stream(request.path().split("/")).map(encoding).collect(Collectors.joining("/", "", "/"));
    }

    private String headerLines() {
        StringBuilder lines = new StringBuilder(200);
        for (String name : headers) {
            String value = Objects.requireNonNullElse(request.header(name), "");
            lines.append(name.toLowerCase(Locale.ROOT))
                    .append(':')
                    .append(value.strip())
                    .append('\n');
        }
        return lines.toString();
    }

    /// As the client says it, when that is so; or that it did not sign its body, which is part of the
    /// signature.
    private String contentHash() {
        String said = request.header(CONTENT_HASH);
        String is = Sha256.hex(body.toBytes());
        return UNSIGNED.equals(said) || is.equalsIgnoreCase(said) ? Objects.requireNonNull(said) : is;
    }
}
