package io.berth.rule.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rules of [NotificationSql] and every function of theirs; the vendor's examples are among them.
final class NotificationSqlTest {
    @Test
    void selects_and_names_fields_of_a_message() {
        assertThat(Samples.shown(Samples.notification(
                        "notify_data.header.device_id AS device_id, notify_data.body.content",
                        "notify_data.body.content.temperature > 38",
                        Samples.MESSAGE)))
                .isEqualTo(
                        "{\"device_id\":\"d4922d8a\",\"notify_data.body.content\":{\"temperature\":40,\"humidity\":24}}");
    }

    @Test
    void an_empty_select_and_a_star_leave_the_notification_as_it_is() {
        assertThat(Samples.notification("", "", Samples.MESSAGE)).isEqualTo(SqlResult.Unchanged.UNCHANGED);
        assertThat(Samples.notification(" ", "event = 'report'", Samples.MESSAGE))
                .isEqualTo(SqlResult.Unchanged.UNCHANGED);
        assertThat(Samples.notification("*", "event = 'update'", Samples.MESSAGE))
                .isEqualTo(SqlResult.NoMatch.NO_MATCH);
    }

    @Test
    void a_star_beside_others_adds_to_the_notification() {
        assertThat(Samples.shown(Samples.notification("*, 5 AS number", "", "{\"a\":1}")))
                .isEqualTo("{\"a\":1,\"number\":5}");
    }

    @Test
    void constants_have_names() {
        assertThat(Samples.shown(Samples.notification("5 AS number, 'constant_info' AS str, -1 AS \"n-1\"", "", "{}")))
                .isEqualTo("{\"number\":5,\"str\":\"constant_info\",\"n-1\":-1}");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            data.number > 5 => false
            data.number >= 5 AND data.tag <= 4 => true
            data.number = 6 OR data.tag = 4 => true
            data.number <> 5 => false
            data.number + 2 > 5 => true
            data.tag - 1 < 3 => false
            data.number * 2 > 100 => false
            data.number / data.tag > 1 => true
            data.name LIKE 'A%' => true
            data.name LIKE '%li%' => true
            data.name NOT LIKE '%.com' => true
            data.name LIKE 'Al_ce' => true
            data.name LIKE 'A_e' => false
            data.first_name || ' ' || data.last_name = 'John Doe' => true
            other IS NULL => true
            data IS NOT NULL => true
            data.number IN (1, 5) => true
            data.name NOT IN ('Bob','Eve') => true
            "msg-type" = 'a' => true
            data.list[1] = 2 => true
            """)
    void decides(String where, boolean matches) {
        String document = """
                {"data":{"number":5,"tag":4,"name":"Alice","first_name":"John","last_name":"Doe","list":[1,2]},
                "msg-type":"a"}""";

        assertThat(Samples.notification("", where, document))
                .isEqualTo(matches ? SqlResult.Unchanged.UNCHANGED : SqlResult.NoMatch.NO_MATCH);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = " => ", quoteCharacter = '`', textBlock = """
            GET_TAG('site') => "hall 3"
            get_tag('room') => "B2"
            GET_TAG('none') => nothing
            CONTAINS_TAG('site') => true
            CONTAINS_TAG('none') => false
            GET_SERVICE('Lamp') => {"service_id":"Lamp","properties":{"on":true,"empty":[]}}
            GET_SERVICE('amp') => nothing
            GET_SERVICE('amp', true) => {"service_id":"Lamp","properties":{"on":true,"empty":[]}}
            GET_SERVICE('amp', false) => nothing
            GET_SERVICES('BatteryBackup') => [{"service_id":"BatteryBackup","properties":{"batteryLevel":20}}]
            GET_SERVICES('None', true) => []
            GET_SERVICES('None', true) IS NULL => true
            CONTAINS_SERVICES('Battery') => true
            CONTAINS_SERVICES('Back', true) => true
            CONTAINS_SERVICES('Back') => false
            GET_SERVICE_PROPERTIES('BatteryBackup') => {"batteryLevel":20}
            GET_SERVICE_PROPERTIES('None') => nothing
            GET_SERVICE_PROPERTY('Battery','batteryLevel') => "80"
            GET_SERVICE_PROPERTY('Battery','state') => "ok"
            GET_SERVICE_PROPERTY('Battery','none') => nothing
            GET_SERVICE_PROPERTY('Battery','batteryLevel') > 9 => true
            GET_SERVICE_PROPERTY('Lamp','on') = true => true
            STARTS_WITH('abcd','abc') => true
            STARTS_WITH(notify_data.header.device_id,'abc') => false
            ENDS_WITH('abcd','bcd') => true
            ENDS_WITH(notify_data.header.node_id,notify_data.header.device_id) => false
            CONCAT('ab','cd') => "abcd"
            CONCAT(notify_data.header.product_id,notify_data.header.node_id) => "pid-1node-1"
            REPLACE(notify_data.header.node_id,'node','IMEI') => "IMEI-1"
            SUBSTRING(notify_data.header.device_id,3) => "-1"
            SUBSTRING(notify_data.header.device_id,0,3) => "dev"
            LOWER(notify_data.header.app_id) => "app1"
            UPPER(notify_data.header.app_id) => "APP1"
            notify_data.body.services[1].properties.batteryLevel => 20
            """)
    void functions(String expression, String json) {
        assertThat(Samples.only(Samples.notification(expression + " AS x", "", Samples.NOTIFICATION)))
                .isEqualTo(json);
    }

    @Test
    void services_are_nothing_in_other_notifications() {
        assertThat(Samples.only(Samples.notification(
                        "GET_SERVICE('a') AS a, GET_SERVICE_PROPERTY('a','b') AS b, GET_TAG('c') AS c",
                        "",
                        "{\"resource\":\"x\"}")))
                .isEqualTo("nothing");
    }

    @Test
    void names_no_topic_and_takes_all() {
        assertThat(new NotificationSql().compile("", "").topic("")).contains("");
    }
}
