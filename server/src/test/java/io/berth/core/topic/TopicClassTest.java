package io.berth.core.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicClassTest {
    @ParameterizedTest
    @CsvSource({
        "user/update,user/update",
        "/a1pk/${deviceName}/user/update,user/update",
        "/${productKey}/${deviceName}/user/update,user/update",
        "$oc/devices/{device_id}/user/update,user/update",
    })
    void reads_the_bare_path_and_the_full_forms_of_vendors(String text, String path) {
        assertThat(TopicClass.parse(text, Access.PUBLISH)).isEqualTo(new TopicClass(path, Access.PUBLISH));
    }

    @Test
    void wildcards_are_for_subscribing_only() {
        assertThat(new TopicClass("user/+/#", Access.SUBSCRIBE).path()).isEqualTo("user/+/#");
        assertThatThrownBy(() -> new TopicClass("user/+", Access.BOTH)).isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> new TopicClass("user/#", Access.PUBLISH)).isInstanceOf(ProblemException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "user/", "a//b", "1/2/3/4/5/6/7/8", "$oc/devices/x", "{a}", "a/#/b"})
    void refuses_what_is_no_path(String path) {
        assertThatThrownBy(() -> TopicClass.parse(path, Access.SUBSCRIBE)).isInstanceOf(ProblemException.class);
    }
}
