// A process that keeps deliveries without end, and says of each when it is kept: `tsx endless-writer.ts <folder>`.
import { writeSync } from "node:fs";
import { CaptureWriter } from "../../src/captures/index.js";
import { someCapture } from "./some-capture.js";

const [folder = ""] = process.argv.slice(2);
let told = false;
const writer = new CaptureWriter(folder, {
  onTrouble: () => {
    if (!told) writeSync(1, "trouble\n");
    told = true;
  },
});
for (let n = 0; ; n++) {
  const capture = someCapture(JSON.stringify({ n, text: "x".repeat(n % 3000) }), n);
  if (writer.append(capture)) writeSync(1, `${capture.id}\n`);
  else if (told && writer.counts.lost >= 5) break;
}
writeSync(1, `lost ${writer.counts.lost}\n`);
