// Whether a process is there.
import { readFileSync } from "node:fs";

/** A killed process that its parent hasn't collected yet still answers to its id; Linux tells it by its state. */
function isZombie(pid: number): boolean {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "latin1");
    return /^[ZX]/.test(status.slice(status.lastIndexOf(")") + 2));
  } catch {
    return false;
  }
}

/** Whether a process of this machine has that id, whoever's it is. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // A process of another user is one, too.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
