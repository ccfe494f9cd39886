package io.berth.dialect;

/// A vendor's CoAP, on which devices only send. Shared; its methods run on event loops and never block.
public interface CoapDialect {
    /// The stable lower-case word, as of the vendor's other wires.
    String name();

    /// Reads a request: no look-up, and no work worth a flood.
    CoapReading read(CoapRequest request);

    /// Reads the identity a DTLS client offers a pre-shared key for.
    PskClaim psk(String identity);
}
