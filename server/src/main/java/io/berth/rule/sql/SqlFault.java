package io.berth.rule.sql;

/// Ends the work on one message; becomes a [SqlResult.Fault]. Carries no stack: devices can cause many.
final class SqlFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String detail;

    SqlFault(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
