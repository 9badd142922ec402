// drive/files/create: a file, so that a note can carry it.
import { addFile } from "../../actions/upload.js";
import { packFile } from "../../entities/drive-file.js";
import { ApiError, commonErrors } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";

const invalidFileName = {
  message: "Invalid file name.",
  code: "INVALID_FILE_NAME",
  id: "f449b209-0c60-4e51-84d5-29486263bfd4",
};
const tooLarge = {
  message: "Cannot upload the file because it exceeds the maximum file size.",
  code: "MAX_FILE_SIZE_EXCEEDED",
  id: "b9d8c348-33f0-4673-b9a9-5d4da058977a",
  status: 413,
};
/** By the role that everybody has, in bytes. */
export const maxFileBytes: number = 30 * 1024 * 1024;

interface CreateParams {
  readonly name: string | null;
  readonly comment: string | null;
  readonly isSensitive: boolean;
  readonly folderId: string | null;
  readonly force: boolean;
}

function isUsableName(name: string): boolean {
  return name.trim() !== "" && name.length <= 200 && !/[\\/]|\.\./.test(name);
}

/** The endpoints of files. */
export const driveEndpoints: readonly Endpoint[] = [
  endpoint<CreateParams>({
    name: "drive/files/create",
    access: { credential: true, permission: "write:drive" },
    needsFile: true,
    params: {
      type: "object",
      properties: {
        folderId: { ...idParam, nullable: true, default: null },
        name: { type: "string", nullable: true, default: null },
        comment: { type: "string", nullable: true, maxLength: 512, default: null },
        isSensitive: { type: "boolean", default: false },
        force: { type: "boolean", default: false },
      },
      required: [],
    },
    handle(call, { name, comment, isSensitive, folderId, force }) {
      const { file, world } = call;
      if (file === null) throw new ApiError(commonErrors.fileRequired);
      if (file.content.length > maxFileBytes) throw new ApiError(tooLarge);
      const given = (name ?? file.name).trim();
      const wanted = given === "" || given === "blob" ? "untitled" : given;
      if (!isUsableName(wanted)) throw new ApiError(invalidFileName);
      // There are no folders here; a server has no words for one that is missing.
      if (folderId !== null) throw new ApiError(commonErrors.internal);
      const upload = { name: wanted, content: file.content, comment, isSensitive, force };
      const added = addFile(world, caller(call), upload);
      return packFile(world, added, { withOwner: false });
    },
  }),
];
