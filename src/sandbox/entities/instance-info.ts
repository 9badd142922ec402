// What the instance says of itself: /api/meta and nodeinfo. Seen on Misskey 2026.3.2 with nothing configured.
import { resolveDialect } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";
import type { World } from "../world/world.js";
import { fill } from "./fill-template.js";
import { rolePolicies } from "./policies.js";

const repository = "https://github.com/misskey-dev/misskey";

/** What `meta` answers; with `detail`, which is the default, a few keys more. */
export function packMeta(world: World, detail: boolean): Payload {
  const { templates } = world;
  if (templates === undefined) return detail ? { ...packMetaLite(world), ...metaDetails } : packMetaLite(world);
  const meta = fill(world, detail ? { ...templates.meta, ...templates.metaDetail } : templates.meta);
  return { ...meta, version: versionOf(world) };
}

/**
 * What the instance claims to be, e.g. `2026.3.2`: the version whose answers it gives, or the first of its row where
 * that one is of another row, because whoever asks goes by the version.
 */
function versionOf({ behaviour, dialect: { family, since } }: World): string {
  const version = behaviour.server.split("@")[1] ?? "";
  const isOfRow = since === "0" || resolveDialect(`${family}@${version}`).since === since;
  return isOfRow ? version : `${since}.0`;
}

const metaDetails: Payload = {
  cacheRemoteFiles: false,
  cacheRemoteSensitiveFiles: true,
  requireSetup: false,
  proxyAccountName: "system.proxy",
  features: {
    localTimeline: true,
    globalTimeline: true,
    registration: false,
    emailRequiredForSignup: false,
    hcaptcha: false,
    recaptcha: false,
    turnstile: false,
    objectStorage: false,
    serviceWorker: false,
    miauth: true,
  },
};

function packMetaLite(world: World): Payload {
  return {
    maintainerName: null,
    maintainerEmail: null,
    version: versionOf(world),
    providesTarball: false,
    name: null,
    shortName: null,
    uri: world.origin,
    description: null,
    langs: [],
    tosUrl: null,
    repositoryUrl: repository,
    feedbackUrl: `${repository}/issues/new`,
    impressumUrl: null,
    privacyPolicyUrl: null,
    inquiryUrl: null,
    disableRegistration: true,
    emailRequiredForSignup: false,
    enableHcaptcha: false,
    hcaptchaSiteKey: null,
    enableMcaptcha: false,
    mcaptchaSiteKey: null,
    mcaptchaInstanceUrl: null,
    enableRecaptcha: false,
    recaptchaSiteKey: null,
    enableTurnstile: false,
    turnstileSiteKey: null,
    enableTestcaptcha: false,
    googleAnalyticsMeasurementId: null,
    swPublickey: null,
    themeColor: null,
    mascotImageUrl: "/assets/ai.png",
    bannerUrl: null,
    infoImageUrl: null,
    serverErrorImageUrl: null,
    notFoundImageUrl: null,
    iconUrl: null,
    backgroundImageUrl: null,
    logoImageUrl: null,
    maxNoteTextLength: 3000,
    defaultLightTheme: null,
    defaultDarkTheme: null,
    clientOptions: {},
    ads: [],
    notesPerOneAd: 0,
    enableEmail: false,
    enableServiceWorker: false,
    translatorAvailable: false,
    serverRules: [],
    policies: rolePolicies(world.dialect),
    sentryForFrontend: null,
    mediaProxy: `${world.origin}/proxy`,
    enableUrlPreview: true,
    noteSearchableScope: "global",
    maxFileSize: 262144000,
    federation: "none",
  };
}

/** What `/nodeinfo/2.0` and `/nodeinfo/2.1` answer; undefined where there is no such document. */
export function packNodeinfo(world: World, schema: "2.0" | "2.1"): Payload | undefined {
  const { templates } = world;
  if (templates === undefined) return presentNodeinfo(world, schema);
  const template = schema === "2.0" ? templates.nodeinfo : templates.nodeinfo21;
  if (template === null) return undefined;
  const filled = fill(world, template);
  const software = filled["software"] as Payload;
  return { ...filled, software: { ...software, name: world.dialect.software.name, version: versionOf(world) } };
}

function presentNodeinfo(world: World, nodeinfo: "2.0" | "2.1"): Payload {
  return {
    version: nodeinfo,
    software: {
      name: world.dialect.software.name,
      version: versionOf(world),
      homepage: "https://misskey-hub.net",
    },
    protocols: ["activitypub"],
    services: {
      inbound: [],
      outbound: ["atom1.0", "rss2.0"],
    },
    openRegistrations: false,
    usage: {
      users: {
        total: world.users.size,
        activeHalfyear: null,
        activeMonth: null,
      },
      localPosts: world.notes.size,
      localComments: 0,
    },
    metadata: {
      nodeName: null,
      nodeDescription: null,
      nodeAdmins: [
        {
          name: null,
          email: null,
        },
      ],
      maintainer: {
        name: null,
        email: null,
      },
      langs: [],
      tosUrl: null,
      privacyPolicyUrl: null,
      inquiryUrl: null,
      impressumUrl: null,
      repositoryUrl: repository,
      feedbackUrl: `${repository}/issues/new`,
      disableRegistration: true,
      disableLocalTimeline: false,
      disableGlobalTimeline: false,
      emailRequiredForSignup: false,
      enableHcaptcha: false,
      enableRecaptcha: false,
      enableMcaptcha: false,
      enableTurnstile: false,
      maxNoteTextLength: 3000,
      enableEmail: false,
      enableServiceWorker: false,
      proxyAccountName: "system.proxy",
      themeColor: "#86b300",
    },
  };
}
