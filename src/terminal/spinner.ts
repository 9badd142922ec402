// A line that shows that something is being waited for, and for how long it still will be.

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 120;

/** A running spinner. */
export interface Spinner {
  /** Takes the line away. */
  stop(): void;
}

/** Draws `text()`, which must be safe to print and fit on one line, until it is stopped. For a terminal only. */
export function startSpinner(output: NodeJS.WritableStream, text: () => string): Spinner {
  let frame = 0;
  const draw = (): void => void output.write(`\r\u001B[K${frames[frame++ % frames.length]} ${text()}`);
  draw();
  const timer = setInterval(draw, frameMs);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      output.write("\r\u001B[K");
    },
  };
}
