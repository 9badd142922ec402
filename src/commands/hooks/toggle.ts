// hooks toggle: enables a hook that is off, disables one that is on.
import type { DefineCommand } from "../command.js";
import { defineSwitch } from "./hook/switch-hook.js";

export const define: DefineCommand = defineSwitch({ name: "toggle", next: ({ active }) => !active });
