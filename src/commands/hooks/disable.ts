// hooks disable: stops a hook without forgetting it.
import type { DefineCommand } from "../command.js";
import { defineSwitch } from "./hook/switch-hook.js";

export const define: DefineCommand = defineSwitch({ name: "disable", next: () => false });
