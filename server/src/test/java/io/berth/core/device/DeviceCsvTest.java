package io.berth.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.credential.Secret;
import io.berth.core.device.DeviceCsv.Line;
import io.berth.core.device.DeviceCsv.Line.Readable;
import io.berth.core.device.DeviceCsv.Line.Unreadable;
import io.berth.core.device.Devices.Draft;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DeviceCsvTest {
    @Test
    void reads_product_name_secret_and_alias() {
        assertThat(read("pk,d,s\npk,e,t,pk_e"))
                .containsExactly(readable(1, "pk", "d", "s", null), readable(2, "pk", "e", "t", "pk_e"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ProductKey,DeviceName,DeviceSecret\n",
                "productkey,devicename,devicesecret,huaweideviceid\r\n",
                "\uFEFFProductKey,DeviceName,DeviceSecret\n",
                "\"product_key\",\"device_name\",\"secret\"\n",
                "product,device,secret\n"
            })
    void skips_a_header(String header) {
        assertThat(read(header + "pk,d,s\n")).containsExactly(readable(2, "pk", "d", "s", null));
    }

    @Test
    void a_header_is_one_at_the_beginning_only() {
        assertThat(read("pk,d,s\nProductKey,DeviceName,DeviceSecret\n"))
                .containsExactly(
                        readable(1, "pk", "d", "s", null),
                        readable(2, "ProductKey", "DeviceName", "DeviceSecret", null));
    }

    @Test
    void takes_what_spreadsheets_write() {
        assertThat(read("\uFEFF\"pk\", \"d\" ,\"a\"\"b,c\"\r\n\r\n   \r\n pk ,e, s ,\r\n"))
                .containsExactly(readable(1, "pk", "d", "a\"b,c", null), readable(4, "pk", "e", "s", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "pk,d|2 columns",
                "pk,d,s,a,x|5 columns",
                "pk,d,|secret is missing",
                ",d,s|product key",
                "pk,,s|device name",
                "pk,naïve,s|device name",
                "pk,d,with blank|printable",
                "pk,d,s,alias with blanks|alias",
                "\"pk,d,s|quote",
                "\"pk\"x,d,s|quote",
                "# a comment|1 columns"
            })
    void says_what_is_wrong_with_a_line_and_goes_on(String line, String reason) {
        List<Line> lines = read("pk,before,s\n" + line + "\npk,after,s\n");

        assertThat(lines).hasSize(3);
        assertThat(lines.get(1))
                .isInstanceOfSatisfying(
                        Unreadable.class, bad -> assertThat(bad.reason()).contains(reason))
                .returns(2L, Line::number);
        assertThat(lines.get(2)).isEqualTo(readable(3, "pk", "after", "s", null));
    }

    @Test
    void a_line_without_end_costs_no_memory() {
        Reader endless = new Reader() {
            private long left = 300_000_000;

            @Override
            public int read(char[] buffer, int offset, int length) {
                left -= length;
                Arrays.fill(buffer, offset, offset + length, 'x');
                return left > 0 ? length : -1;
            }

            @Override
            public void close() {}
        };

        DeviceCsv csv = new DeviceCsv(endless);

        assertThat(csv.next()).isEqualTo(new Unreadable(1, "longer than 4096 characters"));
        assertThat(csv.hasNext()).isFalse();
    }

    @Test
    void an_empty_list_has_no_lines() {
        DeviceCsv csv = new DeviceCsv(new StringReader("\uFEFF\n"));

        assertThat(csv.hasNext()).isFalse();
        assertThatThrownBy(csv::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void a_reader_that_fails_is_not_taken_for_the_end() throws IOException {
        Reader closed = new StringReader("pk,d,s");
        closed.close();

        assertThatThrownBy(() -> new DeviceCsv(closed).hasNext()).isInstanceOf(UncheckedIOException.class);
    }

    private static List<Line> read(String text) {
        List<Line> lines = new ArrayList<>();
        new DeviceCsv(new StringReader(text)).forEachRemaining(lines::add);
        return lines;
    }

    private static Readable readable(long number, String product, String name, String secret, @Nullable String alias) {
        return new Readable(number, new Draft(new DeviceId(product, name), new Secret(secret), alias, null));
    }
}
