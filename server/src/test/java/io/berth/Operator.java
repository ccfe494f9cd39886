package io.berth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.berth.cli.Cli;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Someone who types commands on the machine of the server that runs on this data directory.
record Operator(Path data) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// What a command left behind.
    record Answer(int code, String out, String err) {
        JsonNode json() {
            return JSON.readTree(out);
        }

        /// The output as one JSON object a line.
        List<JsonNode> lines() {
            return out.lines().map(JSON::readTree).toList();
        }
    }

    /// Runs a command, whatever comes of it.
    Answer types(String... words) {
        return run(Stream.concat(Stream.of("--data", data.toString()), Arrays.stream(words)));
    }

    /// Runs a command on another machine, which knows the server by its address only.
    static Answer at(String url, String token, String... words) {
        return run(Stream.concat(Stream.of("--server", url, "--token", token), Arrays.stream(words)));
    }

    private static Answer run(Stream<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Cli.run(
                words.toArray(String[]::new), new PrintWriter(out), new PrintWriter(err), Path.of("no-such-data"));
        return new Answer(code, out.toString(), err.toString());
    }

    /// Runs a command that has to succeed and answers what it printed as JSON.
    JsonNode does(String... words) {
        Answer answer =
                types(Stream.concat(Stream.of("--json"), Arrays.stream(words)).toArray(String[]::new));
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.json();
    }

    /// Waits until this is the device's status: its goodbye, for one, is sent before the server hears it.
    void sees(String product, String device, String status) {
        await(product + "/" + device + " is " + status)
                .until(
                        () -> does("device", "show", product, device)
                                .path("status")
                                .stringValue(),
                        status::equals);
    }

    /// Runs a command that has to be refused and answers the reason.
    String isRefused(String... words) {
        Answer answer = types(words);
        assertThat(answer.code()).as(answer.out()).isEqualTo(1);
        return answer.err();
    }
}
