import type { DefineCommand } from "./command.js";

export const define: DefineCommand = (command, context, action) => {
  command.argument("<event>").action(
    action(async () => {
      context.result("todo");
      return "done";
    }),
  );
};
