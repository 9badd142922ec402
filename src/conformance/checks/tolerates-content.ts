// What notes and users really are and hand-made test data isn't. Each check changes one thing in a friendly delivery.
import { kindOf } from "../probe/answer.js";
import type { CheckContext } from "../check-context.js";
import type { Check } from "./check.js";
import type { Judgement } from "../judgement/judgement.js";
import {
  largeNote,
  largeText,
  largeUser,
  remoteUser,
  sixteenFiles,
  textless,
  withFilesOnly,
  withOnePicture,
  withText,
} from "../deliveries/edge-cases.js";
import { carriesNote, type Json, noteOf } from "../deliveries/plans.js";
import { skipped } from "../judgement/verdicts.js";
import { acceptAll, acceptOdd, type Odd, tolerates } from "./tolerates-check.js";

const noteEvents = (context: CheckContext): string[] => context.acceptedEvents.filter(carriesNote);

/** Variants of the event whose note has no text, as the dialect sends them. */
function textlessVariants(context: CheckContext, event: string, hasFiles: boolean): Odd[] {
  return context
    .variantsOf(event)
    .filter((variant) => {
      const note = noteOf(context.envelope(event, variant));
      return (
        note?.["text"] === null && variant !== "remote-user" && (note["fileIds"] as unknown[]).length > 0 === hasFiles
      );
    })
    .map((variant) => ({
      plan: context.plan(event, { variant }),
      control: context.plan(event, { variant, label: `${event} (${variant}, with a text)`, change: addText }),
    }));
}

const addText = (envelope: Json): Json => withText(envelope, "With a text");

/** An oddity that no sample of the event has. Where a sample has everything, accepts.* knows of the rest of it. */
function made(
  context: CheckContext,
  event: string,
  what: string,
  change: (envelope: Json) => Json,
  noteOptions?: string,
): Odd {
  const control = context.plan(event, {
    label: `${event} (${what} with a text)`,
    change: (envelope) => addText(change(envelope)),
  });
  return {
    plan: context.plan(event, {
      label: `${event} (${what} without text)`,
      change,
      repeat: event === "note" ? noteOptions : undefined,
    }),
    control: context.variantsOf(event).includes("everything") ? control : undefined,
  };
}

/** How `send` makes the same of a note. */
const asPoll = "--variant poll --set note.text=null";
const asPicture = "--variant files-only --unset note.files[1] --unset note.fileIds[1]";

function nullText(context: CheckContext): Promise<Judgement> {
  const odds = noteEvents(context).flatMap((event) => {
    const poll = made(context, event, "a poll", (envelope) => textless(envelope, context), asPoll);
    return [...textlessVariants(context, event, false), poll];
  });
  return acceptOdd(context, odds);
}

function filesOnly(context: CheckContext): Promise<Judgement> {
  const odds = noteEvents(context).flatMap((event) => [
    made(context, event, "one picture", (envelope) => withOnePicture(envelope, context), asPicture),
    textlessVariants(context, event, true)[0] ??
      made(context, event, "files", (envelope) => withFilesOnly(envelope, context)),
  ]);
  return acceptOdd(context, odds);
}

function remoteUsers(context: CheckContext): Promise<Judgement> {
  const plans = context.acceptedEvents
    .filter((event) => context.variantsOf(event).includes("remote-user"))
    .map((event) => context.plan(event, { variant: "remote-user", change: remoteUser, repeat: "" }));
  return acceptAll(context, plans);
}

function longNote(context: CheckContext): Promise<Judgement> {
  const text = noteOf(context.envelope("note", "long"))?.["text"];
  const plans = noteEvents(context).map((event) =>
    context.plan(event, {
      label: `${event} (3000 characters)`,
      change: (envelope) => withText(envelope, String(text)),
      repeat: event === "note" ? "--variant long" : undefined,
    }),
  );
  return acceptAll(context, plans);
}

/** Tells whether it is the size or the number of files. */
async function largeNoteBody(context: CheckContext, event: string): Promise<Judgement> {
  const change = (envelope: Json): Json => largeNote(envelope, context);
  const judgement = await acceptAll(context, [context.plan(event, { label: `${event} (16 files, 30 kB)`, change })]);
  if (judgement.verdict !== "fail" || typeof judgement.answered?.status !== "number") return judgement;
  const filesAlone = await context.send(context.plan(event, { change: (envelope) => sixteenFiles(envelope, context) }));
  const textAlone = await context.send(context.plan(event, { change: largeText }));
  if (kindOf(filesAlone) === "accepted" || kindOf(textAlone) !== "accepted") return judgement;
  return {
    ...judgement,
    message: `${judgement.message} It isn't the size: 30 kB without files are taken.`,
    hint: "A post can have 16 files. Pass on as many as the other side takes, and leave out the rest.",
  };
}

function largeBody(context: CheckContext): Promise<Judgement> {
  const [noteEvent] = noteEvents(context);
  if (noteEvent !== undefined) return largeNoteBody(context, noteEvent);
  const userEvent = context.acceptedEvents.find((event) => context.variantsOf(event).includes("rich-profile"));
  if (userEvent === undefined) return Promise.resolve(skipped("None of the accepted events can be large."));
  return acceptAll(context, [
    context.plan(userEvent, { label: `${userEvent} (a profile of 30 kB)`, variant: "rich-profile", change: largeUser }),
  ]);
}

export const contentChecks: readonly Check[] = [
  tolerates(
    "null-text",
    {
      title: "notes without text",
      sends: "Notes whose `text` is null: pure renotes, polls without a word.",
      why: "Every pure renote has `text: null`; so has a poll or a picture without words, and a non-public note from Misskey before 2023.10.2.",
      fix: 'Write `note.text ?? ""` before you search, split or send it, and decide what an empty text means.',
      needs: ["notes"],
    },
    nullText,
  ),
  tolerates(
    "files-only",
    {
      title: "notes of files alone",
      sends: "Notes with `text: null` and one picture, or several files.",
      why: "A picture without words is an everyday post. `text` is null and there is no `renote` to fall back on.",
      fix: "Treat text and files as two things, either of which may be missing.",
      needs: ["notes"],
    },
    filesOnly,
  ),
  tolerates(
    "null-name",
    {
      title: "users without a display name",
      sends: "Deliveries in which every user's `name` is null.",
      why: "An account has no display name until its owner sets one, and many never do.",
      fix: "Show `user.name ?? user.username`.",
    },
    (context) =>
      acceptAll(
        context,
        context.acceptedEvents.map((event) =>
          context.plan(event, {
            label: `${event} (name: null)`,
            unnamed: true,
            repeat: `--set ${carriesNote(event) ? "note.user" : "user"}.name=null`,
          }),
        ),
      ),
  ),
  tolerates(
    "remote-user",
    {
      title: "users of other servers",
      sends: "Deliveries by a remote user: `host`, `instance`, `emojis`, `uri` and `url` are set.",
      why: "On a federated server most of those who mention or follow you are on other servers. `host` is then a string, not null.",
      fix: "Take `host` as string or null, and write `@user@host` only when it is there.",
    },
    remoteUsers,
  ),
  tolerates(
    "long-note",
    {
      title: "long notes",
      sends: "A note of 3000 Japanese characters, about 9 kB.",
      why: "3000 characters are the default limit of Misskey; forks allow more. A body limit of 4 or 8 KiB drops them.",
      fix: "If it speaks of a body limit (413), raise it to 1 MiB. If not, its log says what the text is too long for: shorten it where you pass it on.",
      needs: ["notes"],
    },
    longNote,
  ),
  tolerates(
    "large-body",
    {
      title: "large bodies",
      sends: "A note with 16 files and their descriptions, about 30 kB.",
      why: "16 files are the most a note can have, each a kilobyte of JSON. A body limit that fits test data refuses it with 413, or cuts it off.",
      fix: "If it speaks of a body limit (413), raise that of the framework or proxy to 1 MiB. If not, its log says what this is too much for.",
    },
    largeBody,
  ),
];
