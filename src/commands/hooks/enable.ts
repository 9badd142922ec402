// hooks enable: makes a hook deliver again.
import type { DefineCommand } from "../command.js";
import { defineSwitch } from "./hook/switch-hook.js";

export const define: DefineCommand = defineSwitch({ name: "enable", next: () => true });
