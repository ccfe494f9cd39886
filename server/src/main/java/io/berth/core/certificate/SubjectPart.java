package io.berth.core.certificate;

/// A part of a subject that says something of a device (all of them attributes of X.520).
public enum SubjectPart {
    COUNTRY(6),
    ORGANIZATION(10),
    ORGANIZATIONAL_UNIT(11),
    NAME_QUALIFIER(46),
    STATE(8),
    COMMON_NAME(3),
    SERIAL_NUMBER(5);

    private final int number;

    SubjectPart(int number) {
        this.number = number;
    }

    /// As it is encoded: 2.5.4 and the number.
    byte[] objectId() {
        return new byte[] {0x06, 0x03, 0x55, 0x04, (byte) number};
    }
}
