// Reactions. No webhook was ever sent for one, whatever a hook's `on` says; streams hear of them.
import type { Note, User } from "../world/records.js";
import type { World } from "../world/world.js";
import { notify } from "./notify.js";

const fallback = "❤";
/** Names of old, which servers still take. */
const legacy: Readonly<Record<string, string>> = {
  like: "👍",
  love: "❤",
  laugh: "😆",
  hmm: "🤔",
  surprise: "😮",
  congrats: "🎉",
  angry: "💢",
  confused: "😥",
  rip: "😇",
  pudding: "🍮",
  star: "⭐",
};

const emoji = /^(?:\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3)/u;

/** What a server makes of a reaction: an emoji, the fallback for what it doesn't know, or a like where only likes count. */
function normalize(reaction: string, { reactionAcceptance }: Note): string {
  if (reactionAcceptance === "likeOnly") return fallback;
  const named = legacy[reaction] ?? reaction;
  if (!emoji.test(named)) return fallback;
  return named.includes("\u200D") ? named : named.replace(/\uFE0F/g, "");
}

function publish(world: World, note: Note, type: "reacted" | "unreacted", reaction: string, userId: string): void {
  const body = type === "reacted" ? { reaction, emoji: null, userId } : { reaction, userId };
  world.publish({ kind: "note-updated", noteId: note.id, type, body });
}

/** Reacts; another reaction replaces the user's earlier one. False when it is the same one again. */
export function react(world: World, user: User, note: Note, wanted: string): boolean {
  const reaction = normalize(wanted, note);
  const earlier = note.reactions.find(({ userId }) => userId === user.id);
  if (earlier?.reaction === reaction) return false;
  if (earlier) unreact(world, user, note);
  note.reactions.push({ userId: user.id, reaction });
  publish(world, note, "reacted", reaction, user.id);
  notify(world, note.userId, { type: "reaction", from: user, note, more: { reaction } });
  return true;
}

/** Takes a reaction back. False when there is none. */
export function unreact(world: World, user: User, note: Note): boolean {
  const earlier = note.reactions.find(({ userId }) => userId === user.id);
  if (earlier === undefined) return false;
  note.reactions = note.reactions.filter((reaction) => reaction !== earlier);
  publish(world, note, "unreacted", earlier.reaction, user.id);
  return true;
}
