// i/update: the profile.
import { acceptAllRequests } from "../../actions/follow.js";
import { packMe } from "../../entities/user.js";
import type { Profile, User } from "../../world/records.js";
import { ApiError } from "../api-error.js";
import { type Call, caller, type Endpoint, endpoint, idParam } from "../endpoint.js";

type UpdateParams = Partial<Profile> & {
  readonly name?: string | null;
  readonly avatarId?: string | null;
  readonly bannerId?: string | null;
  readonly pinnedPageId?: string | null;
};

const errors = {
  noSuchAvatar: {
    message: "No such avatar file.",
    code: "NO_SUCH_AVATAR",
    id: "539f3a45-f215-4f81-a9a8-31293640207f",
  },
  avatarNotAnImage: {
    message: "The file specified as an avatar is not an image.",
    code: "AVATAR_NOT_AN_IMAGE",
    id: "f419f9f8-2f4d-46b1-9fb4-49d3a2fd7191",
  },
  noSuchBanner: {
    message: "No such banner file.",
    code: "NO_SUCH_BANNER",
    id: "0d8f5629-f210-41c2-9433-735831a58595",
  },
  bannerNotAnImage: {
    message: "The file specified as a banner is not an image.",
    code: "BANNER_NOT_AN_IMAGE",
    id: "75aedb19-2afd-4e6d-87fc-67941256fa60",
  },
  /** There are no pages here. */
  noSuchPage: {
    message: "No such page.",
    code: "NO_SUCH_PAGE",
    id: "8e01b590-7eb9-431b-a239-860e086c408e",
  },
};

const text = (maxLength: number) => ({ type: "string", minLength: 1, maxLength, nullable: true });
const flag = { type: "boolean" };
const visibility = { type: "string", enum: ["public", "followers", "private"] };
const words = { type: "array", items: { oneOf: [{ type: "array", items: { type: "string" } }, { type: "string" }] } };

const properties = {
  name: text(50),
  description: text(1500),
  followedMessage: text(256),
  location: text(50),
  birthday: { type: "string", pattern: "^([0-9]{4})-([0-9]{2})-([0-9]{2})$", nullable: true },
  lang: { type: "string", nullable: true },
  avatarId: { ...idParam, nullable: true },
  avatarDecorations: { type: "array", maxItems: 16, items: { type: "object" } },
  bannerId: { ...idParam, nullable: true },
  fields: {
    type: "array",
    minItems: 0,
    maxItems: 16,
    items: {
      type: "object",
      properties: { name: { type: "string" }, value: { type: "string" } },
      required: ["name", "value"],
    },
  },
  isLocked: flag,
  isExplorable: flag,
  hideOnlineStatus: flag,
  publicReactions: flag,
  carefulBot: flag,
  autoAcceptFollowed: flag,
  noCrawle: flag,
  preventAiLearning: flag,
  requireSigninToViewContents: flag,
  makeNotesFollowersOnlyBefore: { type: "integer", nullable: true },
  makeNotesHiddenBefore: { type: "integer", nullable: true },
  isBot: flag,
  isCat: flag,
  injectFeaturedNote: flag,
  receiveAnnouncementEmail: flag,
  alwaysMarkNsfw: flag,
  autoSensitive: flag,
  followingVisibility: visibility,
  followersVisibility: visibility,
  chatScope: { type: "string", enum: ["everyone", "followers", "following", "mutual", "none"] },
  pinnedPageId: { ...idParam, nullable: true },
  mutedWords: words,
  hardMutedWords: words,
  mutedInstances: { type: "array", items: { type: "string" } },
  notificationRecieveConfig: { type: "object" },
  emailNotificationTypes: { type: "array", items: { type: "string" } },
  alsoKnownAs: { type: "array", maxItems: 10, uniqueItems: true, items: { type: "string" } },
};

/** A name without spaces around it; of nothing but spaces, none. */
const trimmedName = (name: string | null): string | null => name?.trim() || null;

function filledIn(fields: Profile["fields"]): Profile["fields"] {
  return fields
    .map(({ name, value }) => ({ name: name.trim(), value: value.trim() }))
    .filter(({ name, value }) => name !== "" && value !== "");
}

function checkPicture(call: Call, fileId: string | null | undefined, kind: "Avatar" | "Banner"): void {
  if (fileId == null) return;
  const file = call.world.files.get(fileId);
  if (file?.userId !== caller(call).id) throw new ApiError(errors[`noSuch${kind}`]);
  const notAnImage = kind === "Avatar" ? errors.avatarNotAnImage : errors.bannerNotAnImage;
  if (!file.type.startsWith("image/")) throw new ApiError(notAnImage);
}

/** Takes over what the profile has of the changes. */
function applyTo(user: User, changes: UpdateParams): void {
  const { name, avatarId, bannerId, ...rest } = changes;
  if (name !== undefined) user.name = trimmedName(name);
  if (avatarId !== undefined) user.avatarId = avatarId;
  if (bannerId !== undefined) user.bannerId = bannerId;
  if (rest.fields) rest.fields = filledIn(rest.fields);
  for (const [key, value] of Object.entries(rest)) {
    if (key in user.profile) (user.profile as unknown as Record<string, unknown>)[key] = value;
  }
}

/** Changing the own profile. An account that is no longer locked accepts whoever had asked to follow. */
export const iUpdate: Endpoint<UpdateParams> = endpoint<UpdateParams>({
  name: "i/update",
  access: { credential: true, permission: "write:account" },
  params: { type: "object", properties },
  handle(call, changes) {
    const me = caller(call);
    checkPicture(call, changes.avatarId, "Avatar");
    checkPicture(call, changes.bannerId, "Banner");
    if (changes.pinnedPageId != null) throw new ApiError(errors.noSuchPage);
    const wasLocked = me.profile.isLocked;
    const before = JSON.stringify(me);
    applyTo(me, changes);
    if (!call.world.behaviour.ignoresIdleUpdates || JSON.stringify(me) !== before) me.updatedAt = call.world.now();
    if (wasLocked && !me.profile.isLocked) acceptAllRequests(call.world, me);
    return packMe(call.world, me, call.app === null);
  },
});
