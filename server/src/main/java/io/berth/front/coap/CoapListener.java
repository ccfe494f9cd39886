package io.berth.front.coap;

import io.berth.net.Place;

/// One place where devices send CoAP to.
///
/// @param place its name, for example `coaps`, names the settings `listener.<name>.…`
/// @param dtls whether only DTLS is understood here, else only CoAP in clear
public record CoapListener(Place place, boolean dtls) {
    /// Devices that encrypt what they send themselves.
    public static CoapListener symmetric() {
        return new CoapListener(new Place("coap-sym", "localhost", 5682), false);
    }

    public static CoapListener coaps() {
        return new CoapListener(new Place("coaps", "localhost", 5684), true);
    }
}
