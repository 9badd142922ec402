// Following and what undoes it. Who hears of what, and in which order, as seen on Misskey 2026.3.2.
import { packUserDetailed } from "../entities/user.js";
import { packUserLite } from "../entities/user-lite.js";
import type { User } from "../world/records.js";
import { isBlocking, isFollowing } from "../world/relations.js";
import { pairKey, type World } from "../world/world.js";
import { notify } from "./notify.js";

/** Why a follow isn't possible. */
export type FollowRefusal = "blocking" | "blocked";

/** @param uncounted followers that left and are still counted */
function publishUnfollow(world: World, follower: User, followee: User, uncounted = 0): void {
  const user = packUserDetailed(world, followee, follower.id);
  const body = { user: { ...user, followersCount: Number(user["followersCount"]) + uncounted } };
  world.publish({ kind: "user-event", type: "unfollow", userId: follower.id, body });
}

function createFollow(world: World, follower: User, followee: User, withReplies: boolean): void {
  const key = pairKey(follower.id, followee.id);
  world.followRequests.delete(key);
  const relation = { id: world.newId(), createdAt: world.now(), from: follower.id, to: followee.id, withReplies };
  world.follows.set(key, relation);
  const { followedMessage } = followee.profile;
  world.publish({
    kind: "user-event",
    type: "followed",
    userId: followee.id,
    body: { user: packUserLite(world, follower) },
  });
  world.publish({
    kind: "user-event",
    type: "follow",
    userId: follower.id,
    body: { user: packUserDetailed(world, followee, follower.id) },
  });
  notify(world, followee.id, { type: "follow", from: follower });
  notify(world, follower.id, { type: "followRequestAccepted", from: followee, more: { message: followedMessage } });
}

function needsApproval(world: World, follower: User, followee: User): boolean {
  const { isLocked, carefulBot, autoAcceptFollowed } = followee.profile;
  if (!isLocked && !(carefulBot && follower.profile.isBot)) return false;
  return !(autoAcceptFollowed && isFollowing(world, followee.id, follower.id));
}

/**
 * Follows, or asks to where the account is locked: nobody's hooks hear of a request.
 * The answer says why it isn't possible, undefined when it was.
 */
export function follow(world: World, follower: User, followee: User, withReplies: boolean): FollowRefusal | undefined {
  if (isBlocking(world, follower.id, followee.id)) return "blocking";
  if (isBlocking(world, followee.id, follower.id)) return "blocked";
  if (!needsApproval(world, follower, followee)) {
    createFollow(world, follower, followee, withReplies);
    return undefined;
  }
  const request = { id: world.newId(), createdAt: world.now(), from: follower.id, to: followee.id, withReplies };
  world.followRequests.set(pairKey(follower.id, followee.id), request);
  notify(world, followee.id, { type: "receiveFollowRequest", from: follower });
  return undefined;
}

/**
 * Ends a follow, whoever asked for it: the one who followed gets `unfollow`, with the followers counted as they were.
 * False when there was none.
 */
export function unfollow(world: World, follower: User, followee: User): boolean {
  if (!world.follows.delete(pairKey(follower.id, followee.id))) return false;
  publishUnfollow(world, follower, followee, 1);
  return true;
}

/** Accepts a request. False when there is none. */
export function acceptRequest(world: World, followee: User, follower: User): boolean {
  const request = world.followRequests.get(pairKey(follower.id, followee.id));
  if (request === undefined) return false;
  createFollow(world, follower, followee, request.withReplies ?? false);
  return true;
}

/** Accepts all requests, as an account does that is no longer locked. */
export function acceptAllRequests(world: World, followee: User): void {
  for (const { from, to } of world.followRequests.values()) {
    const follower = world.users.get(from);
    if (to === followee.id && follower) acceptRequest(world, followee, follower);
  }
}

/** Rejects a request: the one who asked gets `unfollow`, whether there was a request or not. */
export function rejectRequest(world: World, followee: User, follower: User): void {
  world.followRequests.delete(pairKey(follower.id, followee.id));
  publishUnfollow(world, follower, followee);
}

/** Takes a request back; nobody's hooks hear of it. False when there is none. */
export function cancelRequest(world: World, follower: User, followee: User): boolean {
  return world.followRequests.delete(pairKey(follower.id, followee.id));
}

/**
 * Blocks: follows and requests between the two end, and each who loses one gets `unfollow`; only the one who is blocked
 * sees the block in it.
 */
export function block(world: World, blocker: User, blockee: User): void {
  const key = pairKey(blocker.id, blockee.id);
  part(world, blocker, blockee);
  world.blocks.set(key, { id: world.newId(), createdAt: world.now(), from: blocker.id, to: blockee.id });
  part(world, blockee, blocker);
}

function part(world: World, follower: User, followee: User): void {
  if (cancelRequest(world, follower, followee)) publishUnfollow(world, follower, followee);
  unfollow(world, follower, followee);
}
