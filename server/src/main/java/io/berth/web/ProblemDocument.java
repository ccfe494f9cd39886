package io.berth.web;

import java.util.Locale;

/// An error as applications read it (RFC 9457, `application/problem+json`).
///
/// @param problem the stable word to switch on
public record ProblemDocument(String type, String title, int status, String detail, String problem) {
    public static final String CONTENT_TYPE = "application/problem+json";

    /// Type and title follow from the word: `DEVICE_OFFLINE` becomes `urn:berth:problem:device-offline`, "Device
    /// offline".
    public static ProblemDocument of(String problem, int status, String detail) {
        String words = problem.toLowerCase(Locale.ROOT).replace('_', ' ');
        String title = Character.toUpperCase(words.charAt(0)) + words.substring(1);
        return new ProblemDocument("urn:berth:problem:" + words.replace(' ', '-'), title, status, detail, problem);
    }

    static ProblemDocument ofStatus(int status, String detail) {
        return of(
                switch (status) {
                    case 404 -> "NO_SUCH_PATH";
                    case 405 -> "METHOD_NOT_ALLOWED";
                    case 413 -> "BODY_TOO_LARGE";
                    case 431 -> "HEADERS_TOO_LARGE";
                    case 503 -> "STOPPING";
                    default -> status < 500 ? "MALFORMED_REQUEST" : "INTERNAL";
                },
                status,
                detail);
    }
}
