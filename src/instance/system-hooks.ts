// The administrators' hooks behind the same calls as an account's: what works on `i/webhooks/*` works on
// `admin/system-webhook/*` through this, which puts requests and answers into the other's words.
import type { ApiClient } from "./api-client.js";

type Params = Readonly<Record<string, unknown>>;

const account = "i/webhooks/";
const system = "admin/system-webhook/";

/** A client whose hooks are the instance's system webhooks (Misskey 2024.7.0 and later); other calls stay as they are. */
export function asSystemHooks(api: ApiClient): ApiClient {
  return {
    ...api,
    async call(endpoint, params = {}) {
      if (!endpoint.startsWith(account)) return api.call(endpoint, params);
      const verb = endpoint.slice(account.length);
      const answer = await api.call(system + verb, verb === "test" ? params : toSystem(verb, params));
      return Array.isArray(answer) ? answer.map(fromSystem) : fromSystem(answer);
    },
  };
}

/** `webhookId` is `id` there, `active` is `isActive`, and a new one has to be told that it is. */
function toSystem(verb: string, { webhookId, active, ...rest }: Params): Params {
  return {
    ...rest,
    ...(webhookId === undefined ? {} : { id: webhookId }),
    ...(active === undefined ? {} : { isActive: active }),
    ...(verb === "create" ? { isActive: true } : {}),
  };
}

function fromSystem(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("isActive" in answer)) return answer;
  const { isActive, ...rest } = answer;
  return { ...rest, active: isActive };
}
