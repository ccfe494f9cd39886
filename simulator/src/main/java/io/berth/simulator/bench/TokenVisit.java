package io.berth.simulator.bench;

import io.berth.simulator.device.Device;
import io.berth.simulator.device.HttpLogin;
import io.berth.simulator.device.HttpReport;
import io.berth.simulator.wire.Endpoint;
import io.berth.simulator.wire.HttpCall;
import io.berth.simulator.wire.HttpConnection;
import io.berth.simulator.wire.HttpEvents;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A device that logs in over HTTP, on a connection of its own, to be given the token of its reports.
final class TokenVisit implements HttpEvents {
    private final String member;
    private final CompletableFuture<String> token = new CompletableFuture<>();

    private TokenVisit(String member) {
        this.member = member;
    }

    static CompletableFuture<String> of(Device device, EventLoop loop, Endpoint endpoint) {
        HttpLogin login = device.dialect().httpLogin(device.identity());
        TokenVisit visit = new TokenVisit(login.tokenMember());
        return HttpConnection.openForSigned(loop, endpoint, visit).thenCompose(connection -> {
            connection.call(HttpCall.post(login.path(), login.body()));
            return visit.token.whenComplete((token, failure) -> {
                var _ = connection.leave();
            });
        });
    }

    /// A report of the device under its token.
    static HttpCall report(Device device, String token, String payload) {
        HttpReport report = device.dialect().httpReport(device.identity());
        String headers = "Host: bench\r\nContent-Type: " + report.contentType() + "\r\n" + report.tokenHeader() + ": "
                + token + "\r\n";
        return new HttpCall("POST", report.path(), headers, payload);
    }

    @Override
    public void answered(int status, String body) {
        Matcher found = Pattern.compile("\"" + member + "\":\"([^\"]+)\"").matcher(body);
        if (found.find()) {
            token.complete(found.group(1));
        } else {
            token.completeExceptionally(
                    new IllegalStateException("the server gave no token: HTTP " + status + " " + body));
        }
    }

    @Override
    public void lost(String reason) {
        token.completeExceptionally(
                new IllegalStateException(reason + "; HTTP in clear is served with http.clear = true only"));
    }
}
