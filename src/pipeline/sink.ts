// The port of everything that wants to have the deliveries: a view, a file, a handler to hand them on to, a page.
import type { ForwardAnswer } from "../forward/index.js";
import type { DeliveryCounts, OtherAnswer } from "../receiver/index.js";
import type { JudgedDelivery } from "./judged-delivery.js";

/** Tells every sink what a target answered that a delivery was handed on to. */
export type TellForward = (answer: ForwardAnswer) => void;

/**
 * Gets every delivery, refused ones too. Each method is optional; one that throws or rejects ends the run, so that
 * nothing is lost in silence. The same delivery has the same `id` in all of them.
 */
export interface Sink {
  /**
   * Before the answer goes out, which waits for it: whoever must have a delivery before it is acknowledged keeps it here.
   * What it resolves to is answered in place of the receiver's decision; of several sinks' answers the highest status
   * counts. A fault is simulated by waiting, or by another status. A delivery of a stream has nobody who waits for an
   * answer: one for it is dropped.
   */
  readonly beforeAnswer?: (judged: JudgedDelivery, tell: TellForward) => Promise<OtherAnswer | undefined>;
  /** Once it was answered; `judged.event` says with what. In the order of the answers. */
  readonly take?: (judged: JudgedDelivery, tell: TellForward) => void;
  /** Once a target that it was handed on to has answered, for each of them; after `take`. */
  readonly forwarded?: (judged: JudgedDelivery, answer: ForwardAnswer) => void;
  /** Nothing more will come once `sourceClosed` resolves. Finishes what is under way. */
  readonly close?: (ending: Ending) => Promise<void>;
  /** The last word, once all sinks are closed. */
  readonly ended?: (end: End) => void;
}

/** Why a run ends: the wanted number came, the time ran out, it was told to stop, or its source failed. */
export type EndReason = "count" | "timeout" | "signal" | "failed";

export interface Ending {
  /** On `signal` the user wants to leave: all has to be over within 2 s. */
  readonly reason: EndReason;
  readonly sourceClosed: Promise<void>;
}

/** What a run came to. */
export interface End {
  readonly reason: EndReason;
  readonly counts: DeliveryCounts;
}
