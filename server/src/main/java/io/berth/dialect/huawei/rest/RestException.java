package io.berth.dialect.huawei.rest;

import io.berth.core.audit.Refused;
import io.berth.dialect.huawei.device.HuaweiProblems.Fault;

/// Something is wrong with a request that core has no word for.
final class RestException extends RuntimeException implements Refused {
    private static final long serialVersionUID = 1;

    private final Fault fault;

    RestException(Fault fault, String detail) {
        super(detail);
        this.fault = fault;
    }

    @Override
    public String outcome() {
        return fault.code();
    }

    Fault fault() {
        return fault;
    }

    String detail() {
        String message = getMessage();
        return message == null ? fault.name() : message;
    }
}
