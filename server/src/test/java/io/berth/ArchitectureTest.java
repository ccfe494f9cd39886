package io.berth;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// Who may import whom. The table is docs/decisions/0001-who-may-import-whom.md; each row is one rule here.
@AnalyzeClasses(packages = "io.berth", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    /// What every package may see: the language, its plain packages, and the nullness annotations.
    private static final String[] JDK = {"java..", "javax.crypto..", "org.jspecify.annotations.."};

    @ArchTest
    static final ArchRule core_knows_only_itself_and_the_jdk =
            allows("core", "io.berth.core..", "javax.security.auth.x500..");

    @ArchTest
    static final ArchRule core_does_not_log = noClasses()
            .that()
            .resideInAPackage("io.berth.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "java.sql..", "java.net.http..");

    @ArchTest
    static final ArchRule the_root_of_core_imports_no_concept = noClasses()
            .that()
            .resideInAPackage("io.berth.core")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.berth.core..").and(resideOutsideOfPackage("io.berth.core")));

    @ArchTest
    static final ArchRule the_dialect_border_knows_core_only = classes()
            .that()
            .resideInAPackage("io.berth.dialect")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("io.berth.core..", "io.berth.dialect"))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule aliyun_knows_core_the_border_and_json = allows(
            "dialect.aliyun",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.dialect.search",
            "io.berth.dialect.aliyun..",
            "io.berth.json",
            "tools.jackson..");

    @ArchTest
    static final ArchRule huawei_knows_core_the_border_and_json = allows(
            "dialect.huawei",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.dialect.search",
            "io.berth.dialect.huawei..",
            "io.berth.json",
            "io.berth.sheet",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..");

    @ArchTest
    static final ArchRule searches_that_vendors_share_know_core =
            allows("dialect.search", "io.berth.core..", "io.berth.dialect.search");

    @ArchTest
    static final ArchRule json_knows_core_and_its_library =
            allows("json", "io.berth.core", "io.berth.json", "tools.jackson..");

    @ArchTest
    static final ArchRule sheets_know_the_root_of_core_and_their_library =
            allows("sheet", "io.berth.core", "io.berth.sheet", "org.dhatim.fastexcel..");

    @ArchTest
    static final ArchRule kept_values_know_the_root_of_core = allows("binary", "io.berth.core", "io.berth.binary");

    @ArchTest
    static final ArchRule the_mqtt_front_knows_core_the_border_and_netty = allows(
            "front.mqtt",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.front.mqtt..",
            "io.berth.net..",
            "io.netty..",
            "org.slf4j..",
            "javax.net.ssl..",
            "javax.security.auth.x500..");

    @ArchTest
    static final ArchRule the_http_front_knows_core_the_border_and_netty = allows(
            "front.http",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.front.http..",
            "io.berth.net",
            "io.netty..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule the_coap_front_knows_core_the_border_netty_and_dtls = allows(
            "front.coap",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.front.coap..",
            "io.berth.net",
            "io.netty..",
            "org.eclipse.californium.elements..",
            "org.eclipse.californium.scandium..",
            "org.slf4j..",
            "javax.net.ssl..");

    @ArchTest
    static final ArchRule one_front_speaks_dtls = home("org.eclipse.californium..", "io.berth.front.coap");

    @ArchTest
    static final ArchRule what_wires_share_knows_core_and_netty = classes()
            .that()
            .resideInAPackage("io.berth.net")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    "io.berth.core",
                    "io.berth.net",
                    "io.netty..",
                    "org.slf4j..",
                    "javax.net.ssl..",
                    "javax.security.auth.x500.."));

    @ArchTest
    static final ArchRule pre_shared_keys_know_netty_and_their_library =
            allows("net.psk", "io.berth.net.psk", "io.netty..", "org.bouncycastle.tls..");

    @ArchTest
    static final ArchRule subscriptions_know_core_the_border_groups_and_their_libraries = allows(
            "stream.amqp",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.net",
            "io.berth.stream.amqp",
            "io.berth.stream.group",
            "io.netty..",
            "org.apache.qpid.protonj2..",
            "org.slf4j..",
            "javax.net.ssl..");

    @ArchTest
    static final ArchRule storage_knows_core_and_its_databases = allows(
            "storage",
            "io.berth.core..",
            "io.berth.binary",
            "io.berth.storage..",
            "org.sqlite..",
            "org.postgresql..",
            "com.zaxxer.hikari..",
            "org.flywaydb..",
            "com.github.benmanes.caffeine..",
            "org.slf4j..",
            "javax.sql..");

    @ArchTest
    static final ArchRule the_event_stream_knows_core = classes()
            .that()
            .resideInAnyPackage("io.berth.stream", "io.berth.stream.group..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with(
                    "io.berth.core..", "io.berth.binary", "io.berth.stream", "io.berth.stream.group..", "org.slf4j.."));

    @ArchTest
    static final ArchRule the_embedded_event_log_knows_the_stream_and_sqlite = allows(
            "stream.sqlite",
            "io.berth.core..",
            "io.berth.binary",
            "io.berth.stream",
            "io.berth.stream.sqlite",
            "org.sqlite..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule the_event_log_in_kafka_knows_the_stream_and_its_client = allows(
            "stream.kafka",
            "io.berth.core..",
            "io.berth.stream",
            "io.berth.stream.kafka",
            "org.apache.kafka..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule rules_know_core_the_stream_json_and_their_destinations = allows(
            "rule",
            "io.berth.core..",
            "io.berth.stream..",
            "io.berth.json",
            "io.berth.rule..",
            "net.sf.jsqlparser..",
            "org.apache.hc..",
            "org.apache.kafka..",
            "com.rabbitmq..",
            "org.postgresql..",
            "io.vertx..",
            "org.slf4j..",
            "javax.net..");

    @ArchTest
    static final ArchRule kafka_is_spoken_in_two_places =
            home("org.apache.kafka..", "io.berth.stream.kafka", "io.berth.rule.kafka");

    @ArchTest
    static final ArchRule one_destination_speaks_rabbitmq = home("com.rabbitmq..", "io.berth.rule.rabbitmq");

    @ArchTest
    static final ArchRule one_destination_speaks_mysql = home("io.vertx..", "io.berth.rule.mysql");

    @ArchTest
    static final ArchRule storage_and_one_destination_speak_postgresql =
            home("org.postgresql..", "io.berth.storage..", "io.berth.rule.postgresql");

    @ArchTest
    static final ArchRule http_destinations_share_their_client =
            home("org.apache.hc..", "io.berth.rule.http", "io.berth.rule.influxdb", "io.berth.rule.clickhouse");

    @ArchTest
    static final ArchRule the_sql_of_rules_knows_core_json_and_its_grammar =
            allows("rule.sql", "io.berth.core..", "io.berth.json", "io.berth.rule.sql..", "net.sf.jsqlparser..");

    @ArchTest
    static final ArchRule scenes_know_core_json_and_the_event_stream = allows(
            "rule.scene",
            "io.berth.core..",
            "io.berth.json",
            "io.berth.stream..",
            "io.berth.rule.scene..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule scripts_know_core_and_not_the_engine = classes()
            .that()
            .resideInAPackage("io.berth.script")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(with("io.berth.core..", "io.berth.script..", "org.slf4j.."));

    @ArchTest
    static final ArchRule the_process_of_scripts_knows_core_and_its_engine =
            allows("script.host", "io.berth.core..", "io.berth.script.host", "org.graalvm.polyglot..");

    @ArchTest
    static final ArchRule the_api_knows_core_the_border_and_the_web = allows(
            "api",
            "io.berth.core..",
            "io.berth.dialect",
            "io.berth.web..",
            "io.berth.api..",
            "io.berth.json",
            "tools.jackson..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule ops_knows_core_and_the_web = allows(
            "ops",
            "io.berth.core..",
            "io.berth.web..",
            "io.berth.ops..",
            "io.micrometer..",
            "ch.qos.logback..",
            "org.slf4j..");

    @ArchTest
    static final ArchRule the_web_knows_its_library = allows(
            "web",
            "io.berth.web..",
            "io.javalin..",
            "org.eclipse.jetty..",
            "jakarta.servlet..",
            "kotlin..",
            "tools.jackson..",
            "com.fasterxml.jackson.annotation..",
            "org.slf4j..",
            "javax.net.ssl..");

    @ArchTest
    static final ArchRule the_configuration_knows_its_library =
            allows("config", "io.berth.config..", "com.typesafe.config..");

    @ArchTest
    static final ArchRule certificates_know_core_and_bouncy_castle = allows(
            "tls",
            "io.berth.core..",
            "io.berth.tls..",
            "org.bouncycastle..",
            "javax.security.auth.x500..",
            "javax.net.ssl..");

    @ArchTest
    static final ArchRule the_command_line_is_a_client_of_the_native_api =
            allows("cli", "io.berth.cli..", "picocli..", "tools.jackson..", "javax.net.ssl..");

    @ArchTest
    static final ArchRule nobody_imports_the_root = noClasses()
            .that()
            .resideOutsideOfPackage("io.berth")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.berth");

    @ArchTest
    static final ArchRule vendor_names_stay_in_their_dialect = noClasses()
            .that()
            .resideOutsideOfPackage("io.berth.dialect..")
            .should()
            .haveNameMatching(".*(Aliyun|Alibaba|Alink|Huawei).*");

    @ArchTest
    static final ArchRule no_cycles_between_top_packages =
            slices().matching("io.berth.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule no_cycles_inside_core =
            slices().matching("io.berth.core.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule the_clock_is_injected = noClasses()
            .that()
            .resideInAnyPackage("io.berth.core..", "io.berth.dialect..", "io.berth.front..", "io.berth.stream..")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis");

    /// The only packages that see a library.
    private static ArchRule home(String library, String... packages) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library);
    }

    private static ArchRule allows(String name, String... packages) {
        return classes()
                .that()
                .resideInAPackage("io.berth." + name + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(packages))
                .allowEmptyShould(true);
    }

    private static String[] with(String... packages) {
        String[] all = java.util.Arrays.copyOf(packages, packages.length + JDK.length);
        System.arraycopy(JDK, 0, all, packages.length, JDK.length);
        return all;
    }
}
