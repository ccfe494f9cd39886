/// Device linkage at work: scenes read from what a person wrote, checked against thing models, triggered, and
/// carried out.
///
/// Events come from the durable log through a reader of their own (`Intake`): devices never wait for a scene,
/// and what a crash interrupts happens again. The engine asks each trigger what an event means to it, remembers
/// what holds since when (`Standings`, kept in the store), keeps scenes from running away (`Paces`), and hands
/// actions to the `Performer`. This package knows no wire and no vendor.
@NullMarked
package io.berth.rule.scene;

import org.jspecify.annotations.NullMarked;
