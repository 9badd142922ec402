// GET /sandbox/queue: what is pending, for people and scripts; and the two things one may do about it.
import type { FastifyInstance } from "fastify";
import type { DeliveryQueue } from "./delivery-queue.js";
import type { Job } from "./job.js";

/** A pending delivery as the view shows it. Never its secret. */
function packJob({ id, scope, hookId, type, eventId, url, attempts, dueAt, lastStatus }: Job): object {
  return { id, scope, hookId, type, eventId, url, attempts, dueAt, lastStatus: lastStatus ?? null };
}

type ById = { Params: { id: string } };

/** Adds `GET /sandbox/queue`, `POST /sandbox/queue/:id/retry` and `DELETE /sandbox/queue/:id`. `beforeAnswer` is waited for after a change. */
export function addQueueView(app: FastifyInstance, queue: DeliveryQueue, beforeAnswer: () => Promise<void>): void {
  app.get("/sandbox/queue", () => ({ pending: queue.jobs.map(packJob) }));
  app.post<ById>("/sandbox/queue/:id/retry", async ({ params }, reply) => {
    const isThere = queue.retry(params.id);
    await beforeAnswer();
    return reply.code(isThere ? 204 : 404).send();
  });
  app.delete<ById>("/sandbox/queue/:id", async ({ params }, reply) => {
    const isThere = queue.drop(params.id);
    await beforeAnswer();
    return reply.code(isThere ? 204 : 404).send();
  });
}
