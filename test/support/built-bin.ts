// Tests of the program run what ships: the bundle is built once before the tests, unless it is newer than src/.
import { execFileSync } from "node:child_process";

export default function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { stdio: ["ignore", "ignore", "inherit"] });
}
