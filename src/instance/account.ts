// Whose token it is.
import * as z from "zod/mini";
import { RefusedError } from "../errors.js";
import type { ApiClient } from "./api-client.js";

/** An account as its own instance knows it. */
export interface Account {
  readonly id: string;
  /** Without host. */
  readonly username: string;
}

const shape = z.object({ id: z.string(), username: z.string() });

/**
 * The account that the client's token stands for.
 * @throws RefusedError `unexpected-answer`, and those of `ApiClient.call`
 */
export async function whoAmI(api: ApiClient): Promise<Account> {
  const parsed = shape.safeParse(await api.call("i"));
  if (parsed.success) return parsed.data;
  throw new RefusedError("unexpected-answer", { what: "account", host: api.host });
}
