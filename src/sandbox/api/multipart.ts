// Calls that bring a file: their fields are the parameters, as texts.
import multipart from "@fastify/multipart";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { UploadedFile } from "./endpoint.js";

/** What a multipart call holds. */
export interface MultipartCall {
  readonly params: Record<string, unknown>;
  readonly file: UploadedFile | null;
}

/** Makes the app read multipart bodies. One byte more than a file may have is read, to know that it is too large. */
export async function acceptMultipart(app: FastifyInstance, maxFileBytes: number): Promise<void> {
  await app.register(multipart, { limits: { fileSize: maxFileBytes + 1, files: 1 }, throwFileSizeLimit: false });
}

/** A body that ends too early or isn't what it says: the caller's fault, of which a server says 400. */
function malformed(cause: unknown): Error {
  return (cause as { statusCode?: number }).statusCode === undefined
    ? Object.assign(new Error("Malformed multipart body", { cause }), { statusCode: 400 })
    : (cause as Error);
}

/** Reads a multipart call; one that isn't multipart has its body as parameters and no file. */
export async function readMultipart(request: FastifyRequest): Promise<MultipartCall> {
  if (!request.isMultipart()) return { params: (request.body ?? {}) as Record<string, unknown>, file: null };
  const params: Record<string, unknown> = {};
  let file: UploadedFile | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") params[part.fieldname] = part.value;
      else file = { name: part.filename, type: part.mimetype, content: await part.toBuffer() };
    }
  } catch (error) {
    throw malformed(error);
  }
  return { params, file };
}
