package io.berth.dialect;

import io.berth.core.Payload;
import java.util.List;

/// What a request is answered.
///
/// @param format the content format of the payload, [CoapRequest#NO_FORMAT] without one
/// @param options the vendor's own, in ascending order
/// @param separate whether the sender wants its request acknowledged first and answered in a message of its own
public record CoapAnswer(CoapCode code, int format, Payload payload, List<CoapOption> options, boolean separate) {
    public CoapAnswer {
        options = List.copyOf(options);
    }

    /// Nothing but a code: all that who has not proved itself is ever told.
    public static CoapAnswer of(CoapCode code) {
        return new CoapAnswer(code, CoapRequest.NO_FORMAT, Payload.EMPTY, List.of(), false);
    }

    public static CoapAnswer content(int format, Payload payload) {
        return new CoapAnswer(CoapCode.CONTENT, format, payload, List.of(), false);
    }
}
