package io.berth;

import io.berth.core.message.EventFormat;
import io.berth.core.product.Product;
import io.berth.core.rule.Policies;
import io.berth.core.rule.Rules;
import io.berth.ops.Metrics;
import io.berth.ops.RuleMetrics;
import io.berth.rule.DestinationConfig;
import io.berth.rule.Destinations;
import io.berth.rule.GroupDestination;
import io.berth.rule.MqttDestination;
import io.berth.rule.OutboundGate;
import io.berth.rule.RuleBook;
import io.berth.rule.RuleConfig;
import io.berth.rule.RuleSite;
import io.berth.rule.clickhouse.ClickHouseDestination;
import io.berth.rule.http.HttpDestination;
import io.berth.rule.influxdb.InfluxDbDestination;
import io.berth.rule.kafka.KafkaDestination;
import io.berth.rule.mysql.MySqlDestination;
import io.berth.rule.postgresql.PostgreSqlDestination;
import io.berth.rule.rabbitmq.RabbitMqDestination;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Rules at work, and the kinds of destinations they have.
final class Forwarding implements AutoCloseable {
    final Rules rules;
    final Policies policies;
    private final RuleBook book;

    Forwarding(Platform platform, Streams streams, Metrics metrics, RuleConfig config) {
        RuleSite site = new RuleSite(
                streams.groups,
                streams.groups,
                platform.alarms,
                new RuleMetrics(metrics, platform.clock),
                config,
                platform.clock);
        this.book = new RuleBook(
                platform.formats.stream().collect(Collectors.toMap(EventFormat::name, Function.identity())),
                destinations(platform, streams, config),
                new RuleBook.Registry(
                        platform.tags::find,
                        product -> platform.products
                                .find(product)
                                .map(Product::space)
                                .orElse("")),
                site);
        this.rules = new Rules(
                platform.storage.rules(),
                book,
                platform.products,
                new Rules.Limits(config.maxRules(), config.maxActions()),
                platform.clock);
        this.policies = new Policies(platform.storage.policies(), book, config.maxPolicies());
    }

    private static Destinations destinations(Platform platform, Streams streams, RuleConfig config) {
        OutboundGate gate = new OutboundGate(config.allow());
        return new Destinations()
                .with(
                        "group",
                        DestinationConfig.Group.class,
                        to -> new GroupDestination(
                                to, platform.consumerGroups::find, streams.log, config.sendTimeout()))
                .with(
                        "mqtt",
                        DestinationConfig.Mqtt.class,
                        to -> new MqttDestination(to, platform.downlinks, config.sendTimeout()))
                .with("http", DestinationConfig.Http.class, to -> new HttpDestination(to, gate, config, platform.clock))
                .with("kafka", DestinationConfig.Kafka.class, to -> new KafkaDestination(to, gate, config))
                .with("rabbitmq", DestinationConfig.RabbitMq.class, to -> new RabbitMqDestination(to, gate, config))
                .with(
                        "postgresql",
                        DestinationConfig.PostgreSql.class,
                        to -> new PostgreSqlDestination(to, gate, config))
                .with("mysql", DestinationConfig.MySql.class, to -> new MySqlDestination(to, gate, config))
                .with("influxdb", DestinationConfig.InfluxDb.class, to -> new InfluxDbDestination(to, gate, config))
                .with(
                        "clickhouse",
                        DestinationConfig.ClickHouse.class,
                        to -> new ClickHouseDestination(to, gate, config));
    }

    /// Lets the stored rules work.
    void start() {
        policies.start();
        rules.start();
    }

    @Override
    public void close() {
        book.close();
    }
}
