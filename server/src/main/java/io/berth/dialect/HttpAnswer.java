package io.berth.dialect;

import io.berth.core.Payload;

/// What a request is answered: a status and, unless it is empty, JSON.
public record HttpAnswer(int status, Payload body) {
    public static HttpAnswer json(int status, String text) {
        return new HttpAnswer(status, Payload.of(text));
    }

    public static HttpAnswer empty(int status) {
        return new HttpAnswer(status, Payload.EMPTY);
    }
}
