package io.berth.core.batch;

import io.berth.core.Problem;
import io.berth.core.Value;
import org.jspecify.annotations.Nullable;

/// Why nothing became of a line of a list, for whoever mends the list.
///
/// @param line its number in the file, or its place in what was no file
/// @param column the one at fault, empty when it is none alone
/// @param device as the line names it, empty when it could not be read
public record BadLine(
        long line, String column, String device, @Nullable Problem problem, String why) {
    public static BadLine of(Target target) {
        Target.Outcome outcome = target.outcome();
        String column = outcome.output().get(Target.COLUMN) instanceof Value.Text(String word)
                ? word
                : column(outcome.problem());
        String device = target.isUnreadable() ? "" : target.name();
        return new BadLine(target.place(), column, device, outcome.problem(), outcome.detail());
    }

    /// What the registry refuses says by itself which column is meant.
    private static String column(@Nullable Problem problem) {
        if (problem == Problem.DEVICE_EXISTS) {
            return ListColumn.DEVICE_NAME.word();
        }
        return problem == Problem.ALIAS_TAKEN ? ListColumn.ALIAS.word() : "";
    }
}
