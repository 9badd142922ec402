// hooks disable: stops a hook without forgetting it.
import type { DefineCommand } from "../command.js";
import { defineSwitch } from "./switch-hook.js";

export const define: DefineCommand = defineSwitch({ name: "disable", next: () => false });
