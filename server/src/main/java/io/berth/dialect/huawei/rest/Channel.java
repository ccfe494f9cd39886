package io.berth.dialect.huawei.rest;

import static io.berth.core.ProblemException.require;

import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.core.Value;
import io.berth.core.rule.Rule;
import io.berth.dialect.huawei.rest.ChannelDetail.Address;
import io.berth.dialect.huawei.rest.ChannelDetail.Column;
import io.berth.json.Members;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The vendor's channels, each with the kind of destination that it is here (spec huawei-iotda 8).
@SuppressWarnings("ImmutableEnumChecker") // its functions hold no state
enum Channel {
    HTTP_FORWARDING("http", Channel::http, Channel::http),
    AMQP_FORWARDING(
            "group", Channel::amqp, settings -> ChannelDetail.of(new ChannelDetail.Amqp(settings.text("group")))),
    DMS_KAFKA_FORWARDING("kafka", Channel::dmsKafka, Channel::dmsKafka),
    MRS_KAFKA_FORWARDING("kafka", Channel::mrsKafka, Channel::mrsKafka),
    MYSQL_FORWARDING("mysql", Channel::mysql, Channel::mysql),
    INFLUXDB_FORWARDING("influxdb", Channel::influxDb, Channel::influxDb);

    private static final String SCRAM = "SCRAM-SHA-512";

    private final String kind;
    private final Function<ChannelDetail, Value.Fields> read;
    private final Function<Settings, ChannelDetail> write;

    Channel(String kind, Function<ChannelDetail, Value.Fields> read, Function<Settings, ChannelDetail> write) {
        this.kind = kind;
        this.read = read;
        this.write = write;
    }

    /// UNSUPPORTED for channels into services that only the vendor has.
    static Channel of(String word) {
        return Arrays.stream(values())
                .filter(channel -> channel.name().equals(word))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        Problem.UNSUPPORTED, "Berth has no channel " + word + "; it has " + List.of(values())));
    }

    /// Null for a destination the vendor has no channel for.
    static @Nullable Channel of(Rule.Action action) {
        return Arrays.stream(values())
                .filter(channel -> channel.kind.equals(action.kind()))
                // one of the vendor's Kafka services knows users, the other none
                .filter(channel -> !channel.kind.equals("kafka")
                        || (channel == DMS_KAFKA_FORWARDING)
                                == action.settings().fields().containsKey("user"))
                .findFirst()
                .orElse(null);
    }

    /// The vendor's word for a kind of destination; that of the kind itself where it has none.
    static String word(String kind) {
        return Arrays.stream(values())
                .filter(channel -> channel.kind.equals(kind))
                .findFirst()
                .map(Channel::name)
                .orElse(kind);
    }

    String kind() {
        return kind;
    }

    /// The settings of the destination.
    Value.Fields settings(ChannelDetail detail) {
        return read.apply(detail);
    }

    /// @param shown settings without secrets
    ChannelDetail detail(Value.Fields shown) {
        return write.apply(new Settings(shown));
    }

    /// Settings on their way back.
    private record Settings(Value.Fields fields) {
        String text(String name) {
            return Objects.requireNonNullElse(textOrNull(name), "");
        }

        @Nullable
        String textOrNull(String name) {
            return fields.get(name) instanceof Value.Text(String text) ? text : null;
        }

        boolean flag(String name) {
            return fields.get(name) instanceof Value.Flag(boolean on) && on;
        }

        List<String> texts(String name) {
            return fields.get(name) instanceof Value.Items(List<Value> items)
                    ? items.stream()
                            .map(item -> item instanceof Value.Text(String text) ? text : "")
                            .toList()
                    : List.of();
        }

        List<Column> columns(String name) {
            return fields.get(name) instanceof Value.Fields(var columns)
                    ? columns.entrySet().stream()
                            .map(column -> new Column(
                                    column.getKey(), column.getValue() instanceof Value.Text(String path) ? path : ""))
                            .toList()
                    : List.of();
        }

        Address address() {
            return address(text("host") + ":" + (fields.get("port") instanceof Value.Whole(long port) ? port : 0));
        }

        static Address address(String server) {
            int colon = server.lastIndexOf(':');
            String host = server.substring(0, colon);
            int port = Integer.parseInt(server.substring(colon + 1));
            boolean isIp = host.matches("[0-9.]+") || host.contains(":");
            return isIp ? new Address(host, port, null) : new Address(null, port, host);
        }
    }

    private static Value.Fields http(ChannelDetail detail) {
        var http = given(detail.httpForwarding(), "http_forwarding");
        if (http.certId() != null) {
            throw new ProblemException(
                    Problem.UNSUPPORTED, "Berth keeps no certificates of servers: leave \"cert_id\" away");
        }
        boolean signs = Boolean.TRUE.equals(http.signatureEnable());
        require(!signs || http.token() != null, "\"signature_enable\" needs a \"token\"");
        return new Members()
                .with("url", http.url())
                .withUnlessEmpty("token", signs ? Objects.requireNonNullElse(http.token(), "") : "")
                .end();
    }

    private static ChannelDetail http(Settings settings) {
        return ChannelDetail.of(
                new ChannelDetail.Http(settings.text("url"), null, settings.textOrNull("token") != null, null));
    }

    private static Value.Fields amqp(ChannelDetail detail) {
        return new Members()
                .with("group", given(detail.amqpForwarding(), "amqp_forwarding").queueName())
                .end();
    }

    private static Value.Fields dmsKafka(ChannelDetail detail) {
        var kafka = given(detail.dmsKafkaForwarding(), "dms_kafka_forwarding");
        require(kafka.username() != null && kafka.password() != null, "\"username\" and \"password\" are missing");
        String protocol = Objects.requireNonNullElse(kafka.securityProtocol(), "SASL_SSL");
        require(protocol.startsWith("SASL_"), "\"security_protocol\" must be SASL_SSL or SASL_PLAINTEXT");
        return new Members()
                .with("servers", servers(kafka.addresses()))
                .with("topic", kafka.topic())
                .with("tls", protocol.equals("SASL_SSL"))
                .with("mechanism", SCRAM.equals(kafka.mechanism()) ? "scram-sha-512" : "plain")
                .withUnlessEmpty("user", Objects.requireNonNullElse(kafka.username(), ""))
                .withUnlessEmpty("password", Objects.requireNonNullElse(kafka.password(), ""))
                .end();
    }

    private static ChannelDetail dmsKafka(Settings settings) {
        return ChannelDetail.of(new ChannelDetail.DmsKafka(
                settings.texts("servers").stream().map(Settings::address).toList(),
                settings.text("topic"),
                settings.textOrNull("user"),
                null,
                settings.text("mechanism").equals("scram-sha-512") ? SCRAM : "PLAIN",
                settings.flag("tls") ? "SASL_SSL" : "SASL_PLAINTEXT"));
    }

    private static Value.Fields mrsKafka(ChannelDetail detail) {
        var kafka = given(detail.mrsKafkaForwarding(), "mrs_kafka_forwarding");
        if (Boolean.TRUE.equals(kafka.kerberosAuthentication())) {
            throw new ProblemException(Problem.UNSUPPORTED, "Berth does not speak Kerberos");
        }
        return new Members()
                .with("servers", servers(kafka.addresses()))
                .with("topic", kafka.topic())
                .end();
    }

    private static ChannelDetail mrsKafka(Settings settings) {
        return ChannelDetail.of(new ChannelDetail.MrsKafka(
                settings.texts("servers").stream().map(Settings::address).toList(), settings.text("topic"), false));
    }

    private static Value.Fields mysql(ChannelDetail detail) {
        var mysql = given(detail.mysqlForwarding(), "mysql_forwarding");
        return new Members()
                .with("host", host(mysql.address()))
                .with("port", Objects.requireNonNullElse(mysql.address().port(), 3306))
                .with("database", mysql.dbName())
                .with("table", mysql.tableName())
                .with("columns", columns(mysql.columnMappings()))
                .with("user", mysql.username())
                .with("password", Objects.requireNonNullElse(mysql.password(), ""))
                // the vendor's is on unless it is switched off
                .with("tls", !Boolean.FALSE.equals(mysql.enableSsl()))
                .end();
    }

    private static ChannelDetail mysql(Settings settings) {
        return ChannelDetail.of(new ChannelDetail.Mysql(
                settings.address(),
                settings.text("database"),
                settings.text("user"),
                null,
                settings.flag("tls"),
                settings.text("table"),
                settings.columns("columns")));
    }

    private static Value.Fields influxDb(ChannelDetail detail) {
        var influx = given(detail.influxdbForwarding(), "influxdb_forwarding");
        return new Members()
                .with("url", "http://" + server(influx.address(), 8086))
                .with("bucket", influx.dbName())
                .with("measurement", influx.measurement())
                .with("tags", Value.Fields.NONE)
                .with("fields", columns(influx.columnMappings()))
                .with("user", influx.username())
                .with("password", Objects.requireNonNullElse(influx.password(), ""))
                .end();
    }

    private static ChannelDetail influxDb(Settings settings) {
        return ChannelDetail.of(new ChannelDetail.InfluxDb(
                Settings.address(settings.text("url").substring("http://".length())),
                settings.text("bucket"),
                settings.text("user"),
                null,
                settings.text("measurement"),
                settings.columns("fields")));
    }

    private static <T> T given(@Nullable T detail, String name) {
        if (detail == null) {
            throw new ProblemException(Problem.INVALID_ARGUMENT, "\"channel_detail." + name + "\" is missing");
        }
        return detail;
    }

    private static List<Value> servers(List<Address> addresses) {
        require(!addresses.isEmpty(), "\"addresses\" is empty");
        return addresses.stream()
                .<Value>map(address -> new Value.Text(server(address, 9092)))
                .toList();
    }

    private static String server(Address address, int usualPort) {
        return host(address) + ":" + Objects.requireNonNullElse(address.port(), usualPort);
    }

    private static String host(Address address) {
        String host = address.ip() == null ? address.domain() : address.ip();
        require(host != null, "an address needs its \"ip\" or \"domain\"");
        return Objects.requireNonNull(host);
    }

    private static Value.Fields columns(List<Column> columns) {
        Members members = new Members();
        columns.forEach(column -> members.with(column.columnName(), column.jsonKey()));
        return members.end();
    }
}
