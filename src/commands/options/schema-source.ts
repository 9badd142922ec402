// --schema-from: an instance's own schema, from its URL or from a file.
import { type ApiDocument, readApiDocument } from "../../conformance/index.js";
import { UsageError } from "../../errors.js";
import { createApiClient, parseInstanceUrl } from "../../instance/index.js";
import { networkOfEnv } from "../../network/index.js";
import type { CommandContext } from "../command.js";
import { readInput } from "./inputs.js";
import { warn } from "../output/warn.js";
import { parseJson } from "../../parse-json.js";

/** `/api.json` is 1.4 MB on the present Misskey. */
const maxDocumentBytes = 32 * 1024 ** 2;
const timeoutMs = 30_000;

/**
 * The document that a URL or path names: `https://misskey.example`, `…/api.json`, or a file.
 * @throws UsageError `unreadable-file`, `not-an-api-document`; those of `ApiClient.get`
 */
export async function readSchema(from: string, context: CommandContext): Promise<ApiDocument> {
  const document = await fetchOrRead(from, context);
  if (document.requiredEverything) {
    warn(
      `${document.title} says of every key that it is required, which is not so: missing keys are left out.`,
      context,
    );
  }
  return document;
}

async function fetchOrRead(from: string, context: CommandContext): Promise<ApiDocument> {
  if (!/^https?:\/\//i.test(from)) {
    const text = (await readInput(from, context)).toString("utf8");
    return readApiDocument(parse(text, from), from);
  }
  const { origin } = parseInstanceUrl(from);
  const network = networkOfEnv(context.env);
  const { signal } = context;
  const api = createApiClient({ origin, network, signal, timeoutMs, maxAnswerBytes: maxDocumentBytes });
  return readApiDocument(await api.get("/api.json"), `${origin}/api.json`);
}

function parse(text: string, from: string): unknown {
  try {
    return parseJson(text);
  } catch {
    throw new UsageError("not-an-api-document", { source: from, problem: "not-json" });
  }
}
