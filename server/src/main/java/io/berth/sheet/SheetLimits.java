package io.berth.sheet;

import static io.berth.core.ProblemException.require;

/// What a sheet may have.
///
/// @param maxRows the header included
/// @param maxUnpackedBytes of all parts of a workbook together
public record SheetLimits(int maxRows, int maxColumns, int maxCellLength, int maxUnpackedBytes) {
    public SheetLimits {
        require(
                maxRows > 0 && maxColumns > 0 && maxCellLength > 0 && maxUnpackedBytes > 0,
                "limits of sheets are positive");
    }
}
