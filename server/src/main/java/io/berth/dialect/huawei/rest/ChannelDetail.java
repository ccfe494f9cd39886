package io.berth.dialect.huawei.rest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where an action sends to, in the vendor's records: the one its channel is about is there (spec
/// huawei-iotda 8). What is secret in them is read, and never shown.
record ChannelDetail(
        @Nullable Http httpForwarding,
        @Nullable Amqp amqpForwarding,
        @Nullable DmsKafka dmsKafkaForwarding,
        @Nullable MrsKafka mrsKafkaForwarding,
        @Nullable Mysql mysqlForwarding,
        @Nullable InfluxDb influxdbForwarding) {
    static final ChannelDetail NONE = new ChannelDetail(null, null, null, null, null, null);

    record Http(
            String url,
            @Nullable String certId,
            @Nullable Boolean signatureEnable,
            @Nullable String token) {}

    record Amqp(String queueName) {}

    record DmsKafka(
            List<Address> addresses,
            String topic,
            @Nullable String username,
            @Nullable String password,
            @Nullable String mechanism,
            @Nullable String securityProtocol) {}

    record MrsKafka(
            List<Address> addresses, String topic, @Nullable Boolean kerberosAuthentication) {}

    record Mysql(
            Address address,
            String dbName,
            String username,
            @Nullable String password,
            @Nullable Boolean enableSsl,
            String tableName,
            List<Column> columnMappings) {}

    record InfluxDb(
            Address address,
            String dbName,
            String username,
            @Nullable String password,
            String measurement,
            List<Column> columnMappings) {}

    record Column(String columnName, String jsonKey) {}

    /// @param ip or `domain`
    record Address(
            @Nullable String ip,
            @Nullable Integer port,
            @Nullable String domain) {}

    static ChannelDetail of(Http http) {
        return new ChannelDetail(http, null, null, null, null, null);
    }

    static ChannelDetail of(Amqp amqp) {
        return new ChannelDetail(null, amqp, null, null, null, null);
    }

    static ChannelDetail of(DmsKafka kafka) {
        return new ChannelDetail(null, null, kafka, null, null, null);
    }

    static ChannelDetail of(MrsKafka kafka) {
        return new ChannelDetail(null, null, null, kafka, null, null);
    }

    static ChannelDetail of(Mysql mysql) {
        return new ChannelDetail(null, null, null, null, mysql, null);
    }

    static ChannelDetail of(InfluxDb influxdb) {
        return new ChannelDetail(null, null, null, null, null, influxdb);
    }
}
