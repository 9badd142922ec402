// Questions about who follows, blocks and mutes whom.
import { pairKey, type World } from "./world.js";

/** `from` follows `to`. */
export function isFollowing(world: World, from: string, to: string): boolean {
  return world.follows.has(pairKey(from, to));
}

/** `from` blocks `to`. */
export function isBlocking(world: World, from: string, to: string): boolean {
  return world.blocks.has(pairKey(from, to));
}

/** `from` mutes `to`, now. */
export function isMuting(world: World, from: string, to: string): boolean {
  const mute = world.mutes.get(pairKey(from, to));
  return mute !== undefined && (mute.expiresAt == null || mute.expiresAt > world.now());
}

/** How many follow `userId`. */
export function followersCount(world: World, userId: string): number {
  let count = 0;
  for (const follow of world.follows.values()) if (follow.to === userId) count++;
  return count;
}

/** How many `userId` follows. */
export function followingCount(world: World, userId: string): number {
  let count = 0;
  for (const follow of world.follows.values()) if (follow.from === userId) count++;
  return count;
}
