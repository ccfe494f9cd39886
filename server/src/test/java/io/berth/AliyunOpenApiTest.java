package io.berth;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Alibaba's OpenAPI on the wire: what HTTP makes of it, and what stays beside it.
@SuppressWarnings("NullAway.Init") // made before all tests
final class AliyunOpenApiTest {
    private static final String SECRET = "hush-hush-hush-hush-hush-hush-32";

    @TempDir
    static Path data;

    private static RunningBerth berth;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        berth = RunningBerth.on(data);
    }

    @AfterAll
    static void stop() {
        berth.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(berth.url() + path));
    }

    @Test
    void the_root_is_the_vendors_and_all_else_is_as_it_was() throws IOException, InterruptedException {
        HttpResponse<String> root = send(at("/"));
        assertThat(root.statusCode()).isEqualTo(400);
        assertThat(root.headers().firstValue("Content-Type")).hasValue("text/xml;charset=utf-8");
        assertThat(root.body()).contains("<HostId>127.0.0.1:").contains("<Code>MissingAction</Code>");
        assertThat(send(at("/?Format=JSON").method("PUT", BodyPublishers.noBody()))
                        .body())
                .contains("\"Code\":\"UnsupportedHTTPMethod\"");
        assertThat(send(at("/health/ready")).statusCode()).isEqualTo(200);
        assertThat(send(at("/api/v1/products")).statusCode()).isEqualTo(401);
        assertThat(send(at("/nothing")).statusCode()).isEqualTo(404);
    }

    @Test
    void bodies_and_headers_that_are_too_large_are_refused() throws IOException, InterruptedException {
        HttpResponse<String> body = send(at("/?Format=JSON").POST(BodyPublishers.ofString("A=" + "x".repeat(1 << 20))));
        assertThat(body.statusCode()).isEqualTo(413);
        assertThat(body.body()).contains("\"Code\":\"RequestEntityTooLarge\"");
        assertThat(send(at("/?A=" + "x".repeat(64 << 10))).statusCode()).isBetween(414, 431);
    }

    @Test
    void a_wrong_signature_is_explained_to_the_operator_with_the_text_that_had_to_be_signed()
            throws IOException, InterruptedException {
        Operator operator = berth.operator();
        operator.does("accesskey", "create", "--id", "app", "--secret", SECRET);
        String date = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        HttpResponse<String> answer = send(at("/?AccessKeyId=app&Action=QueryDeviceDetail&Format=JSON&IotId=x"
                + "&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D&SignatureMethod=HMAC-SHA1&SignatureNonce=1"
                + "&SignatureVersion=1.0&Timestamp=" + date.replace(":", "%3A") + "&Version=2018-01-20"));
        assertThat(answer.body()).contains("\"Code\":\"SignatureDoesNotMatch\"");

        assertThat(operator.types("explain", "--key", "app").out())
                .contains("(wrong-signature)  app  by aliyun")
                .contains("signed text   GET&%2F&AccessKeyId%3Dapp%26Action%3DQueryDeviceDetail%26Format%3DJSON%26")
                .containsPattern("digest +hmacsha1 expected [A-Za-z0-9+/]{8}…, given AAAAAAAA…")
                .doesNotContain(SECRET);
    }

    /// As one of the SDKs sends every call.
    @Test
    void an_empty_body_in_chunks_does_not_spoil_the_next_call_on_the_connection() throws IOException {
        String request = "POST /?Format=JSON HTTP/1.1\r\nHost: berth\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
        try (Socket socket = new Socket("127.0.0.1", berth.port("web"))) {
            BufferedReader answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
            for (int i = 0; i < 3; i++) {
                socket.getOutputStream().write(request.getBytes(US_ASCII));
                assertThat(answers.readLine()).startsWith("HTTP/1.1 400");
                int length = 0;
                for (String line = answers.readLine(); !line.isEmpty(); line = answers.readLine()) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                        length = Integer.parseInt(
                                line.substring(line.indexOf(':') + 1).strip());
                    }
                }
                StringBuilder body = new StringBuilder();
                while (body.length() < length) {
                    body.append((char) answers.read());
                }
                assertThat(body).contains("\"Code\":\"MissingAction\"");
            }
        }
    }
}
