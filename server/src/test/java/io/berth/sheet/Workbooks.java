package io.berth.sheet;

import io.berth.core.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes small xlsx files, by hand: the texts stand in the cells.
public final class Workbooks {
    private Workbooks() {}

    /// Cells that are digits alone become numbers, as in a spreadsheet.
    @SafeVarargs
    public static Payload of(List<String>... rows) {
        StringBuilder data = new StringBuilder();
        for (int row = 1; row <= rows.length; row++) {
            data.append("<row r=\"").append(row).append("\">");
            for (int i = 0; i < rows[row - 1].size(); i++) {
                data.append(cell("" + (char) ('A' + i) + row, rows[row - 1].get(i)));
            }
            data.append("</row>");
        }
        return ofSheet("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>"
                + data + "</sheetData></worksheet>");
    }

    /// One with this as the XML of its only sheet.
    public static Payload ofSheet(String xml) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(file)) {
            put(zip, "[Content_Types].xml", """
                    <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
                    <Override PartName="/xl/workbook.xml" ContentType=\
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>""");
            put(zip, "xl/workbook.xml", """
                    <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
                    xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
                    <sheets><sheet name="devices" sheetId="1" r:id="rId1"/></sheets></workbook>""");
            put(zip, "xl/_rels/workbook.xml.rels", """
                    <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
                    <Relationship Id="rId1" Target="worksheets/sheet1.xml" Type=\
                    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>""");
            put(zip, "xl/worksheets/sheet1.xml", xml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Payload.owned(file.toByteArray());
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String cell(String place, String text) {
        return text.matches("[0-9.E+]+")
                ? "<c r=\"" + place + "\"><v>" + text + "</v></c>"
                : "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }
}
