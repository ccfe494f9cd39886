/// Long jobs over many devices: registrations by the million, deletions, settings, commands and messages to
/// whole groups. A batch is stored before anything is done, a runner works through it in parts and notes with
/// each part what became of it, so that a crash loses no progress and a stop, a retry or a question about it
/// meet the truth.
///
/// What happens to one device is one call of a service of core; batches add patience, not another way of
/// doing it.
@NullMarked
package io.berth.core.batch;

import org.jspecify.annotations.NullMarked;
