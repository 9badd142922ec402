// following/*: following, being followed, and requests.
import { acceptRequest, cancelRequest, follow, rejectRequest, unfollow } from "../../actions/follow.js";
import { packUserLite } from "../../entities/user-lite.js";
import type { User } from "../../world/records.js";
import { isFollowing } from "../../world/relations.js";
import { ApiError } from "../api-error.js";
import { type Access, type Call, caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { noSuchUser, requireUser } from "./find.js";

const writing: Access = { credential: true, permission: "write:following" };
const byUser = { type: "object", properties: { userId: idParam }, required: ["userId"] } as const;

const errors = {
  followeeIsYourself: {
    message: "Followee is yourself.",
    code: "FOLLOWEE_IS_YOURSELF",
    id: "26fbe7bb-a331-4857-af17-205b426669a9",
  },
  alreadyFollowing: {
    message: "You are already following that user.",
    code: "ALREADY_FOLLOWING",
    id: "35387507-38c7-4cb9-9197-300b93783fa0",
  },
  blocking: {
    message: "You are blocking that user.",
    code: "BLOCKING",
    id: "4e2206ec-aa4f-4960-b865-6c23ac38e2d9",
  },
  blocked: {
    message: "You are blocked by that user.",
    code: "BLOCKED",
    id: "c4ab57cc-4e41-45e9-bfd9-584f61e35ce0",
  },
  unfollowYourself: {
    message: "Followee is yourself.",
    code: "FOLLOWEE_IS_YOURSELF",
    id: "d9e400b9-36b0-4808-b1d8-79e707f1296c",
  },
  notFollowing: {
    message: "You are not following that user.",
    code: "NOT_FOLLOWING",
    id: "5dbf82f5-c92b-40b1-87d1-6c8c0741fd09",
  },
  followerIsYourself: {
    message: "Follower is yourself.",
    code: "FOLLOWER_IS_YOURSELF",
    id: "07dc03b9-03da-422d-885b-438313707662",
  },
  notFollowed: {
    message: "The other use is not following you.",
    code: "NOT_FOLLOWING",
    id: "918faac3-074f-41ae-9c43-ed5d2946770d",
  },
  noFollowRequest: {
    message: "No follow request.",
    code: "NO_FOLLOW_REQUEST",
    id: "bcde4f8b-0913-4614-8881-614e522fb041",
  },
  requestNotFound: {
    message: "Follow request not found.",
    code: "FOLLOW_REQUEST_NOT_FOUND",
    id: "089b125b-d338-482a-9a09-e2622ac9f8d4",
  },
};

type ByUser = { readonly userId: string };

/** An endpoint about one other user, whom it answers with unless it answers nothing. */
function aboutUser(
  name: string,
  noSuchUserId: string,
  handle: (call: Call, me: User, other: User) => unknown,
): Endpoint<ByUser> {
  return endpoint<ByUser>({
    name,
    access: writing,
    params: byUser,
    answers: "UserLite",
    handle: (call, { userId }) => handle(call, caller(call), requireUser(call, userId, noSuchUser(noSuchUserId))),
  });
}

/** The same, refused for oneself before anything else is looked at. */
function aboutAnother(
  endpointOfUser: Endpoint<ByUser>,
  isYourself: { readonly message: string; readonly code: string; readonly id: string },
): Endpoint<ByUser> {
  return {
    ...endpointOfUser,
    handle(call, params) {
      if (params.userId === caller(call).id) throw new ApiError(isYourself);
      return endpointOfUser.handle(call, params);
    },
  };
}

const create: Endpoint<ByUser & { readonly withReplies?: boolean }> = {
  name: "following/create",
  answers: "UserLite",
  access: writing,
  params: {
    type: "object",
    properties: { userId: idParam, withReplies: { type: "boolean" } },
    required: ["userId"],
  },
  handle(call, { userId, withReplies = false }) {
    const { world } = call;
    const me = caller(call);
    if (userId === me.id) throw new ApiError(errors.followeeIsYourself);
    const followee = requireUser(call, userId, noSuchUser("fcd2eef9-a9b2-4c4f-8624-038099e90aa5"));
    if (isFollowing(world, me.id, followee.id)) throw new ApiError(errors.alreadyFollowing);
    const refusal = follow(world, me, followee, withReplies);
    if (refusal) throw new ApiError(errors[refusal]);
    return packUserLite(world, followee);
  },
};

/** The endpoints of following. */
export const followingEndpoints: readonly Endpoint[] = [
  create,

  aboutAnother(
    aboutUser("following/delete", "5b12c78d-2b28-4dca-99d2-f56139b42ff8", ({ world }, me, followee) => {
      if (!unfollow(world, me, followee)) throw new ApiError(errors.notFollowing);
      return packUserLite(world, followee);
    }),
    errors.unfollowYourself,
  ),

  aboutAnother(
    aboutUser("following/invalidate", "b77e6ae6-a3e5-40da-9cc8-c240115479cc", ({ world }, me, follower) => {
      if (!unfollow(world, follower, me)) throw new ApiError(errors.notFollowed);
      return packUserLite(world, follower);
    }),
    errors.followerIsYourself,
  ),

  aboutUser("following/requests/accept", "66ce1645-d66c-46bb-8b79-96739af885bd", ({ world }, me, follower) => {
    if (!acceptRequest(world, me, follower)) throw new ApiError(errors.noFollowRequest);
  }),

  aboutUser("following/requests/reject", "abc2ffa6-25b2-4380-ba99-321ff3a94555", ({ world }, me, follower) =>
    rejectRequest(world, me, follower),
  ),

  aboutUser("following/requests/cancel", "4e68c551-fc4c-4e46-bb41-7d4a37bf9dab", ({ world }, me, followee) => {
    if (!cancelRequest(world, me, followee)) throw new ApiError(errors.requestNotFound);
    return packUserLite(world, followee);
  }),

  endpoint<{ readonly limit: number }>({
    name: "following/requests/list",
    readOnly: true,
    answers: { follower: "UserLite", followee: "UserLite" },
    access: { credential: true, permission: "read:following" },
    params: {
      type: "object",
      properties: {
        sinceId: idParam,
        untilId: idParam,
        sinceDate: { type: "integer" },
        untilDate: { type: "integer" },
        limit: { type: "integer", minimum: 1, maximum: 100, default: 10 },
      },
      required: [],
    },
    handle(call, { limit }) {
      const { world } = call;
      const me = caller(call);
      const requests = [...world.followRequests.values()].filter(({ to }) => to === me.id).toReversed();
      return requests.slice(0, limit).flatMap(({ id, from }) => {
        const follower = world.users.get(from);
        return follower ? [{ id, follower: packUserLite(world, follower), followee: packUserLite(world, me) }] : [];
      });
    },
  }),
];
