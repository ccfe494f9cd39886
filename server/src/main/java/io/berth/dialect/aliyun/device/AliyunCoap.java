package io.berth.dialect.aliyun.device;

import io.berth.core.login.DeviceTokens;
import io.berth.core.login.Handover;
import io.berth.dialect.CoapCode;
import io.berth.dialect.CoapDialect;
import io.berth.dialect.CoapReading;
import io.berth.dialect.CoapRequest;
import io.berth.dialect.DeviceServices;
import io.berth.dialect.PskClaim;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Alibaba's CoAP (spec aliyun-device 3): a login that brings a token, and messages under the token. The
/// tokens in clear are heard by everyone on the way, and prove nothing without the key that goes with them:
/// so they are no good through DTLS, where no key is asked for.
public final class AliyunCoap implements CoapDialect {
    private static final CoapReading NO_PATH = new CoapReading.Answered(CoapCode.NOT_FOUND, "unknown path");
    /// What the next run is left: how far the numbers under tokens in clear came.
    private static final String NUMBERS = "aliyun coap numbers";

    private static final CoapReading NO_METHOD =
            new CoapReading.Answered(CoapCode.METHOD_NOT_ALLOWED, "method not allowed");

    private final AliyunCoapLogin.Door clear;
    private final AliyunCoapLogin.Door secure;
    /// A message id is its millisecond and a number, so that ids of later starts are greater.
    private final AtomicLong messageIds;

    /// The tokens it issues.
    ///
    /// @param clear those of devices in clear
    /// @param secure those of devices that come through DTLS
    /// @param most so many of each are remembered
    public record Tokens(DeviceTokens clear, DeviceTokens secure, int most) {}

    /// @param services what devices may ask of the platform
    public AliyunCoap(DeviceServices services, Tokens tokens, Handover handover) {
        AliyunCoapTokens numbered = new AliyunCoapTokens(
                tokens.clear(), services, tokens.most(), new EarlierNumbers.Left(handover.take(NUMBERS)));
        handover.leave(NUMBERS, numbered::numbers);
        this.clear = new AliyunCoapLogin.Door(numbered, false);
        this.secure = new AliyunCoapLogin.Door(
                new AliyunCoapTokens(tokens.secure(), services, tokens.most(), new EarlierNumbers.None()), true);
        this.messageIds = new AtomicLong(services.clock().instant().toEpochMilli() << 20);
    }

    @Override
    public String name() {
        return "aliyun";
    }

    @Override
    public CoapReading read(CoapRequest request) {
        List<String> path = request.path();
        boolean isLogin = path.size() == 1 && path.getFirst().equals("auth");
        boolean isReport = path.size() > 1 && path.getFirst().equals("topic");
        if (!isLogin && !isReport) {
            return NO_PATH;
        }
        if (!request.isPost()) {
            return NO_METHOD;
        }
        AliyunCoapLogin.Door door = request.isSecure() ? secure : clear;
        return isLogin
                ? AliyunCoapLogin.read(request, door)
                : AliyunCoapReport.read(request, door.tokens(), messageIds::incrementAndGet);
    }

    @Override
    public PskClaim psk(String identity) {
        return AliyunPsk.read(identity);
    }
}
