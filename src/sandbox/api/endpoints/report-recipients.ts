// admin/abuse-report/notification-recipient/*: who is told of reports. Recorded on Misskey 2024.10.1; the sources of 2026.3.2
// are the same. Nobody in the sandbox has an e-mail address, so that every recipient is a system webhook.
import { packReportRecipient } from "../../entities/report.js";
import type { ReportRecipient } from "../../world/records.js";
import { ApiError } from "../api-error.js";
import { type Access, type Call, type Endpoint, endpoint, idParam } from "../endpoint.js";

const noSuchRecipient = {
  message: "No such recipient.",
  code: "NO_SUCH_RECIPIENT",
  id: "013de6a8-f757-04cb-4d73-cc2a7e3368e4",
  kind: "server",
  status: 404,
} as const;
const needsUser = {
  message: 'If "method" is email, "userId" must be set.',
  code: "CORRELATION_CHECK_EMAIL",
  id: "348bb8ae-575a-6fe9-4327-5811999def8f",
};
const needsWebhook = {
  message: 'If "method" is webhook, "systemWebhookId" must be set.',
  code: "CORRELATION_CHECK_WEBHOOK",
  id: "b0c15051-de2d-29ef-260c-9585cddd701a",
};
const hasNoAddress = {
  message: "Email address is not set.",
  code: "EMAIL_ADDRESS_NOT_SET",
  id: "7cc1d85e-2f58-fc31-b644-3de8d0d3421f",
};

type Method = "email" | "webhook";

interface Settings extends Pick<ReportRecipient, "isActive" | "name"> {
  readonly method: Method;
  readonly userId?: string;
  readonly systemWebhookId?: string;
}

const area = "admin/abuse-report/notification-recipient";

function access(verb: "read" | "write"): Access {
  const permission = `${verb}:admin:abuse-report:notification-recipient`;
  return { credential: true, moderator: true, nativeTokenOnly: true, permission };
}

function databaseError(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}

/** The hook that the recipient is; without one of that id, a server's database complains. */
function hookOf({ world }: Call, { method, userId, systemWebhookId }: Settings): string {
  if (method === "email")
    throw new ApiError(userId !== undefined && world.users.has(userId) ? hasNoAddress : needsUser);
  if (systemWebhookId === undefined) throw new ApiError(needsWebhook);
  if (world.systemHooks.has(systemWebhookId)) return systemWebhookId;
  throw databaseError(
    "QueryFailedError",
    'insert or update on table "abuse_report_notification_recipient" violates foreign key constraint "FK_abuse_report_notification_recipient_systemWebhookId"',
  );
}

function expectRecipient({ world }: Call, id: string): ReportRecipient {
  const recipient = world.reportRecipients.get(id);
  if (recipient !== undefined) return recipient;
  throw databaseError(
    "EntityNotFoundError",
    `Could not find any entity of type "MiAbuseReportNotificationRecipient" matching: {\n    "id": "${id}"\n}`,
  );
}

const method = { type: "string", enum: ["email", "webhook"] };
const settings = {
  isActive: { type: "boolean" },
  name: { type: "string", minLength: 1, maxLength: 255 },
  method,
  userId: idParam,
  systemWebhookId: idParam,
};
const byId = { type: "object", properties: { id: idParam }, required: ["id"] };

/** The endpoints of those who are told of reports. */
export const reportRecipientEndpoints: readonly Endpoint[] = [
  endpoint<Settings>({
    name: `${area}/create`,
    access: access("write"),
    params: { type: "object", properties: settings, required: ["isActive", "name", "method"] },
    handle(call, params) {
      const { world } = call;
      const { isActive, name } = params;
      const systemWebhookId = hookOf(call, params);
      const recipient: ReportRecipient = { id: world.newId(), isActive, updatedAt: world.now(), name, systemWebhookId };
      world.reportRecipients.set(recipient.id, recipient);
      return packReportRecipient(world, recipient);
    },
  }),

  endpoint<{ readonly method?: readonly Method[] }>({
    name: `${area}/list`,
    readOnly: true,
    access: access("read"),
    params: { type: "object", properties: { method: { type: "array", items: method } }, required: [] },
    handle({ world }, { method: wanted = ["webhook"] }) {
      if (!wanted.includes("webhook")) return [];
      return [...world.reportRecipients.values()].map((recipient) => packReportRecipient(world, recipient));
    },
  }),

  endpoint<{ readonly id: string }>({
    name: `${area}/show`,
    readOnly: true,
    access: access("read"),
    params: byId,
    handle({ world }, { id }) {
      const recipient = world.reportRecipients.get(id);
      if (recipient === undefined) throw new ApiError(noSuchRecipient);
      return packReportRecipient(world, recipient);
    },
  }),

  endpoint<Settings & { readonly id: string }>({
    name: `${area}/update`,
    access: access("write"),
    params: {
      type: "object",
      properties: { id: idParam, ...settings },
      required: ["id", "isActive", "name", "method"],
    },
    handle(call, params) {
      const { world } = call;
      const systemWebhookId = hookOf(call, params);
      const recipient = expectRecipient(call, params.id);
      const { isActive, name } = params;
      Object.assign(recipient, { isActive, name, systemWebhookId, updatedAt: world.now() });
      return packReportRecipient(world, recipient);
    },
  }),

  endpoint<{ readonly id: string }>({
    name: `${area}/delete`,
    access: access("write"),
    params: byId,
    handle({ world }, { id }) {
      world.reportRecipients.delete(id);
    },
  }),
];
