package io.berth.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.huaweicloud.sdk.core.exception.ServiceResponseException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// How the SDK of Huawei's applications tells of a refusal.
final class Refusals {
    private Refusals() {}

    /// Status and code with which the call is refused: `404 IOTDA.014000`.
    static String refused(ThrowingCallable call) {
        Throwable thrown = catchThrowable(call);
        assertThat(thrown).isInstanceOf(ServiceResponseException.class);
        ServiceResponseException refusal = (ServiceResponseException) thrown;
        return refusal.getHttpStatusCode() + " " + refusal.getErrorCode();
    }
}
