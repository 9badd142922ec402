// blocking/*, mute/* and the memo: what one user holds of another.
import { block } from "../../actions/follow.js";
import { packUserDetailed } from "../../entities/user.js";
import { isMuting } from "../../world/relations.js";
import { pairKey } from "../../world/world.js";
import { ApiError } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { noSuchUser, requireUser } from "./find.js";

const byUser = { type: "object", properties: { userId: idParam }, required: ["userId"] } as const;
const blocks = { credential: true, permission: "write:blocks" } as const;
const mutes = { credential: true, permission: "write:mutes" } as const;

const blockeeIsYourself = (id: string) => ({ message: "Blockee is yourself.", code: "BLOCKEE_IS_YOURSELF", id });
const muteeIsYourself = (id: string) => ({ message: "Mutee is yourself.", code: "MUTEE_IS_YOURSELF", id });
const errors = {
  alreadyBlocking: {
    message: "You are already blocking that user.",
    code: "ALREADY_BLOCKING",
    id: "787fed64-acb9-464a-82eb-afbd745b9614",
  },
  notBlocking: {
    message: "You are not blocking that user.",
    code: "NOT_BLOCKING",
    id: "291b2efa-60c6-45c0-9f6a-045c8f9b02cd",
  },
  alreadyMuting: {
    message: "You are already muting that user.",
    code: "ALREADY_MUTING",
    id: "7e7359cb-160c-4956-b08f-4d1c653cd007",
  },
  notMuting: {
    message: "You are not muting that user.",
    code: "NOT_MUTING",
    id: "5467d020-daa9-4553-81e1-135c0c35a96d",
  },
};

type ByUser = { readonly userId: string };

/** The endpoints of blocks, mutes and memos. */
export const relationEndpoints: readonly Endpoint[] = [
  endpoint<ByUser>({
    name: "blocking/create",
    answers: "UserDetailedNotMe",
    access: blocks,
    params: byUser,
    handle(call, { userId }) {
      const { world } = call;
      const me = caller(call);
      if (userId === me.id) throw new ApiError(blockeeIsYourself("88b19138-f28d-42c0-8499-6a31bbd0fdc6"));
      const other = requireUser(call, userId, noSuchUser("7cc4f851-e2f1-4621-9633-ec9e1d00c01e"));
      if (world.blocks.has(pairKey(me.id, other.id))) throw new ApiError(errors.alreadyBlocking);
      block(world, me, other);
      return packUserDetailed(world, other, me.id);
    },
  }),

  endpoint<ByUser>({
    name: "blocking/delete",
    answers: "UserDetailedNotMe",
    access: blocks,
    params: byUser,
    handle(call, { userId }) {
      const { world } = call;
      const me = caller(call);
      if (userId === me.id) throw new ApiError(blockeeIsYourself("06f6fac6-524b-473c-a354-e97a40ae6eac"));
      const other = requireUser(call, userId, noSuchUser("8621d8bf-c358-4303-a066-5ea78610eb3f"));
      if (!world.blocks.delete(pairKey(me.id, other.id))) throw new ApiError(errors.notBlocking);
      return packUserDetailed(world, other, me.id);
    },
  }),

  endpoint<ByUser & { readonly expiresAt?: number | null }>({
    name: "mute/create",
    access: mutes,
    params: {
      type: "object",
      properties: { userId: idParam, expiresAt: { type: "integer", nullable: true } },
      required: ["userId"],
    },
    handle(call, { userId, expiresAt: until }) {
      const { world } = call;
      const me = caller(call);
      if (userId === me.id) throw new ApiError(muteeIsYourself("a4619cb2-5f23-484b-9301-94c903074e10"));
      const other = requireUser(call, userId, noSuchUser("6fef56f3-e765-4957-88e5-c6f65329b8a5"));
      if (isMuting(world, me.id, other.id)) throw new ApiError(errors.alreadyMuting);
      const now = world.now();
      // 0 means no end, as null does.
      const expiresAt = until || null;
      if (expiresAt !== null && expiresAt <= now) return;
      const mute = { id: world.newId(), createdAt: now, from: me.id, to: other.id, expiresAt };
      world.mutes.set(pairKey(me.id, other.id), mute);
    },
  }),

  endpoint<ByUser>({
    name: "mute/delete",
    access: mutes,
    params: byUser,
    handle(call, { userId }) {
      const { world } = call;
      const me = caller(call);
      if (userId === me.id) throw new ApiError(muteeIsYourself("f428b029-6b39-4d48-a1d2-cc1ae6dd5cf9"));
      const other = requireUser(call, userId, noSuchUser("b851d00b-8ab1-4a56-8b1b-e24187cb48ef"));
      if (!world.mutes.delete(pairKey(me.id, other.id))) throw new ApiError(errors.notMuting);
    },
  }),

  endpoint<ByUser & { readonly memo: string | null }>({
    name: "users/update-memo",
    access: { credential: true, permission: "write:account" },
    params: {
      type: "object",
      properties: { userId: idParam, memo: { type: "string", nullable: true } },
      required: ["userId", "memo"],
    },
    handle(call, { userId, memo }) {
      const { world } = call;
      const target = requireUser(call, userId, noSuchUser("6fef56f3-e765-4957-88e5-c6f65329b8a5"));
      const key = pairKey(caller(call).id, target.id);
      if (memo === null || memo === "") world.memos.delete(key);
      else world.memos.set(key, memo);
    },
  }),
];
