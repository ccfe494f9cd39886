package io.berth.dialect.huawei.rest;

import static io.berth.dialect.huawei.device.HuaweiProblems.Fault.MALFORMED;

import io.berth.core.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a form as browsers and SDKs send it (RFC 7578), by the names of their parts; parts that are no
/// files are passed over.
final class Multipart {
    static final String CONTENT_TYPE = "multipart/form-data";

    private static final Pattern BOUNDARY =
            Pattern.compile("multipart/form-data\\s*;.*?boundary=\"?([^\";,\\s]{1,70})\"?.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME = Pattern.compile("[;\\s]name=\"([^\"]*)\"");
    private static final Pattern FILE_NAME = Pattern.compile("filename=\"([^\"]*)\"");
    private static final int MAX_PARTS = 16;
    private static final byte[] BLANK_LINE = {'\r', '\n', '\r', '\n'};

    private final byte[] body;
    private final byte[] boundary;

    private Multipart(byte[] body, byte[] boundary) {
        this.body = body;
        this.boundary = boundary;
    }

    /// MALFORMED when it is no such form.
    static Map<String, FormFile> files(String contentType, Payload body) {
        Matcher type = BOUNDARY.matcher(contentType.strip());
        if (!type.matches()) {
            throw new RestException(MALFORMED, "the body is " + contentType + ", not " + CONTENT_TYPE);
        }
        byte[] boundary = ("\r\n--" + type.group(1)).getBytes(StandardCharsets.ISO_8859_1);
        return new Multipart(body.toBytes(), boundary).files();
    }

    private Map<String, FormFile> files() {
        Map<String, FormFile> files = new LinkedHashMap<>();
        // the first boundary has no line before it
        int at =
                startsAt(0, Arrays.copyOfRange(boundary, 2, boundary.length)) ? boundary.length - 2 : next(0, boundary);
        for (int parts = 0; !isLast(at); parts++) {
            if (parts == MAX_PARTS) {
                throw malformed();
            }
            int end = next(at, boundary) - boundary.length;
            int content = next(at, BLANK_LINE);
            if (content > end) {
                throw malformed();
            }
            // names of files are in UTF-8, whatever the specification of headers says
            String head = new String(body, at, content - at, StandardCharsets.UTF_8);
            Matcher name = NAME.matcher(head);
            Matcher fileName = FILE_NAME.matcher(head);
            if (name.find() && fileName.find()) {
                Payload file = Payload.owned(Arrays.copyOfRange(body, content, end));
                files.putIfAbsent(name.group(1), new FormFile(fileName.group(1), file));
            }
            at = end + boundary.length;
        }
        return files;
    }

    private boolean isLast(int at) {
        return startsAt(at, new byte[] {'-', '-'});
    }

    /// The place behind the next occurrence.
    private int next(int from, byte[] wanted) {
        for (int at = from; at <= body.length - wanted.length; at++) {
            if (startsAt(at, wanted)) {
                return at + wanted.length;
            }
        }
        throw malformed();
    }

    private boolean startsAt(int at, byte[] wanted) {
        return at + wanted.length <= body.length
                && Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length);
    }

    private static RestException malformed() {
        return new RestException(MALFORMED, "the body is no whole form");
    }
}
