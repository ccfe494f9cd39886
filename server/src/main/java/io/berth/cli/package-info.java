/// The operator's command line, a client of the native API and of nothing else.
///
/// [io.berth.cli.Cli] reads the arguments and builds only the command they name. A command asks
/// [io.berth.cli.Root] for the [io.berth.cli.Api] (which server, whose token) and the [io.berth.cli.Output] (tables for
/// people, `--json` for programs), makes a call and prints the answer. A refusal is a
/// [io.berth.cli.RefusedException]: one sentence on stderr and exit code 1; wrong usage is exit code 2.
///
/// The program lives for one call, so what counts is how fast it starts: `HttpURLConnection` costs 20 ms of it where
/// `java.net.http` costs 500, and Jackson's streaming core 25 ms where its object mapper costs 250.
@NullMarked
package io.berth.cli;

import org.jspecify.annotations.NullMarked;
