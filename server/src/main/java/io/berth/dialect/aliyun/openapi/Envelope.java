package io.berth.dialect.aliyun.openapi;

import io.berth.core.Value;
import io.berth.dialect.AppAnswer;
import io.berth.dialect.AppRequest;
import io.berth.json.Members;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.UUID;

/// What is around every answer (spec aliyun-openapi 1.1, 1.3).
///
/// @param host as the client named it
record Envelope(String requestId, String host) {
    static Envelope of(AppRequest request) {
        String host = request.header("Host");
        return new Envelope(UUID.randomUUID().toString().toUpperCase(Locale.ROOT), host == null ? "" : host);
    }

    AppAnswer done(Format format, String action, Value.Fields members) {
        SequencedMap<String, Value> answer =
                new LinkedHashMap<>(begun(true).end().fields());
        answer.putAll(members.fields());
        return format.write(200, root(action), new Value.Fields(answer));
    }

    AppAnswer refused(Format format, String action, String code, String detail) {
        return refused(format, action, new Refused(code, detail, Value.Fields.NONE));
    }

    /// A refusal of an action is a success of HTTP: the bridge SDK goes on only then.
    AppAnswer refused(Format format, String action, Refused refused) {
        SequencedMap<String, Value> answer = new LinkedHashMap<>(begun(false)
                .with("Code", refused.code())
                .with("ErrorMessage", refused.detail())
                .end()
                .fields());
        answer.putAll(refused.members().fields());
        return format.write(200, root(action), new Value.Fields(answer));
    }

    /// @param members beside code and detail, for the few actions that have some
    record Refused(String code, String detail, Value.Fields members) {}

    AppAnswer failed(Format format, GatewayException failure) {
        return format.write(
                failure.status(),
                "Error",
                new Members()
                        .with("RequestId", requestId)
                        .with("HostId", host)
                        .with("Code", failure.code())
                        .with("Message", failure.message())
                        .end());
    }

    private Members begun(boolean success) {
        return new Members().with("RequestId", requestId).with("Success", success);
    }

    private static String root(String action) {
        return action + "Response";
    }
}
