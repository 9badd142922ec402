// Which run a note belongs to, and whether that is still there.
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { isRunning } from "./is-running.js";

/** One run of a program. */
export interface RunIdentity {
  readonly pid: number;
  readonly machine: string;
  /** When its process began, as the system counts; undefined where it doesn't say (elsewhere than on Linux). */
  readonly born?: string | undefined;
}

/** A run that gave no sign of life for this long is gone, where nothing tells it from another with its process id. */
const staleMs = 30_000;

/** Ticks since the machine was started: the 22nd field, behind the name, which may hold spaces and brackets. */
function birthOf(pid: number): string | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    return status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

/** This run. */
export function thisRun(): RunIdentity {
  const born = birthOf(process.pid);
  return { pid: process.pid, machine: hostname(), ...(born === undefined ? {} : { born }) };
}

/**
 * Whether the run is still there. On Linux no clock is asked for a run of this machine; elsewhere one that was set back
 * does no harm.
 * @param lastSignMs when it last gave a sign of life; both in milliseconds since the epoch
 */
export function isThere({ pid, machine, born }: RunIdentity, lastSignMs: number, nowMs: number): boolean {
  // Whether a process of another machine lives can't be asked.
  if (machine !== hostname()) return Math.abs(nowMs - lastSignMs) <= staleMs;
  if (!isRunning(pid)) return false;
  return born === undefined ? nowMs - lastSignMs <= staleMs : born === birthOf(pid);
}
