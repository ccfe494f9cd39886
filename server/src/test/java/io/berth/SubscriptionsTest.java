package io.berth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.berth.core.credential.Hmac;
import io.berth.core.credential.Secret;
import io.berth.testing.Patience;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.qpid.jms.JmsConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device publishes, an application subscribed by AMQP hears of it: in each vendor's way and in Berth's own.
@Tag("slow")
final class SubscriptionsTest {
    private static final String SECRET = "f4c1f0e4b9b24d3c8c7ad0e1f2a3b4c5";
    private static final String KEY_SECRET = "k2b8Q0sVwYz4";
    private static final String TIMESTAMP = "1573489088171";
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    Path data;

    private RunningBerth berth;
    private Operator operator;

    @BeforeEach
    void start() {
        berth = RunningBerth.on(data);
        operator = berth.operator();
        operator.does("accesskey", "create", "--id", "app", "--secret", KEY_SECRET);
        operator.does("product", "create", "Pump", "--key", "pump", "--huawei-id", "hw");
        operator.does("topic", "add", "pump", "user/update", "--allow", "pub");
        operator.does("device", "create", "pump", "p1", "--secret", SECRET, "--huawei-id", "hw_p1");
    }

    @AfterEach
    void stop() {
        berth.close();
    }

    private void group(String name, String format) {
        operator.does("group", "create", name, "--format", format, "--product", "pump", "--kinds", "message");
    }

    private void publish(String text) {
        try (TestDevice device = berth.alibaba("pump", "p1", SECRET).connects()) {
            device.publishes("/pump/p1/user/update", text);
        }
    }

    private Connection connect(String user, String password) throws JMSException {
        String url = "amqp://127.0.0.1:" + berth.port("amqp") + "?amqp.idleTimeout=80000";
        Connection connection = new JmsConnectionFactory(url).createConnection(user, password);
        connection.start();
        return connection;
    }

    private Connection aliyun(String group) throws JMSException {
        String user = "app-1|authMode=aksign,signMethod=hmacsha256,timestamp=" + TIMESTAMP
                + ",authId=app,iotInstanceId=,consumerGroupId=" + group + "|";
        byte[] signed = Hmac.SHA256.sign(new Secret(KEY_SECRET), "authId=app&timestamp=" + TIMESTAMP);
        return connect(user, Base64.getEncoder().encodeToString(signed));
    }

    private static Message next(Connection connection, String queue) throws JMSException {
        Session session = connection.createSession(Session.AUTO_ACKNOWLEDGE);
        MessageConsumer consumer = session.createConsumer(session.createQueue(queue));
        return Objects.requireNonNull(consumer.receive(Patience.LONG.toMillis()), "no message");
    }

    private static JsonNode json(Message message) throws JMSException {
        return JSON.readTree(((TextMessage) message).getText());
    }

    @Test
    void alibabas_applications_get_the_bytes_of_the_device() throws Exception {
        group("orders", "aliyun");
        publish("{\"flow\":12.5}");
        try (Connection connection = aliyun("orders")) {
            Message message = next(connection, "default");

            assertThat(message).isInstanceOf(BytesMessage.class);
            assertThat(new String(message.getBody(byte[].class), UTF_8)).isEqualTo("{\"flow\":12.5}");
            assertThat(message.getStringProperty("topic")).isEqualTo("/pump/p1/user/update");
            assertThat(message.getStringProperty("messageId")).matches("[0-9]+");
            assertThat(message.getLongProperty("generateTime")).isGreaterThan(1_700_000_000_000L);
        }
    }

    @Test
    void a_key_that_is_disabled_loses_its_open_connection_within_moments() throws Exception {
        group("orders", "aliyun");
        try (Connection connection = aliyun("orders")) {
            CompletableFuture<JMSException> ended = new CompletableFuture<>();
            connection.setExceptionListener(ended::complete);
            publish("1");
            next(connection, "default");
            operator.does("accesskey", "disable", "app");

            assertThat(ended)
                    .succeedsWithin(Patience.LONG)
                    .satisfies(e -> assertThat(e).hasStackTraceContaining("amqp:unauthorized-access"));
        }
        await().untilAsserted(() -> assertThat(
                        operator.types("--json", "accesskey", "list").lines())
                .anySatisfy(line -> assertThat(line.toString()).contains("app", "amqp")));
    }

    @Test
    void huaweis_applications_get_a_notification_as_text() throws Exception {
        group("DefaultQueue", "huawei");
        publish("hello");
        String user = "accessKey=app|timestamp=" + System.currentTimeMillis() + "|instanceId=i-1";
        try (Connection connection = connect(user, KEY_SECRET)) {
            JsonNode notification = json(next(connection, "DefaultQueue"));

            assertThat(notification.path("resource").stringValue()).isEqualTo("device.message");
            assertThat(notification.at("/notify_data/header/device_id").stringValue())
                    .isEqualTo("hw_p1");
        }
    }

    @Test
    void berths_own_applications_log_in_by_key_or_token() throws Exception {
        group("native", "native");
        publish("hello");
        try (Connection connection = connect("app", KEY_SECRET)) {
            assertThat(json(next(connection, "native")).path("kind").stringValue())
                    .isEqualTo("message");
        }
        publish("again");
        String token =
                operator.does("token", "create", "dashboard").path("token").stringValue();
        try (Connection connection = connect("token", token)) {
            assertThat(json(next(connection, "native")).path("kind").stringValue())
                    .isEqualTo("message");
        }
    }

    @Test
    void what_nobody_took_is_there_after_a_restart() throws Exception {
        group("orders", "aliyun");
        publish("kept");
        berth.close();
        berth = RunningBerth.on(data);
        operator = berth.operator();
        try (Connection connection = aliyun("orders")) {
            assertThat(new String(next(connection, "default").getBody(byte[].class), UTF_8))
                    .isEqualTo("kept");
        }
    }

    @Test
    void a_refused_login_is_explained_to_the_operator_alone() throws Exception {
        group("orders", "aliyun");
        assertThatThrownBy(() -> connect("accessKey=app|timestamp=" + TIMESTAMP, KEY_SECRET))
                .isInstanceOf(JMSSecurityException.class)
                .hasMessageNotContaining("timestamp");

        String explained = await("the refusal")
                .until(() -> operator.types("explain", "--key", "app").out(), text -> text.contains("clock-skew"));
        assertThat(explained).contains("by huawei").doesNotContain(KEY_SECRET, "digest");
    }
}
