/// Reads tables that people write in a spreadsheet: rows of texts, from an xlsx workbook or from values between
/// commas. Whatever a file claims, what is read of it stays within [io.berth.sheet.SheetLimits]. What the cells
/// mean is its callers' business.
@NullMarked
package io.berth.sheet;

import org.jspecify.annotations.NullMarked;
