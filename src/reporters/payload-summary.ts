// Who did what, from a payload of any dialect, right or wrong: read with care, since nothing about it is certain.

/** What a line about a delivery says of its payload. Texts are as they came: not yet safe for a terminal. */
export interface PayloadSummary {
  /** `@bob` or `@bob@remote.example`; undefined when the payload names nobody. */
  readonly who: string | undefined;
  /** The note's text, or what it has in place of one; empty when there is nothing to say. */
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function handleOf(user: Json | undefined): string | undefined {
  const username = text(user?.["username"]);
  if (username === undefined) return undefined;
  const host = text(user?.["host"]);
  return host === undefined ? `@${username}` : `@${username}@${host}`;
}

function contentOf(note: Json): string {
  const { files, fileIds } = note;
  const fileCount = [files, fileIds].find(Array.isArray)?.length ?? 0;
  const parts = [
    text(note["cw"]) === undefined ? undefined : `[${text(note["cw"])}]`,
    text(note["text"]),
    fileCount > 0 ? `(${fileCount} ${fileCount === 1 ? "file" : "files"})` : undefined,
    object(note["poll"]) ? "(poll)" : undefined,
    note["isHidden"] === true ? "(hidden)" : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(" ");
}

function aboutNote(note: Json): PayloadSummary {
  const who = handleOf(object(note["user"]));
  const renote = object(note["renote"]);
  const own = contentOf(note);
  if (renote === undefined) return { who, text: own };
  const original = `RN ${handleOf(object(renote["user"])) ?? "a note"}: ${contentOf(renote)}`;
  return { who, text: own === "" ? original : `${own} ${original}` };
}

/** The summary of a delivery's parsed body. Knows the envelope, the flat form, and bodies that are a note or user themselves. */
export function summarizePayload(payload: unknown): PayloadSummary {
  const envelope = object(payload);
  const body = object(envelope?.["body"]) ?? envelope ?? {};
  const note = object(body["note"]) ?? (object(body["user"]) && "visibility" in body ? body : undefined);
  if (note !== undefined) return aboutNote(note);
  const comment = text(body["comment"]);
  if (comment !== undefined) {
    return {
      who: handleOf(object(body["reporter"])),
      text: `${handleOf(object(body["targetUser"])) ?? ""} ${comment}`.trim(),
    };
  }
  const user = object(body["user"]) ?? body;
  return { who: handleOf(user), text: text(user["name"]) ?? "" };
}
