// What happens in the demo: actions that make every event of a present Misskey fire, in an order that makes sense.
import type { ApiClient } from "../../instance/index.js";

/** Something that a user of the instance does, and the events that it fires. */
export interface DemoAction {
  readonly who: string;
  readonly text: string;
  readonly fires: readonly string[];
  readonly run: (world: DemoWorld) => Promise<unknown>;
}

/** Whom the actions act as, and on. */
export interface DemoWorld {
  readonly alice: ApiClient;
  readonly bob: ApiClient;
  readonly admin: ApiClient;
  readonly ids: Readonly<Record<string, string>>;
  /** Ids that later actions refer to. */
  readonly made: Record<string, string>;
}

/** The id of what an endpoint made. */
export const idOf = (answer: unknown): string => {
  const { createdNote, id } = answer as { createdNote?: { id: string }; id?: string };
  return createdNote?.id ?? id ?? "";
};
/** Posts a note. */
export const post = (api: ApiClient, params: Record<string, unknown>): Promise<unknown> =>
  api.call("notes/create", params);

/** The actions that make every event of a present Misskey fire, in an order that makes sense. */
export const demoActions: readonly DemoAction[] = [
  {
    who: "alice",
    text: "posts a note",
    fires: ["note"],
    run: async ({ alice, made }) => {
      made["note"] = idOf(await post(alice, { text: "Good morning! おはよう #misskey" }));
    },
  },
  {
    who: "bob",
    text: "mentions alice",
    fires: ["mention"],
    run: ({ bob }) => post(bob, { text: "@alice have you seen the new release?" }),
  },
  {
    who: "bob",
    text: "replies to alice's note, which is a mention too",
    fires: ["reply", "mention"],
    run: ({ bob, made }) => post(bob, { text: "Good morning, alice!", replyId: made["note"] }),
  },
  {
    who: "bob",
    text: "renotes alice's note",
    fires: ["renote"],
    run: ({ bob, made }) => post(bob, { renoteId: made["note"] }),
  },
  {
    who: "bob",
    text: "follows alice",
    fires: ["followed"],
    run: ({ bob, ids }) => bob.call("following/create", { userId: ids["alice"] }),
  },
  {
    who: "alice",
    text: "follows bob",
    fires: ["follow"],
    run: ({ alice, ids }) => alice.call("following/create", { userId: ids["bob"] }),
  },
  {
    who: "alice",
    text: "unfollows bob",
    fires: ["unfollow"],
    run: ({ alice, ids }) => alice.call("following/delete", { userId: ids["bob"] }),
  },
  {
    who: "admin",
    text: "creates an account",
    fires: ["userCreated"],
    run: ({ admin }) => admin.call("admin/accounts/create", { username: "newcomer", password: "correct horse" }),
  },
  {
    who: "bob",
    text: "reports a user",
    fires: ["abuseReport"],
    run: ({ bob, ids }) => bob.call("users/report-abuse", { userId: ids["alice"], comment: "Too many cat pictures" }),
  },
];

/** The system events that take days to come by themselves: the instance's own test button sends them. */
export const testedEvents: readonly string[] = [
  "abuseReportResolved",
  "inactiveModeratorsWarning",
  "inactiveModeratorsInvitationOnlyChanged",
];
