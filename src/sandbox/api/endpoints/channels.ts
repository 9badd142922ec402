// channels/create: a place for notes that only this server has.
import { packChannel } from "../../entities/channel.js";
import type { Channel } from "../../world/records.js";
import { ApiError } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";

const noSuchFile = { message: "No such file.", code: "NO_SUCH_FILE", id: "cd1e9f3e-5a12-4ab4-96f6-5d0a2cc32050" };

interface CreateParams {
  readonly name: string;
  readonly description?: string | null;
  readonly bannerId?: string | null;
  readonly color?: string;
  readonly isSensitive?: boolean | null;
  readonly allowRenoteToExternal?: boolean | null;
}

/** The endpoints of channels. */
export const channelEndpoints: readonly Endpoint[] = [
  endpoint<CreateParams>({
    name: "channels/create",
    access: { credential: true, permission: "write:channels" },
    params: {
      type: "object",
      properties: {
        name: { type: "string", minLength: 1, maxLength: 128 },
        description: { type: "string", nullable: true, minLength: 1, maxLength: 2048 },
        bannerId: { ...idParam, nullable: true },
        color: { type: "string", minLength: 1, maxLength: 16 },
        isSensitive: { type: "boolean", nullable: true },
        allowRenoteToExternal: { type: "boolean", nullable: true },
      },
      required: ["name"],
    },
    handle(call, { name, description = null, bannerId, color = "#86b300", isSensitive, allowRenoteToExternal }) {
      const { world } = call;
      const { id: userId } = caller(call);
      if (bannerId != null && world.files.get(bannerId)?.userId !== userId) throw new ApiError(noSuchFile);
      const channel: Channel = {
        id: world.newId(),
        createdAt: world.now(),
        userId,
        name,
        description,
        bannerId: bannerId ?? null,
        color,
        isSensitive: isSensitive ?? false,
        allowRenoteToExternal: allowRenoteToExternal ?? true,
        lastNotedAt: null,
        notesCount: 0,
        noters: [],
      };
      world.channels.set(channel.id, channel);
      return packChannel(world, channel);
    },
  }),
];
