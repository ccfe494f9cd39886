package io.berth.core.line;

import io.berth.core.line.CertificateDesk.Reply.Refusal;
import io.berth.core.login.LoginFault;

/// Why the desk hands nothing out, for the operator. Whoever asked hears only the [Refusal].
enum Denial {
    TOO_OFTEN(
            Refusal.TOO_OFTEN,
            LoginFault.TOO_MANY_FAILURES,
            "too many requests of this address, or for this hardware id",
            "look for what asks so often; line.requests-per-address and line.requests-per-device bound it"),
    IN_CLEAR(
            Refusal.STRANGER,
            LoginFault.TLS_DEMANDED,
            "the request came without TLS, which would show the secret to the network",
            "set listener.web.tls, or line.tls-only = false when TLS ends in front of this server"),
    NO_PROOF(
            Refusal.STRANGER,
            LoginFault.MISSING_PARAMETER,
            "the request carries neither a token nor a signature, and no certificate came with its connection",
            "send the token as Authorization: Bearer, or station, nonce, timestamp and signature; a certificate is"
                    + " asked for while some station has one, and only where TLS ends in this server"),
    UNKNOWN_STATION(
            Refusal.STRANGER,
            LoginFault.UNKNOWN_CALLER,
            "there is no such station, or it proves itself in another way",
            "berth line station list shows the stations and their proofs"),
    WRONG_PROOF(
            Refusal.STRANGER,
            LoginFault.WRONG_SIGNATURE,
            "token or signature is not that of the station",
            "compare the secret of the station, or give it another with berth line station rotate"),
    UNKNOWN_CERTIFICATE(
            Refusal.STRANGER,
            LoginFault.UNTRUSTED_CERTIFICATE,
            "no station has the certificate that was shown",
            "berth line station list has the sha256 of each; another of the same name is one that was replaced, or"
                    + " somebody made it up"),
    CERTIFICATE_EXPIRED(
            Refusal.STRANGER,
            LoginFault.CERTIFICATE_EXPIRED,
            "the station's certificate is not valid at this time",
            "berth line station rotate gives it another; before its beginning, look at the clocks"),
    CLOCK_SKEW(
            Refusal.STRANGER,
            LoginFault.CLOCK_SKEW,
            "the time in the request is too far from now",
            "set the clock of the device; line.clock-skew says how far it may be off"),
    REPLAYED(
            Refusal.STRANGER,
            LoginFault.REPLAYED,
            "the same signed request came before",
            "make another nonce for each request"),
    WRONG_NETWORK(
            Refusal.STRANGER,
            LoginFault.NOT_ENTITLED,
            "the station proved itself from an address outside its networks",
            "if it stands there, add it again with that network; if not, its secret is known to others: remove it"),
    NOT_LISTED(
            Refusal.ILLEGAL,
            LoginFault.UNKNOWN_DEVICE,
            "the hardware id is in no batch",
            "list it with berth line allow, if it is one of yours"),
    OTHER_PRODUCT(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "the station does not serve the product of this batch",
            "add a station for this product"),
    BLOCKED(
            Refusal.ILLEGAL,
            LoginFault.DEVICE_DISABLED,
            "the unit is blocked, or its device disabled",
            "berth line unblock, or berth device enable"),
    NO_PLACE(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "the batch is closed or its quota is used up",
            "make another batch for what is still to be made"),
    NOT_TAKEN(
            Refusal.ILLEGAL,
            LoginFault.UNKNOWN_DEVICE,
            "the registry does not take the device: its product is deleted or full, or its alias is taken",
            "berth product show, berth device show"),
    GONE(
            Refusal.ILLEGAL,
            LoginFault.UNKNOWN_DEVICE,
            "the device was deleted since it was registered",
            "berth line reissue registers it anew"),
    HANDED_OUT(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "the batch hands secrets out once, and this one is out",
            "berth line reissue opens it again"),
    LATE(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "the device is burned or has logged in, and line.grace is over",
            "if it lost its secret, berth line reissue --rotate; if not, someone uses its hardware id"),
    ELSEWHERE(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "its secret went to another place before",
            "if the device moved, berth line reissue; if not, someone uses its hardware id"),
    NOT_ISSUED(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "nobody was given the secret of this unit",
            "ask for the identity first, then confirm it"),
    BURNED_TWICE(
            Refusal.ILLEGAL,
            LoginFault.NOT_ENTITLED,
            "it was confirmed from another place before",
            "look for a second device with this hardware id");

    final Refusal told;
    final LoginFault fault;
    final String cause;
    final String fix;

    Denial(Refusal told, LoginFault fault, String cause, String fix) {
        this.told = told;
        this.fault = fault;
        this.cause = cause;
        this.fix = fix;
    }
}
