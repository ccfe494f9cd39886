package io.berth.rule;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operator says of a destination: one record a kind. [ConfigForm] reads and writes them by their
/// components: one that is neither nullable nor a map, list or [Default] is required, and a [Hidden] one is
/// never shown again. Texts said to be templates take `${field}` (see [Template]).
public sealed interface DestinationConfig {
    /// What a component is when nothing was said.
    @Retention(RetentionPolicy.RUNTIME)
    @interface Default {
        String value();
    }

    /// A secret. Prints as `***`.
    record Hidden(String text) {
        static final String MASK = "***";

        @Override
        public String toString() {
            return MASK;
        }
    }

    /// A consumer group, whose consumers get what is sent beside what the group itself chose.
    ///
    /// @param group its name or id
    record Group(String group) implements DestinationConfig {}

    /// A POST of each message (spec huawei-iotda 8).
    ///
    /// @param url a template; its host is fixed
    /// @param token signs each request with the headers `timestamp`, `nonce` and `signature`
    /// @param user for basic authentication, with `password`
    /// @param bearer for `Authorization: Bearer`
    /// @param ca the root the server's certificate is signed with, PEM; null for the usual ones
    record Http(
            String url,
            Map<String, Hidden> headers,
            @Nullable Hidden token,
            @Nullable String user,
            @Nullable Hidden password,
            @Nullable Hidden bearer,
            @Nullable String ca)
            implements DestinationConfig {
        public Http {
            headers = Map.copyOf(headers);
        }
    }

    /// A message to a device.
    ///
    /// @param topic a template: `/a1/${event.device}/user/get`
    /// @param product of the device, a template; null: the topic's first level
    /// @param device its name, a template; null: the topic's second level
    record Mqtt(
            String topic,
            @Nullable String product,
            @Nullable String device,
            @Default("1") int qos) implements DestinationConfig {}

    /// @param servers `host:port`
    /// @param topic a template
    /// @param key a template; null: product and device, so that a device's messages stay in order
    /// @param mechanism how `user` and `password` are sent
    record Kafka(
            List<String> servers,
            String topic,
            @Nullable String key,
            @Default("false") boolean tls,
            @Nullable String ca,
            @Default("PLAIN") Mechanism mechanism,
            @Nullable String user,
            @Nullable Hidden password)
            implements DestinationConfig {
        public Kafka {
            servers = List.copyOf(servers);
        }

        public enum Mechanism {
            PLAIN,
            SCRAM_SHA_256,
            SCRAM_SHA_512
        }
    }

    /// AMQP 0-9-1.
    ///
    /// @param exchange empty for the default one, whose routing key is the name of a queue
    /// @param routingKey a template
    record RabbitMq(
            String host,
            @Default("5672") int port,
            @Default("/") String virtualHost,
            @Default("") String exchange,
            String routingKey,
            String user,
            Hidden password,
            @Default("false") boolean tls,
            @Nullable String ca)
            implements DestinationConfig {}

    /// A row a message.
    ///
    /// @param columns what each column is filled with: a path into the document
    record PostgreSql(
            String host,
            @Default("5432") int port,
            String database,
            String table,
            Map<String, String> columns,
            String user,
            Hidden password,
            @Default("false") boolean tls,
            @Nullable String ca)
            implements DestinationConfig {
        public PostgreSql {
            columns = Map.copyOf(columns);
        }
    }

    /// A row a message.
    ///
    /// @param columns what each column is filled with: a path into the document
    record MySql(
            String host,
            @Default("3306") int port,
            String database,
            String table,
            Map<String, String> columns,
            String user,
            Hidden password,
            @Default("false") boolean tls,
            @Nullable String ca)
            implements DestinationConfig {
        public MySql {
            columns = Map.copyOf(columns);
        }
    }

    /// A point a message, in line protocol over HTTP.
    ///
    /// @param url of the server, without a path
    /// @param bucket the database of InfluxDB 1
    /// @param org null for InfluxDB 1
    /// @param measurement a template
    /// @param tags templates
    /// @param fields paths into the document
    /// @param time a path to milliseconds; null: when the event happened
    record InfluxDb(
            String url,
            String bucket,
            @Nullable String org,
            String measurement,
            Map<String, String> tags,
            Map<String, String> fields,
            @Nullable String time,
            @Nullable Hidden token,
            @Nullable String user,
            @Nullable Hidden password,
            @Nullable String ca)
            implements DestinationConfig {
        public InfluxDb {
            tags = Map.copyOf(tags);
            fields = Map.copyOf(fields);
        }
    }

    /// A row a message, over HTTP.
    ///
    /// @param url of the server, without a path
    /// @param columns what each column is filled with: a path into the document
    record ClickHouse(
            String url,
            @Default("default") String database,
            String table,
            Map<String, String> columns,
            @Nullable String user,
            @Nullable Hidden password,
            @Nullable String ca)
            implements DestinationConfig {
        public ClickHouse {
            columns = Map.copyOf(columns);
        }
    }
}
