package io.berth.rule;

/// A message does not fit its destination: a field is missing or has no usable form. The detail names the
/// field.
public final class UnfitException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public UnfitException(String detail) {
        super(detail);
    }
}
