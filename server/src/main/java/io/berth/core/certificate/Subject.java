package io.berth.core.certificate;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/// The parts of a certificate's subject, read from its encoding: the JDK shows a subject as a whole only, in
/// a text whose escapes differ with the kind of string.
final class Subject {
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private Subject() {}

    /// Empty where the subject lacks it. Of several the first in the encoding counts.
    static Optional<String> part(X500Principal name, SubjectPart part) {
        return children(name.getEncoded(), SEQUENCE).stream()
                .flatMap(names -> children(names, SET).stream())
                .map(pair -> children(pair, SEQUENCE))
                .filter(pair -> pair.size() == 2 && Arrays.equals(pair.getFirst(), part.objectId()))
                .map(pair -> text(pair.getLast()))
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    static Optional<String> commonName(X509Certificate certificate) {
        return part(certificate.getSubjectX500Principal(), SubjectPart.COMMON_NAME);
    }

    /// The elements within an element of this kind, each with its head; none when it is another.
    private static List<byte[]> children(byte[] element, int kind) {
        List<byte[]> found = new ArrayList<>();
        if ((element[0] & 0xff) != kind) {
            return found;
        }
        int at = head(element, 0);
        while (at < element.length) {
            int end = head(element, at) + length(element, at);
            found.add(Arrays.copyOfRange(element, at, end));
            at = end;
        }
        return found;
    }

    /// Where the content of the element at this place begins.
    private static int head(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = at + 2; i < head(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return length;
    }

    private static String text(byte[] element) {
        Charset charset = switch (element[0]) {
            case 0x0c, 0x13, 0x16, 0x12 -> StandardCharsets.UTF_8;
            case 0x1e -> StandardCharsets.UTF_16BE;
            case 0x1c -> Charset.forName("UTF-32BE");
            case 0x14 -> StandardCharsets.ISO_8859_1;
            default -> null;
        };
        int from = head(element, 0);
        return charset == null ? "" : new String(element, from, element.length - from, charset);
    }
}
