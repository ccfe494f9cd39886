/// What the figures are made of: CPU seconds and memory of the server process as the kernel counts them, counts and
/// latencies of one window, pinning of processes to cores.
///
/// Knows no scenario; a figure is always events per CPU-second of the process that was measured.
@NullMarked
package io.berth.simulator.measure;

import org.jspecify.annotations.NullMarked;
