package io.berth.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.core.Payload;
import io.berth.core.Problem;
import io.berth.core.ProblemException;
import io.berth.sheet.Sheet.Row;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
final class SheetTest {
    private static final SheetLimits LIMITS = new SheetLimits(5, 3, 20, 100_000);

    @Test
    void reads_the_first_sheet_of_a_workbook() {
        Payload file = Workbooks.of(List.of("node_id", " device_name "), List.of(), List.of("n1", "水泵"));

        assertThat(Sheet.read(file, LIMITS).rows())
                .containsExactly(new Row(1, List.of("node_id", "device_name")), new Row(3, List.of("n1", "水泵")));
    }

    @Test
    void an_id_of_digits_stays_one_although_a_spreadsheet_takes_it_for_a_number() {
        Payload file = Workbooks.of(List.of("860000000000001", "8.6E+14", "1E+999999999"));

        assertThat(Sheet.read(file, LIMITS).rows().getFirst().cells())
                .containsExactly("860000000000001", "860000000000000", "1E+999999999");
    }

    @Test
    void reads_values_between_commas_as_spreadsheets_write_them() {
        Payload file = Payload.of("\uFEFFnode_id, device_name\r\n\r\n,,\r\nn1,\"a \"\"b\"\", c\"\r\n");

        assertThat(Sheet.read(file, LIMITS).rows())
                .containsExactly(
                        new Row(1, List.of("node_id", "device_name")), new Row(4, List.of("n1", "a \"b\", c")));
    }

    @Test
    void more_lines_columns_or_characters_than_there_may_be_are_refused() {
        refuse(Problem.LIMIT_REACHED, "line 6", Payload.of("a\n".repeat(6)));
        refuse(Problem.LIMIT_REACHED, "3 columns", Payload.of("a,b,c,d"));
        refuse(Problem.LIMIT_REACHED, "20 characters in a cell", Payload.of("x".repeat(21)));
        refuse(Problem.LIMIT_REACHED, "3 columns", Workbooks.of(List.of("a", "b", "c", "d")));
        refuse(Problem.INVALID_ARGUMENT, "line 2: ", Payload.of("a\n\"b"));
    }

    @Test
    void a_small_file_that_unpacks_to_a_large_one_is_refused() {
        Payload bomb = Workbooks.ofSheet("<worksheet>" + " ".repeat(50_000_000) + "</worksheet>");

        assertThat(bomb.size()).isLessThan(100_000);
        refuse(Problem.LIMIT_REACHED, "when it is unpacked", bomb);
    }

    @Test
    void entities_are_not_blown_up() {
        StringBuilder entities = new StringBuilder("<!ENTITY a0 \"lol\">");
        for (int i = 1; i < 30; i++) {
            entities.append("<!ENTITY a")
                    .append(i)
                    .append(" \"")
                    .append(("&a" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        Payload bomb = Workbooks.ofSheet("<!DOCTYPE x [" + entities + "]><worksheet><sheetData><row r=\"1\">"
                + "<c r=\"A1\" t=\"inlineStr\"><is><t>&a29;</t></is></c></row></sheetData></worksheet>");

        assertThatThrownBy(() -> Sheet.read(bomb, LIMITS)).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_cell_far_to_the_right_takes_no_room() {
        Payload wide = Workbooks.ofSheet(
                "<worksheet><sheetData><row r=\"1\"><c r=\"XFD1\"><v>1</v></c></row></sheetData>" + "</worksheet>");

        refuse(Problem.LIMIT_REACHED, "3 columns", wide);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\u0003\u0004", "PK\u0003\u0004 and more that is no archive", "a\u0000b"})
    void what_is_no_sheet_is_refused(String text) {
        refuse(Problem.INVALID_ARGUMENT, "", Payload.of(text));
    }

    @Test
    void an_archive_without_a_workbook_and_broken_xml_are_refused() {
        refuse(Problem.INVALID_ARGUMENT, "no xlsx", Workbooks.ofSheet("<worksheet><sheetData><row"));
        byte[] cut = Workbooks.of(List.of("a")).toBytes();
        refuse(Problem.INVALID_ARGUMENT, "no xlsx", Payload.of(Arrays.copyOf(cut, cut.length / 2)));
        refuse(Problem.INVALID_ARGUMENT, "", Payload.of(new byte[] {(byte) 0xff, (byte) 0xfe}));
    }

    private static void refuse(Problem problem, String detail, Payload file) {
        assertThatThrownBy(() -> Sheet.read(file, LIMITS)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem()).isEqualTo(problem);
            assertThat(refusal.detail()).contains(detail);
        });
    }
}
